"""The processors a network can run on."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from linepaint.engine.errors import DeviceError


@dataclass(frozen=True)
class Device:
    """key: what --device and the settings name, "cpu" or "cuda:0". label: what the artist reads."""

    key: str
    label: str

    @property
    def torch_device(self) -> torch.device:
        """The same for torch."""
        return torch.device(self.key)


CPU = Device("cpu", "CPU")


def available_devices() -> list[Device]:
    """What this computer has, the CPU first."""
    gpus = [
        Device(f"cuda:{index}", f"CUDA · {torch.cuda.get_device_name(index)}")
        for index in range(torch.cuda.device_count() if torch.cuda.is_available() else 0)
    ]
    return [CPU, *gpus]


def choose_device(key: str = "auto") -> Device:
    """The device of that name; "auto" is the first GPU if there is one. Raises DeviceError."""
    devices = available_devices()
    if key == "auto":
        return devices[1] if len(devices) > 1 else CPU
    wanted = "cuda:0" if key == "cuda" else key
    for device in devices:
        if device.key == wanted:
            return device
    names = ", ".join(device.key for device in devices)
    raise DeviceError(f"There is no device {key} on this computer; choose one of: auto, {names}.")
