"""The entry: page settings, the view of the address, the page; nothing else."""

from __future__ import annotations

from geo_app.ui import app

app.main()
