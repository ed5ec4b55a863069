"""Sentences in many languages: which languages there are, the site's own words, and how a sentence is said."""
