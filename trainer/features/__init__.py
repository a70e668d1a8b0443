"""The networks of the feature loss: what they see in a picture."""

from .loading import load_feature_network
from .vgg import FeatureNetwork

__all__ = ["FeatureNetwork", "load_feature_network"]
