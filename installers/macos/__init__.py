"""What macOS is told of the programs: the application's properties, and its archive."""
