"""From a scenario's text to inputs: reading, changing, checking; every fault at once."""
