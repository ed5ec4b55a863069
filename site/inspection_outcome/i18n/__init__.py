"""Internationalisation: the list of languages, the site's own words, and rendering of sentences."""
