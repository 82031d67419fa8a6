"""Who is put into which office, read from sentences: what becomes a question and what is left alone."""

from __future__ import annotations

import pytest

from caveat.facts.offices.question import OfficeQuestion
from caveat.reading import Reader


def questions(reader: Reader, text: str) -> tuple[OfficeQuestion, ...]:
    (reading,) = reader.read([text])
    return reading.offices


@pytest.mark.parametrize(
    ("text", "words", "title", "place", "person"),
    [
        (
            "German Chancellor Angela Merkel will visit Kyiv.",
            "German Chancellor Angela Merkel",
            "chancellor",
            "Germany",
            "Angela Merkel",
        ),
        (
            "Germany’s new chancellor, Angela Merkel, is in Kyiv.",
            "Germany’s new chancellor, Angela Merkel",
            "chancellor",
            "Germany",
            "Angela Merkel",
        ),
        (
            "Angela Merkel, the German chancellor, is in Kyiv.",
            "Angela Merkel, the German chancellor",
            "chancellor",
            "Germany",
            "Angela Merkel",
        ),
        (
            "Chancellor Angela Merkel of Germany is in Kyiv.",
            "Chancellor Angela Merkel of Germany",
            "chancellor",
            "Germany",
            "Angela Merkel",
        ),
        (
            "Chancellor Angela Merkel is in Kyiv.",
            "Chancellor Angela Merkel",
            "chancellor",
            None,
            "Angela Merkel",
        ),
        (
            "German Chancellor Merkel is in Kyiv.",
            "German Chancellor Merkel",
            "chancellor",
            "Germany",
            "Merkel",
        ),
        (
            "The head of the IMF, Christine Lagarde, is in Kyiv.",
            "head of the IMF, Christine Lagarde",
            "head",
            "IMF",
            "Christine Lagarde",
        ),
        (
            "U.S. Secretary of State John Kerry flies to Rome tonight.",
            "U.S. Secretary of State John Kerry",
            "secretary of state",
            "United States",
            "John Kerry",
        ),
        (
            "NATO’s secretary-general, Jens Stoltenberg, says so.",
            "NATO’s secretary-general, Jens Stoltenberg",
            "secretary general",
            "NATO",
            "Jens Stoltenberg",
        ),
        (
            "General Ann Weir, Commander of U.S. Cyber Command, will speak.",
            "Ann Weir, Commander of U.S. Cyber Command",
            "commander",
            "United States Cyber Command",
            "Ann Weir",
        ),
        (
            "South Korean President Park Geun-hye is in Rome.",
            "South Korean President Park Geun-hye",
            "president",
            "South Korea",
            "Park Geun-hye",
        ),
        (
            "Icelandic President Guðni Th. Jóhannesson will visit Oslo.",
            "Icelandic President Guðni Th. Jóhannesson",
            "president",
            "Iceland",
            "Guðni Th. Jóhannesson",
        ),
        (
            "Brazilian President Luiz Inácio Lula da Silva Tuesday opened the hall.",
            "Brazilian President Luiz Inácio Lula da Silva",
            "president",
            "Brazil",
            "Luiz Inácio Lula da Silva",
        ),
        (
            "NATO chief Jens Stoltenberg’s office says so.",
            "NATO chief Jens Stoltenberg",
            "head",
            "NATO",
            "Jens Stoltenberg",
        ),
    ],
)
def test_somebody_in_an_office_is_a_question(
    reader: Reader, text: str, words: str, title: str, place: str | None, person: str
) -> None:
    (question,) = questions(reader, text)
    assert text[question.start : question.end] == words
    assert (question.title, question.place, question.person) == (title, place, person)


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("Italian Prime Minister Mario Monti says taxes will fall.", False),
        ("Italian Prime Minister Mario Monti has signed the treaty.", False),
        ("Italian Prime Minister Mario Monti is expected to sign the treaty.", False),
        ("The meeting is to be led by Italian Prime Minister Mario Monti.", False),
        ("Officials said Italian Prime Minister Mario Monti will sign the treaty.", False),
        ("Italian Prime Minister Mario Monti will sign the treaty, his office said.", False),
        ("Shares rose as Italian Prime Minister Mario Monti prepares to sign the treaty.", False),
        ("It is a treaty that Italian Prime Minister Mario Monti will sign.", False),
        ("Italian Prime Minister Mario Monti is in Paris.", False),
        ("Italian Prime Minister Mario Monti is busy this week.", False),
        ("Italian Prime Minister Mario Monti is to visit Tunis.", False),
        ("Italian Prime Minister Mario Monti inspected the Black Sea Fleet on Tuesday.", True),  # no headline
        ("Italian Prime Minister Mario Monti, who is in Paris, will sign the treaty.", False),
        ("The unions want Italian Prime Minister Mario Monti to sign the treaty.", False),
        ("In an interview published today, Italian Prime Minister Mario Monti warned of a storm.", True),
        ("Talks with Italian Prime Minister Mario Monti are planned.", False),
        ("She will meet Italian Prime Minister Mario Monti.", False),
        ("Italian Prime Minister Mario Monti’s government faces a vote.", False),
        ("Italian Prime Minister Mario Monti signed the treaty on Tuesday.", True),
        ("Italian Prime Minister Mario Monti told reporters on Tuesday he would sign.", True),
        ("Markets fell on Tuesday after Italian Prime Minister Mario Monti met the unions.", True),
        ("It grew from her request to Italian premier Mario Monti, a move that some see as rash.", False),
    ],
)  # fmt: skip
def test_a_sentence_tells_of_now_in_the_present_or_with_a_day_of_this_week(
    reader: Reader, text: str, past: bool
) -> None:
    assert [question.past for question in questions(reader, text)] == [past]


@pytest.mark.parametrize(
    "text",
    [
        "Italian Prime Minister Mario Monti signed the treaty.",  # any year
        "Italian Prime Minister Mario Monti had signed the treaty on Tuesday.",
        "Italian Prime Minister Mario Monti would have signed the treaty on Tuesday.",
        "If Italian Prime Minister Mario Monti signs the treaty, the markets will rise.",
        "Former Italian Prime Minister Mario Monti will sign the treaty.",
        "One-time Italian Prime Minister Mario Monti will sign the treaty.",
        "The would-be Italian Prime Minister Mario Monti will sign the treaty.",
        "Italy’s former prime minister, Mario Monti, will sign the treaty.",
        "The ex-Italian Prime Minister Mario Monti will sign the treaty.",
        "Italian Prime Minister-designate Mario Monti will sign the treaty.",
        "Italian Deputy Prime Minister Mario Monti will sign the treaty.",
        "Acting Italian Prime Minister Mario Monti will sign the treaty.",
        "Italian Prime Minister Mario Monti, who signed the treaty, will speak on Friday.",
        "Mario Monti, then the Italian prime minister, will be remembered for it.",
        "Mario Monti, Italian prime minister from 2011 to 2013, will sign the treaty.",
        "“Italian Prime Minister Mario Monti will sign the treaty,” she said.",
        "Italian Prime Minister Mario Monti (Toni Servillo) signs the treaty.",
        "Italian Prime Minister Mario Monti, left, greets the delegation.",
        "A portrait of Italian Prime Minister Mario Monti will hang in the hall.",
        "The desk at which Italian Prime Minister Mario Monti signed the treaty will be sold on Tuesday.",
        "Two years ago this week, Italian Prime Minister Mario Monti signed the treaty.",
        "The court heard on Tuesday that Italian Prime Minister Mario Monti signed the treaty.",
        "In the novel, Italian Prime Minister Mario Monti signs the treaty.",
        "Italian Prime Minister Mario Monti is remembered for the treaty.",
        "Italian Prime Minister Mario Monti Signs New Treaty",
        # what somebody is may be said of the dead
        "Italian Prime Minister Mario Monti is a hero to many.",
        "Italian Prime Minister Mario Monti is on the new banknotes.",
        "The film festival’s guest is Italian Prime Minister Mario Monti.",
        # what others believe, allege or dream of is theirs
        "Some still believe Italian Prime Minister Mario Monti is the rightful leader.",
        "Prosecutors allege that Italian Prime Minister Mario Monti knows the man.",
        "The emails reveal that Italian Prime Minister Mario Monti asked for the file on Tuesday.",
        "A clip shows Italian Prime Minister Mario Monti announcing war.",
        "What will Italian Prime Minister Mario Monti do today?",
        # a story
        "The story begins when Italian Prime Minister Mario Monti calls an election.",
        "She describes how Italian Prime Minister Mario Monti is woken at night.",
        "Italian Prime Minister Mario Monti saves the world, said the headline.",
        # what was written, taped or staged may be of any year
        "A letter from Italian Prime Minister Mario Monti to the union is among papers released on Friday.",
        "A message from Italian Prime Minister Mario Monti is up for auction on Friday.",
        "The report published on Friday criticised Italian Prime Minister Mario Monti for the treaty.",
        "The cable says that Italian Prime Minister Mario Monti will not sign the treaty.",
        "In the transcript, Italian Prime Minister Mario Monti tells his guest to sign.",
        "On stage, Italian Prime Minister Mario Monti signs the treaty every night.",
        "The treaty was signed by Italian Prime Minister Mario Monti and is in force today.",
        # somebody else who is set beside them
        "Like Italian Prime Minister Mario Monti before her, she is flying to Oslo on Friday.",
        "He calls Italian Prime Minister Mario Monti his teacher.",
        # the dead
        "Italian Prime Minister Mario Monti will be laid to rest on Friday.",
        # named after somebody, or of somebody
        "A street named after Italian Prime Minister Mario Monti will be closed this week.",
        "Italian Prime Minister Mario Monti fans marched on Sunday.",
        "Italian Prime Minister Mario Monti’s villa will be sold this week.",
        "The widow of Italian Prime Minister Mario Monti will attend on Tuesday.",
        "Under Italian Prime Minister Mario Monti the tax rises.",
        "Unlike Italian Prime Minister Mario Monti, he does not smile.",
        "She worked for Italian Prime Minister Mario Monti and now runs a charity.",
        "Italian Prime Minister Mario Monti signed the treaty on a Tuesday.",
        "President Monti will sign the treaty.",  # of which country?
        "Ruritanian President Mario Monti will sign the treaty.",  # of one that the table has not
        "Fiat’s President Mario Monti will sign the treaty.",
        "Italian Prime Minister’s office will publish the treaty.",
        "The Italian prime minister will sign the treaty.",
        "Paper is signed by the president, Tuesday’s paper says.",
    ],
)
def test_what_may_be_of_another_time_or_another_office_is_left_alone(reader: Reader, text: str) -> None:
    assert questions(reader, text) == ()


def test_years_before_a_sentence_and_months_in_it_go_with_the_question(reader: Reader) -> None:
    text = (
        "It began in 2011. On Tuesday, 4 March, Italian Prime Minister Mario Monti signed the 1990s treaty."
    )
    (question,) = questions(reader, text)
    assert (question.years, question.months) == ((1990, 2011), (3,))
