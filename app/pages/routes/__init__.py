"""The routes of the pages, one subject a file."""
