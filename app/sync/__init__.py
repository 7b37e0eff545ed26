"""The phone's door: ops come up, rows go down."""
