"""The forms of the follow-up, a module for each thing."""
