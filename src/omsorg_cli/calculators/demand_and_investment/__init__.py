"""How demand grows, and what is built and shared to meet it."""
