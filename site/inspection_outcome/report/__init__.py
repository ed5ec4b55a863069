"""The inspection as data: its model, loading it from the content folder, and its validation."""
