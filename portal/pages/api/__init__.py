"""The door of the API: what there is, its schema, its page for people."""
