"""What hours, users and FTE amount to."""
