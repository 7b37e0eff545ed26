"""What changes about people: accounts, sign-in, push tokens, devices, duty, the lists every phone holds."""
