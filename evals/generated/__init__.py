"""New fictional IT service providers from a seed, with questions whose answers are known: companies that nobody tuned to."""
