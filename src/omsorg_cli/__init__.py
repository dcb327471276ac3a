"""omsorg: a what-if calculator for municipal health and care services in Norway."""

__version__ = "0.1.0"
