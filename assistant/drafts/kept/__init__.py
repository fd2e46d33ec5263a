"""Drafts that people keep: versions, differences, comments, a person's own words, sign-off."""
