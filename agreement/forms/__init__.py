"""Forms about the agreement."""
