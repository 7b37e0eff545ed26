"""What everybody may know: the state of each service, its incidents, and what was said of them to all."""
