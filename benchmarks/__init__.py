"""What the atlas costs beside its peers, measured in one run: ``python -m benchmarks``."""
