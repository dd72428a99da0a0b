"""What runs the whole portal on one machine: the environment, the embedded servers, the processes. No part of the portal imports it.

`bootstrap`, `places`, `packages`, `doctor` and `say` run on the machine's own Python, before anything is installed: standard library only.
"""
