"""The two tables of the pix2pix paper, run anew on other data: which loss, and how large a patch the critic judges."""
