"""What people say about themselves, one small question each: at the start, and in /settings."""
