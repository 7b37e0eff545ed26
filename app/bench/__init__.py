"""Benches: what the design promises, measured against peers or a lower bound in the same run."""
