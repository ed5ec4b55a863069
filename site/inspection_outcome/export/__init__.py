"""The whole site as static files, for any host."""
