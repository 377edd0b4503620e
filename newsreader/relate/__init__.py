"""What belongs together: the terms that tell one event from another, and how much two articles share."""
