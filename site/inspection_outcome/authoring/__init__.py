"""Change the English and the facts: on a copy first, with the faults that a change would add."""
