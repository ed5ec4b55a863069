"""From what the desk has saved to what readers have: compared, made, exchanged, taken back."""
