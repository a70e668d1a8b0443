"""What the trainer refuses. Each message is one plain sentence that says what to do."""


class TrainingError(ValueError):
    """A recipe, a data folder or a run that cannot be used, or a training that had to stop."""
