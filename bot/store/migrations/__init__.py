"""How the tables came to be what they are."""

HEAD = "0020"
"""The newest revision; a test holds it to what Alembic finds in `versions/`."""
