"""Files that travel with the program: icons, checkpoints with their model cards, sample drawings."""
