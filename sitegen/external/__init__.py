"""Whether addresses of other sites answer: asked politely, remembered, and never more often than need be.

It takes ``urllib3``, which the extra `sitegen[external]` brings.
"""

from sitegen.external.answers import Answer, Manners
from sitegen.external.asking import asked

__all__ = ["Answer", "Manners", "asked"]
