"""From a folder of finished art to training pairs: lines, checks, twins, a report, and shards."""
