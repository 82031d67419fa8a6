"""Check-worthiness: what ships, how it ranks, and that training makes the same bytes twice."""

from __future__ import annotations

import io
import re
import time
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from caveat.article import Article
from caveat.reading import Reader
from caveat.reading.checkworthiness import Scorer, Weights
from caveat.reading.checkworthiness.passages import in_one_row
from caveat.reading.checkworthiness.scoring import OTHERS, probability, score
from caveat.reading.checkworthiness.words import columns
from caveat.training import checkworthiness as training
from caveat.training import sparse
from caveat.training.claimbuster import LABELS, Sentences
from caveat.training.features import features
from caveat.training.kept_aside import average_precision, report

FACT = "Unemployment rose by 3 percent last year."
TALK = "Thank you very much for having me."
ARTICLES = Path(__file__).parents[1] / "articles"
PACKAGE = resources.files("caveat.reading.checkworthiness")


class Quiet:
    def begin(self, what: str, total: float | None) -> None:
        pass

    def advance(self, by: float = 1) -> None:
        pass


def scores(reader: Reader, text: str) -> list[float]:
    return [stated.checkworthiness for stated in reader.nlp(text)._.stated]


def small(later: bool = False) -> Sentences:
    """Facts and talk, in seven debates."""
    says = ("Taxes rose by {} percent.", "I was born in house {}.", "I thank you, number {}.")
    years = range(1998, 2005) if later else range(1960, 1967)
    texts = [says[n % 3].format(n) for n in range(120)]
    labels = [LABELS[n % 3] for n in range(120)]
    return Sentences(texts, labels, [f"{years[n % 7]}-09-25.txt" for n in range(120)], "")


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (FACT, TALK),
        (
            "The government spent $4 billion on the railway in 2019.",
            "Good evening, and welcome to the debate.",
        ),
        (
            "Crime fell in every district after the law was passed.",
            "I think that we can do better than that.",
        ),
        ("He voted against the bill three times.", "Would you like to respond?"),
    ],
)
def test_facts_rank_above_talk(reader: Reader, above: str, below: str) -> None:
    (first,), (second,) = scores(reader, above), scores(reader, below)
    assert first > second + 0.2


def test_a_sentence_scores_the_same_alone_and_among_others(reader: Reader) -> None:
    alone = scores(reader, FACT)[0]
    assert alone == scores(reader, f"{TALK}\n\n{FACT}")[-1]
    assert alone == scores(reader, f"{FACT} {TALK}")[0]


@pytest.mark.parametrize("at_once", [1, 2, 7, 64])
def test_how_many_are_scored_at_once_changes_nothing(reader: Reader, at_once: int) -> None:
    texts = [FACT, TALK, "Ferry 27 sank.", "Why?", "The €4.5m bridge, which nobody wanted, opened."] * 13
    docs = [(doc, [(0, len(doc))]) for doc in reader.nlp.pipe(texts)]
    whole = Scorer(reader.nlp.vocab).scores(docs)
    scorer = Scorer(reader.nlp.vocab)
    batches = [scorer.scores(docs[start : start + at_once]) for start in range(0, len(docs), at_once)]
    assert [one for batch in batches for one in batch] == whole


@pytest.mark.parametrize(
    "text", ["Zxqwv qqqzzz.", "   ", "…", "a" * 5000, "🦉🦉 1,234 ﷽", "\n\n x \n", "ALL CAPITALS HERE."]
)
def test_words_that_nobody_knows_and_blanks_are_scored_too(reader: Reader, text: str) -> None:
    assert all(0 <= score <= 1 for score in scores(reader, text))


@pytest.mark.parametrize("article", ["agency-dam", "opinion-tram", "science-sleep", "ticker-storm"])
def test_no_note_hangs_on_a_score(reader: Reader, monkeypatch: pytest.MonkeyPatch, article: str) -> None:
    text = (ARTICLES / article / "article.txt").read_text("utf-8")
    notes = []
    for same in (0.0, 1.0):
        monkeypatch.setattr(Scorer, "scores", lambda _, docs, s=same: [[s] * len(of) for _, of in docs])
        analysis = reader.analyse(Article(text))
        shown = [(n.signal, n.start, n.end) for n in analysis.notes]
        notes.append((shown, [n.signal for n in analysis.page_notes]))
    assert notes[0] == notes[1]


def test_no_sentences_have_no_scores(reader: Reader) -> None:
    doc = reader.nlp.make_doc("")
    assert Scorer(reader.nlp.vocab).scores([(doc, [])]) == [[]]


def test_what_ships_is_small_and_quickly_there() -> None:
    assert len((PACKAGE / "weights.npz").read_bytes()) < 1_500_000
    begun = time.process_time()
    Weights.load()
    assert time.process_time() - begun < 0.25  # about 0.01 on a quiet machine


def test_the_card_tells_the_threshold_that_ships() -> None:
    card = (PACKAGE / "MODEL_CARD.md").read_text("utf-8")
    assert re.search(r"threshold\*\*, (0\.\d\d)", card)[1] == f"{Weights.load().threshold:.2f}"  # type: ignore[index]


def test_a_higher_score_is_a_higher_probability() -> None:
    rising = probability(np.linspace(-9, 9, 200), Weights.load().platt)
    assert (np.diff(rising) > 0).all()
    assert ((rising > 0) & (rising < 1)).all()


def test_what_makes_another_kind_likelier_makes_check_worthy_less_likely() -> None:
    assert np.allclose(score(np.array([[0.0, -50.0], [-50.0, 0.0], [1.0, -50.0]])), [0, 0, -1])
    assert len(LABELS) - 1 == OTHERS


def test_a_score_that_tells_nothing_still_never_falls() -> None:
    backwards = training._calibrated(np.array([3.0, 2.0, -2.0, -3.0] * 9), np.array([0.0, 0.0, 1.0, 1.0] * 9))
    assert (np.diff(probability(np.linspace(-9, 9, 200), backwards)) > 0).all()


@pytest.mark.parametrize(
    ("one", "other", "kin"),
    [
        ("unemployment", "unemployed", True),
        ("taxes", "tax", True),
        ("cat", "dog", False),
    ],
)
def test_words_share_columns_with_their_kin(one: str, other: str, kin: bool) -> None:
    assert bool(set(columns(one)[0]) & set(columns(other)[0])) is kin


def test_weights_come_back_as_they_were_saved() -> None:
    own, kept = Weights.load(), io.BytesIO()
    own.save(kept)
    assert kept.getvalue() == (PACKAGE / "weights.npz").read_bytes()


def test_training_finds_what_is_worth_checking_and_writes_the_same_bytes_twice(reader: Reader) -> None:
    data, files = small(), []
    for _ in range(2):
        trained = training.train(data, reader.nlp, Quiet())
        files.append(io.BytesIO())
        trained.weights.save(files[-1])
    assert files[0].getvalue() == files[1].getvalue()
    worth = trained.worth == 1
    assert trained.held_out[worth].min() > trained.held_out[~worth].max()
    assert trained.later is None


def test_the_report_tells_the_split_by_time_where_there_is_one(reader: Reader) -> None:
    trained = training.train(small(later=True), reader.nlp, Quiet())
    assert "2004 on by 2000" in report(trained, "")


def test_debates_are_kept_aside_whole() -> None:
    debates = [f"{1960 + n % 11}" for n in range(100)]
    folds = training._folds(debates)
    assert set(folds) == set(range(training.FOLDS))
    assert all(
        len({f for d, f in zip(debates, folds, strict=True) if d == debate}) == 1 for debate in debates
    )


@pytest.mark.parametrize(
    ("shares", "worth", "threshold"),
    [
        ([0.9, 0.8, 0.3, 0.1], [1, 1, 0, 0], 0.31),
        ([0.9, 0.1], [1, 1], 0.01),
        ([0.5, 0.4, 0.2], [1, 0, 1], 0.01),
    ],
)
def test_the_threshold_is_the_lowest_with_the_best_f1(
    shares: list[float], worth: list[int], threshold: float
) -> None:
    assert training._threshold(np.array(shares), np.array(worth)) == threshold


@pytest.mark.parametrize(
    ("scored", "wanted", "value"),
    [([0.9, 0.5, 0.1], [1, 0, 1], 5 / 6), ([0.9, 0.5], [0, 1], 0.5), ([0.9, 0.5], [1, 1], 1.0)],
)
def test_average_precision_is_the_mean_precision_at_what_is_wanted(
    scored: list[float], wanted: list[int], value: float
) -> None:
    assert average_precision(np.array(scored), np.array(wanted)) == pytest.approx(value)


def test_training_multiplies_as_the_scorer_looks_up(reader: Reader) -> None:
    trained = training.train(small(), reader.nlp, Quiet())
    doc = next(reader.nlp.pipe(["Taxes rose by 3 percent."]))
    ours = Scorer(reader.nlp.vocab, trained.weights).scores([(doc, [(0, len(doc))])])[0][0]
    assert ours > 0.9  # the same sentence, by way of the tables, that was check-worthy in training


def test_products_with_features_are_those_of_the_matrix(reader: Reader) -> None:
    strings = reader.nlp.vocab.strings
    words = ["taxes", "rose", "taxes", "fell", "wages", "rose"]
    ids = np.array([strings.add(word) for word in words], dtype=np.uint64)
    tags = np.arange(6, dtype=np.uint8)
    found = features(in_one_row([(ids[:2], tags[:2]), (ids[2:4], tags[:2]), (ids[4:], tags[:2])]), strings)
    columns_ = len(found.used)
    matrix = found.times(np.eye(columns_))
    errors = np.arange(6.0).reshape(3, 2)
    assert np.allclose(found.back(errors), matrix.T @ errors)
    assert np.allclose(found.some(np.array([2, 0])).times(np.eye(columns_)), matrix[[2, 0]])
    assert ((matrix != 0) == (found.presence.times(np.eye(columns_)) != 0)).all()


def test_the_lowest_point_of_a_bowl_is_found() -> None:
    centre = np.array([3.0, -2.0, 0.5])
    steep = np.array([1.0, 50.0, 0.1])
    found = sparse.lowest(lambda p: (float(steep @ (p - centre) ** 2), 2 * steep * (p - centre)), np.zeros(3))
    assert np.allclose(found, centre, atol=1e-3)
