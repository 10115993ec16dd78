"""From an event to words and buttons."""
