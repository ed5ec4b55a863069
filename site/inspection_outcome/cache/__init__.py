"""Finished responses in memory, compressed, each with its ETag: a WSGI layer in front of the app."""
