"""What Windows is told of the programs: the setup program and the resources of the executables."""
