"""Public statistics: fetched, kept as they came, read, and written into scenarios with where each number is from.

No calculator imports this: what is calculated from stands in a scenario. Only `client` speaks to a network.
"""
