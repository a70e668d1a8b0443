"""What can go wrong between a drawing and its colours. Each message is one plain sentence that says what to do."""


class EngineError(ValueError):
    """Base of everything the engine refuses."""


class CheckpointError(EngineError):
    """The checkpoint cannot be used; the message names the file and the reason."""


class DeviceError(EngineError):
    """The device asked for is not there."""


class OutOfMemory(EngineError):
    """The device has too little memory for this picture."""


class Stale(Exception):
    """A newer request has made this one pointless: not an error, nothing to tell the artist."""
