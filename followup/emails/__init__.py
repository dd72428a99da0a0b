"""The mails about the follow-up, a module for each thing: one function per mail, and `notify`, which picks it."""
