"""Drafts in Slack: asked for, made before the person's eyes, kept, shared, as files and canvas."""
