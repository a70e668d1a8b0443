"""What a build says when it cannot go on."""


class BuildError(Exception):
    """The build cannot go on; the text says why and what to do, in one sentence that is ready to be printed."""
