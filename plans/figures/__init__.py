"""Figures from a real body: a posed mesh drawn as a clean outlined illustration, with numpy alone."""
