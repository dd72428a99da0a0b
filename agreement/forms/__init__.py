"""What is filled in about the agreement and its plans."""
