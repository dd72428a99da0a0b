"""The mails of the follow-up, one module for each thing."""
