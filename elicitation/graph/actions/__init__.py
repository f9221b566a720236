"""What writes the graph, one file for each kind of act."""
