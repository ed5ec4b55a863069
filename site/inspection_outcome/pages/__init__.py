"""Build one typed object per page from report and language, with all that its template shows.

Pure: no request, no clock.
"""
