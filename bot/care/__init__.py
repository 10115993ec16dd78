"""The rules about people; pure."""
