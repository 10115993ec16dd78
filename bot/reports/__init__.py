"""From answers to a picture."""
