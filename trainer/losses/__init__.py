"""Losses: functions of tensors. Every one is a scalar, a mean over pictures, so that batches of any size compare."""

from .adversarial import AdversarialKind, discriminator_loss, generator_loss, gradient_penalty
from .feature import feature_loss
from .pixel import bce, edges, l1, l2, tv
from .structural import dissimilarity

__all__ = [
    "AdversarialKind",
    "bce",
    "discriminator_loss",
    "dissimilarity",
    "edges",
    "feature_loss",
    "generator_loss",
    "gradient_penalty",
    "l1",
    "l2",
    "tv",
]
