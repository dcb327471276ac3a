"""Orders the formulas of any calculator, runs them, and keeps each step; knows none by name."""
