"""One module for each family of file formats; every function returns the bytes of a file."""
