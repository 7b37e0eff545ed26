"""Plans: what a hospital has decided to do when a service goes down, as open files and as rows."""
