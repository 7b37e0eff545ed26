"""The ground everything stands on: database and unit of work, clock, ids, errors, settings, events, signing."""
