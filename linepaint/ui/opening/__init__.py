"""Opening pictures of every kind: read on a worker, lines drawn where there are none, and a bar that tells of it."""
