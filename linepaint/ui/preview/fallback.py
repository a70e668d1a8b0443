"""Which simpler ways to try, and in what order, when a preview fails: coarser first, then on the CPU."""

from __future__ import annotations

from dataclasses import dataclass

CPU_KEY = "cpu"


@dataclass(frozen=True)
class Rung:
    """One way to make the picture."""

    device: str
    coarse: bool = False
    """True: drafts only, even when the pen rests."""
    reduction: int = 1
    """The drawing is worked on at 1/reduction of its size."""

    def is_no_simpler_than(self, failed: Rung, *, draft: bool) -> bool:
        """True when this way would do for a draft, or for a fine picture, just what `failed` did."""
        return (
            self.device == failed.device
            and self.reduction == failed.reduction
            and (self.coarse or draft) == (failed.coarse or draft)
        )


def ladder(device: str) -> tuple[Rung, ...]:
    """The ways to try on `device`, best first: as wished, coarser, from a smaller copy, then on the CPU."""
    devices = [device] if device == CPU_KEY else [device, CPU_KEY]
    simpler = [Rung(each, coarse=True, reduction=factor) for each in devices for factor in (1, 2)]
    return Rung(device), *simpler


def stepped_down_sentence(device_label: str, *, out_of_memory: bool) -> str:
    """One sentence for the artist, once the preview works again in a simpler way.

    `device_label` names the device that had to be changed to, empty when it is the same one.
    """
    why = "There was not enough memory for the fine preview" if out_of_memory else "The fine preview failed"
    how = f"a coarser one is now made on the {device_label}" if device_label else "a coarser one is shown"
    return f"{why}, so {how}; your drawing is untouched."
