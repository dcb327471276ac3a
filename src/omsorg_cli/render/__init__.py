"""From a result to text: each format is a file; nothing is computed here, printed here, or written here."""
