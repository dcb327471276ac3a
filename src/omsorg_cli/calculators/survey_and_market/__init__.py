"""What municipalities answer, and the market that they buy in."""
