"""Pictures of answers, in SVG: of a result, of what matters most, of draws; each says what it shows in words too."""
