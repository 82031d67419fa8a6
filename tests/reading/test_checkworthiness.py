"""Check-worthiness: what ships, how it ranks, and that training makes the same bytes twice."""

from __future__ import annotations

import io
import time
from importlib import resources

import numpy as np

from caveat.reading import Reader
from caveat.reading.checkworthiness import Scorer, Weights
from caveat.reading.checkworthiness.words import UNKNOWN, WordVectors, columns
from caveat.training import checkworthiness as training
from caveat.training import sparse
from caveat.training.claimbuster import Sentences

FACT = "Unemployment rose by 3 percent last year."
TALK = "Thank you very much for having me."
PACKAGE = resources.files("caveat.reading.checkworthiness")


class Quiet:
    def begin(self, what: str, total: float | None) -> None:
        pass

    def advance(self, by: float = 1) -> None:
        pass


def scores(reader: Reader, text: str) -> list[float]:
    return [stated.checkworthiness for stated in reader.nlp(text)._.stated]


def test_figures_rank_above_talk(reader: Reader) -> None:
    fact, talk = scores(reader, f"{FACT} {TALK}")
    assert fact > 0.8
    assert talk < 0.1


def test_a_sentence_scores_the_same_alone_and_among_others(reader: Reader) -> None:
    alone = scores(reader, FACT)[0]
    assert alone == scores(reader, f"{TALK}\n\n{FACT}")[-1]
    assert alone == scores(reader, f"{FACT} {TALK}")[0]


def test_words_that_nobody_knows_and_blanks_are_scored_too(reader: Reader) -> None:
    for text in ("Zxqwv qqqzzz.", "   ", "…", "a" * 5000, "🦉🦉 1,234 ﷽", "\n\n x \n"):
        assert all(0 <= score <= 1 for score in scores(reader, text))


def test_no_sentences_have_no_scores(reader: Reader) -> None:
    doc = reader.nlp.make_doc("")
    assert Scorer(reader.nlp.vocab).scores([(doc, [])]) == [[]]


def test_the_files_are_small_and_quickly_there() -> None:
    sizes = [len((PACKAGE / name).read_bytes()) for name in ("words.npz", "weights.npz")]
    assert sum(sizes) < 5_000_000
    begun = time.process_time()
    Weights.load()
    WordVectors.load()
    assert time.process_time() - begun < 0.25  # about 0.02 on a quiet machine


def test_numbers_compounds_and_typographic_apostrophes_stand_for_their_kind() -> None:
    known = WordVectors.load()
    assert known.row("73,512.5") == known.row("27")
    assert known.row("ferry-crossing") == known.row("crossing")
    assert known.row("n’t") == known.row("n't")
    assert known.row("zxqwv") == UNKNOWN


def test_words_share_columns_with_their_kin() -> None:
    assert set(columns("unemployment")[0]) & set(columns("unemployed")[0])
    assert not set(columns("cat")[0]) & set(columns("dog")[0])


def test_weights_come_back_as_they_were_saved() -> None:
    own, kept = Weights.load(), io.BytesIO()
    own.save(kept)
    assert kept.getvalue() == (PACKAGE / "weights.npz").read_bytes()


def test_training_finds_what_is_worth_checking_and_writes_the_same_bytes_twice(reader: Reader) -> None:
    texts = [f"Taxes rose by {n} percent." if n % 2 else f"I thank you, number {n}." for n in range(120)]
    data = Sentences(texts, [n % 2 == 1 for n in range(120)], [f"debate {n % 7}" for n in range(120)], "")
    files = []
    for _ in range(2):
        trained = training.train(data, reader.nlp, WordVectors.load(), Quiet())
        files.append(io.BytesIO())
        trained.weights.save(files[-1])
    assert files[0].getvalue() == files[1].getvalue()
    assert trained.held_out[1::2].min() > trained.held_out[::2].max()


def test_the_lowest_point_of_a_bowl_is_found() -> None:
    centre = np.array([3.0, -2.0, 0.5])
    steep = np.array([1.0, 50.0, 0.1])
    found = sparse.lowest(lambda p: (float(steep @ (p - centre) ** 2), 2 * steep * (p - centre)), np.zeros(3))
    assert np.allclose(found, centre, atol=1e-4)
