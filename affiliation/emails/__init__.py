"""The mails about joining and the register, a module for each thing: one function per mail, and `notify`, which picks it."""
