"""The corpus as a graph: RDF terms and descriptions, property graph, layout, selection, validation."""
