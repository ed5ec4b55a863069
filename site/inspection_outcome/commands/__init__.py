"""`flask content …`, `flask translations …`: thin command-line wrappers around plain functions.

They work when the app cannot start.
"""
