"""From a figure and a body to a posed body: joints turned, contacts met, soft parts flattened."""
