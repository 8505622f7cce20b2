"""How good the starter model is: see `python -m evaluate --help`."""
