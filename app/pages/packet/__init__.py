"""Printed packets: every card of a unit as sheets that come back in, with what hangs on its wall."""
