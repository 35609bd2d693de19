"""Front matter of every dialect, rewritten as YAML with sitegen's own keys; the body stays as it is, byte for byte.

- files: the files of a site, each written whole or left
- rewriting: one file, and the proof that it means what it meant
- emitting: values as YAML
- comments: what TOML says beside its pairs
"""

from sitegen.fmt.files import Formatted, format_files
from sitegen.fmt.rewriting import rewritten

__all__ = ["Formatted", "format_files", "rewritten"]
