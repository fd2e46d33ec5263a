"""Files → documents, passages and records; everything that a table holds."""
