"""The positions of a hospital's incident command, as a file."""
