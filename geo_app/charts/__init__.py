"""Charts as drawings: pure SVG text, no chart library and no script."""
