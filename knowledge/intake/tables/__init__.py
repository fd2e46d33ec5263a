"""Tables of any layout → rows of record kinds."""
