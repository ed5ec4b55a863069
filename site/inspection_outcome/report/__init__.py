"""The inspection as data: what it is, how it is read from the content folder, what must be true of it."""
