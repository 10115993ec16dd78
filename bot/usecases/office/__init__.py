"""The therapists' pages, without the web: what each shows, what can be done there, and to whom."""
