"""Matching texts against claims that were checked; ``MATCHING.md`` says how well, and what was tried."""

from caveat.facts.factchecks.matching.deciding import Thresholds, Verdict
from caveat.facts.factchecks.matching.encoder import Encoder
from caveat.facts.factchecks.matching.generations import Busy, Generations
from caveat.facts.factchecks.matching.indexing import build
from caveat.facts.factchecks.matching.matcher import Hit, Matcher

__all__ = ["Busy", "Encoder", "Generations", "Hit", "Matcher", "Thresholds", "Verdict", "build"]
