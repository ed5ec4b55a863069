"""The whole site as plain files, for any host."""
