"""What the window may ask of the worker beside pictures: where a hint would help, and which colours it might have.

A suggestion is worth having only while nothing better is to be done, so every preview goes before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from linepaint.document.palette import Color
from linepaint.ui.preview.request import PreviewRequest


class SuggestionKind(StrEnum):
    """The two things that can be suggested; of each, only the newest question is answered."""

    PLACES = "places"
    COLORS = "colors"


Place = tuple[int, int, float]
"""x and y of a document pixel, and the share of all error to be expected that a hint there would take away."""


@dataclass(frozen=True, eq=False)
class SuggestionRequest:
    """One question about a document as it was when asked."""

    picture: PreviewRequest
    """The document, its checkpoint and so on."""
    count: int
    """How many places or colours are wanted at most."""
    point: tuple[int, int] | None = None
    """The document pixel that colours are wanted for; None where places are."""

    @property
    def kind(self) -> SuggestionKind:
        """What is asked for."""
        return SuggestionKind.PLACES if self.point is None else SuggestionKind.COLORS


@dataclass(frozen=True, eq=False)
class SuggestionResult:
    """The answer: places best first, colours likeliest first."""

    request: SuggestionRequest
    places: Sequence[Place] = ()
    colors: Sequence[Color] = ()
    failure: str = ""
    """One plain sentence where there is no answer, else empty."""
