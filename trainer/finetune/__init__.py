"""From an artist's own folder to a checkpoint in their style."""
