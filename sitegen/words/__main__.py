"""What `make words` runs: the theme's own catalogues brought up to date with its templates and modules."""

from __future__ import annotations

import sys

from sitegen.words.writing import update_theme

if __name__ == "__main__":
    sys.stdout.write("".join(f"wrote sitegen/locale/{name}\n" for name in update_theme()))
