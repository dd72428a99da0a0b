"""The demo: invented content and a mailbox in the browser. Installed in demo mode alone."""
