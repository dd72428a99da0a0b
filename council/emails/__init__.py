"""The mails of the council."""
