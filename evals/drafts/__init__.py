"""Holds exported drafts against the files of invented providers: what is cited, what differs, what is internal, what is missing."""
