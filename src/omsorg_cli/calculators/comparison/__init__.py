"""What a municipality spends beside others: savings, wages, drivers, need."""
