"""Where things are: places, roads, crossings, the graph of them, the gazetteer, the base map."""
