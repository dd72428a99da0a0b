"""Papers of the council."""
