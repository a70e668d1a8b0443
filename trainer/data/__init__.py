"""Pictures to train on: found, read, augmented, and turned into samples."""
