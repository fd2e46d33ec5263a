"""Small trained heads: a linear layer over the sentence embedding and hashed n-grams, with nothing but NumPy at run time."""
