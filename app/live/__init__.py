"""Replication: scopes, rows, and the hints that say there is news. The only caller of `emit`."""
