"""What bought care costs at home, and the measures of a plan."""
