"""Who is spoken to: people, who reads along, which threads are alive, and whether a message is meant for the product."""
