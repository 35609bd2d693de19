"""What can go wrong with keys and with what they seal.

- EncryptionError: nothing can be sealed or opened with what is there
    - WeakPasswordError: a password is too short, or can be guessed
    - WrongPasswordError: no slot of the lock is for this password
    - DamagedError: what was to be opened is not as it was sealed, stands elsewhere, or is of another format
"""

from __future__ import annotations

from sitegen.errors import SitegenError

INSTALL = "pip install 'sitegen[protected]'"


class EncryptionError(SitegenError):
    """Nothing can be sealed or opened with what is there."""

    rule = "encryption"


class WeakPasswordError(EncryptionError):
    """A password is too short, or can be guessed. The message goes on after "the password"; it does not tell which."""

    rule = "password"


class WrongPasswordError(EncryptionError):
    """No slot of the lock is for this password."""


class DamagedError(EncryptionError):
    """What was to be opened is not as it was sealed, stands elsewhere, or is of another format."""
