"""Evidence: what reports say, who says it, and in which words."""
