"""Workarounds as pages: for the office and on paper."""
