"""`python -m app` is the `wardlight` command."""

from app.cli import main

main()
