"""Where bfloat16 pays."""

from __future__ import annotations

import torch


def half_is_quick(device: torch.device) -> bool:
    """Whether a device computes in bfloat16 itself; one that only imitates it is slower than with float32."""
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())
