"""One function per state change of the broadcasts."""
