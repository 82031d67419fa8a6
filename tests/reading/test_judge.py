"""What only the whole article can say: names, links, first mentions, coverage."""

from __future__ import annotations

from caveat.article import UNATTRIBUTED, Analysis, Article, ClaimKind, Context, Link, SourceKind
from caveat.reading import Reader
from caveat.reading.settle import settle
from caveat.reading.whole import Noticed, Stated


def signals(analysis: Analysis) -> list[str]:
    return [note.signal for note in analysis.notes]


def linked(text: str, words: str, href: str) -> Article:
    start = text.index(words)
    return Article(text, Context(links=(Link(start, start + len(words), href),)))


def test_a_short_name_gets_the_full_name_given_earlier(reader: Reader) -> None:
    text = "Ina Holt opened the bridge on Monday.\nHolt said the bridge was safe."
    (claim,) = [c for c in reader.analyse(Article(text)).claims if c.attribution.cue]
    assert (claim.attribution.kind, claim.attribution.name) == (SourceKind.NAMED, "Ina Holt")


def test_a_pronoun_stands_for_the_last_one_who_spoke(reader: Reader) -> None:
    text = "“The bridge is safe,” said Ina Holt.\nShe added that it would open in May."
    last = reader.analyse(Article(text)).attributions[-1]
    assert (last.kind, last.name) == (SourceKind.NAMED, "Ina Holt")


def test_he_said_after_an_anonymous_source_is_still_anonymous(reader: Reader) -> None:
    text = "A senior official said the bridge was old.\nHe added that it would close in May."
    assert reader.analyse(Article(text)).attributions[-1].kind is SourceKind.UNNAMED


def test_a_title_stands_for_the_person_it_was_given_to(reader: Reader) -> None:
    text = "The mayor, Ina Holt, opened the bridge.\nThe mayor said the bridge would stay open in May."
    assert reader.analyse(Article(text)).attributions[-1].name == "Ina Holt"


def test_speech_that_goes_on_in_the_next_paragraph_keeps_its_speaker(reader: Reader) -> None:
    text = (
        "“The bridge is safe,” said Ina Holt. “We looked at it twice.\n"
        "“The new bolts were put in by the harbour board in March 2024.”"
    )
    claims = reader.analyse(Article(text)).claims
    assert claims[-1].attribution.name == "Ina Holt"


def test_a_paragraph_that_announces_speech_lends_its_speaker_to_the_next(reader: Reader) -> None:
    text = "Ina Holt told the council:\n“The bridge carried 4,000 people in March 2024 without a fault.”"
    assert reader.analyse(Article(text)).claims[-1].attribution.name == "Ina Holt"


def test_a_linked_study_needs_no_note(reader: Reader) -> None:
    text = "A recent study shows that night ferries double the noise in harbour towns."
    assert "study-unlinked" in signals(reader.analyse(Article(text)))
    analysis = reader.analyse(linked(text, "recent study", "https://doi.org/10.1000/182"))
    assert signals(analysis).count("study-unlinked") == 0
    assert "document-linked" in signals(analysis)


def test_only_addresses_where_documents_live_earn_credit(reader: Reader) -> None:
    text = "The council published the survey of the harbour on Monday."
    for href, credited in {
        "https://lowmoor.example/survey.pdf": True,
        "https://www.ons.gov.uk/economy/survey": True,
        "https://lowmoor.example/survey": False,
        "https://gov.uk.evil.example/survey": False,
        "javascript:alert(1)//x.pdf": False,
        "https://[broken/survey.pdf": False,
    }.items():
        assert ("document-linked" in signals(reader.analyse(linked(text, "survey", href)))) is credited, href


def test_an_outlet_that_names_itself_passes_nothing_on(reader: Reader) -> None:
    text = "The bridge will close, a person familiar with the plan told Reuters."
    assert "second-hand" in signals(reader.analyse(Article(text)))
    assert "second-hand" not in signals(reader.analyse(Article(text, Context(site="Reuters"))))


def test_a_source_is_credited_once(reader: Reader) -> None:
    text = "Ina Holt said the bridge was safe.\nIna Holt said it would open in May.\nHolt said it was old."
    assert signals(reader.analyse(Article(text))).count("named-source") == 1


def test_an_article_that_names_nobody_is_told_so_once(reader: Reader) -> None:
    text = (
        "Some critics say the bridge is old.\nMany believe that it will close in May.\n"
        "Experts say the new one will cost $4 million."
    )
    (note,) = reader.analyse(Article(text)).page_notes
    assert note.signal == "no-source"


def test_a_name_anywhere_is_somebody_to_look_up(reader: Reader) -> None:
    text = (
        "Some critics say the bridge is old.\nMany believe that it will close in May.\n"
        "Experts say the new one will cost $4 million.\n“Good,” said Ina Holt."
    )
    assert reader.analyse(Article(text)).page_notes == ()


def test_a_study_without_a_trail_is_nothing_to_look_up(reader: Reader) -> None:
    text = (
        "A recent study shows that the bridge is old.\nMany believe that it will close in May.\n"
        "Experts say the new one will cost $4 million."
    )
    (note,) = reader.analyse(Article(text)).page_notes
    assert note.message == "This article makes 3 claims. None comes with a source you could look up."


def test_a_few_facts_in_a_long_story_need_no_sources(reader: Reader) -> None:
    text = "The bridge cost $4 million.\nIt closed in May 2024.\nIt carried 4,000 people.\n"
    assert (
        reader.analyse(Article(text + "Good evening!\nGood morning!\nAnd so to bed.\n" * 3)).page_notes == ()
    )


def test_a_sentence_carries_at_most_three_notes(reader: Reader) -> None:
    text = (
        "Some critics recently slammed the so-called world-class bridge, and experts say it could always "
        "double the price by 60 per cent."
    )
    assert len(reader.analyse(Article(text)).notes) <= 3


def test_credit_is_not_crowded_out(reader: Reader) -> None:
    text = (
        "“The bridge is safe,” said Ina Holt, the mayor, in a ludicrous, brazen and shameless speech to the "
        "cronies and sycophants of the harbour board."
    )
    found = signals(reader.analyse(Article(text)))
    assert len(found) == 3
    assert "named-source" in found


def test_the_same_words_are_marked_twice_and_counted_from_then_on(reader: Reader) -> None:
    sentences = [
        f"Some critics say the {what} is old." for what in ("bridge", "road", "mill", "pool", "hall")
    ]
    notes = [n for n in reader.analyse(Article("\n".join(sentences))).notes if n.signal == "vague-source"]
    assert [n.message for n in notes] == [
        "The article does not name anyone behind “some critics”.",
        "The article does not name anyone behind “some critics”. The same words come 3 more times.",
    ]


def test_two_mentions_are_two_notes(reader: Reader) -> None:
    text = "Some critics say the bridge is old.\nOther critics say the road is old."
    assert signals(reader.analyse(Article(text))).count("vague-source") == 2


def test_notes_that_contradict_each_other_do_not_stand_together(reader: Reader) -> None:
    stated = [Stated(0, 30, ClaimKind.EVENT, 0.5, True, (), 0, UNATTRIBUTED)]
    both = [Noticed("hedged", 0, 9, 0.6), Noticed("overstated", 4, 9, 0.65), Noticed("undated", 12, 20, 0.7)]
    settled = settle("may prove it recently. ", both, stated, reader.catalogue, opinion=False)
    assert [one.noticed.signal for one in settled] == ["overstated", "undated"]


def test_coverage_counts_what_was_looked_at(reader: Reader) -> None:
    text = "Ina Holt said the bridge was safe.\nSome critics say it is old.\nGood morning!"
    coverage = reader.analyse(Article(text)).coverage
    assert (coverage.sentences, coverage.claims, coverage.attributed, coverage.named) == (3, 2, 2, 1)


def test_every_note_leads_out_of_the_page(reader: Reader) -> None:
    text = "Some critics say the harbour bridge is old."
    for note in reader.analyse(Article(text)).notes:
        assert note.look
        assert all(look.url.startswith("https://") for look in note.look)


def test_the_answer_carries_the_catalogue_entries_of_its_notes(reader: Reader) -> None:
    analysis = reader.analyse(Article("Some critics say the harbour bridge is old."))
    assert set(analysis.signals) == {note.signal for note in analysis.notes}


def test_a_surname_that_two_people_share_means_nobody_unless_a_title_tells(reader: Reader) -> None:
    both = "Paul Holt opened the bridge.\nSarah Holt closed the road.\n"
    said = {who: f"{both}{who} said the road was not safe." for who in ("Holt", "Ms Holt", "Mr Holt")}
    names = {who: reader.analyse(Article(text)).attributions[-1].name for who, text in said.items()}
    assert names == {"Holt": None, "Ms Holt": "Sarah Holt", "Mr Holt": "Paul Holt"}


def test_a_person_elsewhere_in_the_article_is_no_outlet_here(reader: Reader) -> None:
    report = "The bridge is not safe, Corvane reported."
    with_mayor = f"Mayor Una Corvane, 61, opened the bridge.\n{report}"
    signals = [{n.signal for n in reader.analyse(Article(text)).notes} for text in (report, with_mayor)]
    assert ["second-hand" in some for some in signals] == [True, False]
    assert reader.analyse(Article(with_mayor)).attributions[-1].name == "Una Corvane"


def test_a_search_does_not_look_for_those_nobody_could_find(reader: Reader) -> None:
    text = "Lowmoor opened the bridge.\nLowmoor closed the road.\nSome critics say the contract was settled."
    (note,) = [n for n in reader.analyse(Article(text)).notes if n.signal == "vague-source"]
    assert note.look[0].title == "Lowmoor contract"


def test_where_and_for_how_long_is_not_looked_up(reader: Reader) -> None:
    text = "LOWMOOR, May 4 (Northline) — After nearly 20 years, officials said, a ferry will carry 4,000."
    (note, *_) = reader.analyse(Article(text)).notes
    assert note.look[0].title == "ferry 4,000"


def test_an_outlet_passes_on_what_another_heard_and_not_what_it_heard_itself(reader: Reader) -> None:
    text = "A senior official told the Gazette that the bridge was old."

    def message(site: str) -> str:
        found = reader.analyse(Article(text, Context(site=site))).notes
        return next(note.message for note in found if note.signal == "unnamed-source")

    assert "only through the Gazette" in message("The Lowmoor Courier")
    assert "through" not in message("The Saltmarsh Gazette")
