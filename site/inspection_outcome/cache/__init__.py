"""An in-memory cache of compressed responses with ETags: WSGI middleware in front of the app."""
