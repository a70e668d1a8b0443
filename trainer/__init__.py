"""linepaint-train: the trainer that produces the checkpoints linepaint loads."""
