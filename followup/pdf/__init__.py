"""Papers of the follow-up, apart from the book."""
