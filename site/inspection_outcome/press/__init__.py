"""The finished page: kept in memory, compressed, with its ETag; and the whole site as plain files."""
