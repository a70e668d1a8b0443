"""The networks, as nn.Modules and nothing else."""
