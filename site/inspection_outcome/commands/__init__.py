"""`flask content …`, `flask translations …`: thin shells over plain functions. They work when the app cannot start."""
