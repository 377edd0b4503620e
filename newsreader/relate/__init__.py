"""What belongs together: terms and ranking."""
