"""An incident that runs goes over to another version of its plan."""
