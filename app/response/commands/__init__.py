"""One function per state change of the response."""
