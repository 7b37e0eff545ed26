"""The page behind the code on the ward's wall: what is down, and what to do here, without an account."""
