"""Pages and files sealed for groups of readers, so that a static host carries ciphertext alone: format 1.

Sealing is deterministic: the same content, address and passwords give the same bytes, and a key seals one thing only. It takes
``cryptography``, which the extra `sitegen[protected]` brings; whatever needs it says so where it is missing.
"""

from sitegen.encryption.derivation import ITERATIONS, derived, normalised, salt_of
from sitegen.encryption.errors import INSTALL, DamagedError, EncryptionError, WeakPasswordError, WrongPasswordError
from sitegen.encryption.keys import Key, Lock, made, unwrapped, wrapped
from sitegen.encryption.opening import opened_file, opened_page, unlocked
from sitegen.encryption.primitives import is_installed

__all__ = [
    "INSTALL",
    "ITERATIONS",
    "DamagedError",
    "EncryptionError",
    "Key",
    "Lock",
    "WeakPasswordError",
    "WrongPasswordError",
    "derived",
    "is_installed",
    "made",
    "normalised",
    "opened_file",
    "opened_page",
    "salt_of",
    "unlocked",
    "unwrapped",
    "wrapped",
]
