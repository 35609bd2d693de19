"""Builds the site in this folder: ``python build.py [COMMAND]`` is ``sitegen [COMMAND]``, and the default command is ``build``."""

from sitegen.cli import main

if __name__ == "__main__":
    main()
