"""One function per state change of delivery."""
