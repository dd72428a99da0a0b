"""Papers of the agreement."""
