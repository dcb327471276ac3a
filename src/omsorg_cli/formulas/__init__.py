"""Plain functions that several calculators use."""
