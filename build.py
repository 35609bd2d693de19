"""Builds the site in this folder: ``python build.py [COMMAND]`` is ``sitegen [COMMAND]``, and the default command is ``build``."""

import os

from sitegen.cli import main

# The page at /demo/hello/ is an example of a protected one, and /encryption/ tells everybody how to open it.
os.environ.setdefault("SITEGEN_PASSWORDS_DEMO", "everybody: everyone-may-open-this-page")

if __name__ == "__main__":
    main()
