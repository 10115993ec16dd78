"""Workshops: joined from the menu or given by a therapist, one lesson after the other."""
