"""What Akrab does for people: answers, proposals, drafts. Knows no Slack, no HTTP, no Chroma."""
