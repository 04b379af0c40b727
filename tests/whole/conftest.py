"""What the tests of whole sites share."""

from tests.whole.dossier import dossier

__all__ = ["dossier"]
