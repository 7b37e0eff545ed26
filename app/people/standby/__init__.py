"""Who may take a role as a successor."""
