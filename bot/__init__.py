"""Between: what was learned in group, on the phone, between two sessions."""
