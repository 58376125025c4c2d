"""Importers: one module per official source, from the official file to tidy rows."""
