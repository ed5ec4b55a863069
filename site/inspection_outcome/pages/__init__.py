"""Report + language -> one typed object per page, holding all that its template shows. Pure: no request, no clock."""
