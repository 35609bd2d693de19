"""What a build keeps of protected pages from one time to the next: nothing that anybody can read without their group's key."""

from sitegen.vaults.hiding import FOLDER, MemoryCache, VaultCache, home_of, key_of
from sitegen.vaults.keys import key_for, secrets_of, still_open, written

__all__ = ["FOLDER", "MemoryCache", "VaultCache", "home_of", "key_for", "key_of", "secrets_of", "still_open", "written"]
