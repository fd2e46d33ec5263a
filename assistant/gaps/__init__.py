"""Knowledge gaps: questions that could not be answered, how often, who looks after them, and since when they are answered."""
