"""An incident and all that changes in one transaction with it: tasks, attestations, notes, help."""
