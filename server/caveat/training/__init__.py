"""Training: how the weights that ship in ``caveat.reading`` were made. Nothing here runs in a server."""
