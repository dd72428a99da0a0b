"""What applicants and the secretary fill in."""
