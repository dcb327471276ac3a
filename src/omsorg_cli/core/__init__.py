"""What everything else is made of: figures, calculators, inputs, units, numbers, errors."""
