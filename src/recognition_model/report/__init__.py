"""Reports for readers. Each function takes values and returns text."""
