"""Names and words known beforehand: the tables of ``rules/gazetteer``, and the model's own word list."""

from __future__ import annotations

from typing import Any

from spacy.language import Language

from caveat.reading import rules


def names(table: str) -> list[str]:
    """The names of "places", "bodies", "outlets" or "platforms", sorted."""
    groups: dict[str, str] = rules.read(f"gazetteer/{'outlets' if table == 'platforms' else table}")[table]
    return sorted({name.strip() for some in groups.values() for name in some.split("|")})


def given_names() -> frozenset[str]:
    """Given names of many languages."""
    people = rules.read("gazetteer/people")
    return frozenset(" ".join([people["given_names_census"], *people["given_names"].values()]).split())


def names_of(pronoun: str) -> frozenset[str]:
    """Given names of those who are "he", or "she"."""
    by_culture: dict[str, str] = rules.read("gazetteer/he-and-she")[pronoun]
    return frozenset(" ".join(by_culture.values()).split())


def surnames() -> frozenset[str]:
    """Common surnames that are no words or places."""
    return frozenset(rules.read("gazetteer/surnames")["surnames"].split())


def common_words(nlp: Language) -> frozenset[str]:
    """The language's words in small letters: the index of the model's lemmatizer (WordNet), if it has one."""
    if "lemmatizer" not in nlp.pipe_names:
        return frozenset()
    lookups: Any = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset()
    return frozenset().union(*lookups.get_table("lemma_index").values())


def seen_words(nlp: Language) -> frozenset[str]:
    """The words the model was trained on, in small letters: of others, its labels are guesses."""
    return frozenset(word.lower() for word in nlp.vocab.strings if word.isalpha())
