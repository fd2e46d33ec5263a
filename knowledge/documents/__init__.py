"""Files in, typed values out: loaders for the documents that people already have. Knows nothing of the store."""
