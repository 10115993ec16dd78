"""One person going through one exercise; pure."""
