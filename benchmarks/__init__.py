"""What the portal costs, measured. Not tests: numbers to look at."""
