"""What is done with words and clicks: answers, cards and decisions, reactions, commands, the Home page."""
