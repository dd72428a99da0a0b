"""Reading the register's own CSV back: read the file, plan what it would change, and write just that – or nothing."""
