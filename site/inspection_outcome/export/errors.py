"""What stops a publication."""


class PublishError(Exception):
    """Why nothing was published, with a message for people. What was there before is unchanged."""
