"""When plans must be read again, and who is reminded of it."""
