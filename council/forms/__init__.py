"""What one types about the council."""
