"""People: sites, units, roles, accounts, memberships, duty, devices, sign-in, and who may do what."""
