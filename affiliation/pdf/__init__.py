"""Papers about joining."""
