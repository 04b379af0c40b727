"""Builds that are not the first: what is kept, and what has to be made again."""
