"""The catalogue of IT services: what can go down, and what staff call it."""
