"""What every test can ask for."""

from tests.sites import site

__all__ = ["site"]
