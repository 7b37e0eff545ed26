"""Wallboards: a screen on a ward or in the command centre, read from five metres, with no names on it."""
