"""Applying, following the case, and the public register."""
