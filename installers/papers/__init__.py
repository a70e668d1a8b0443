"""What is told of a bundle: whose works are in it, under which licences, and the checksums of what is handed out."""
