"""Numbered messages: who they are for, who was reached, who acknowledged."""
