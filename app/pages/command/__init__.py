"""Incident command on paper and in the office."""
