"""The English and the facts: what one is, what a change of it does, and how it is written."""
