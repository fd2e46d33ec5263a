"""What is known: records, documents, language, indexes and queries. Knows nothing of chat, Slack or HTTP."""
