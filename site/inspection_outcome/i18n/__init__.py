"""Sentences in many languages: which languages there are, the interface's own words, and how a sentence is said."""
