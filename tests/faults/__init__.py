"""What a bad network, a dying server and a wrong clock do to phones: each case of docs/reliability.md by its name."""
