"""If X is down, do Y: what each kind of unit does while a service is down, for how long that is safe."""
