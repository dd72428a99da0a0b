"""The mails about the agreement: one short function each."""
