"""What is told about a site's linking, beside the site and not in it.

Every module here is pure: it takes the content and the annotations that the stages before it made, and gives back a
frozen value that `cli` prints. Nothing of the built site depends on it.
"""
