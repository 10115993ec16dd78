"""E-mail out: the second way to reach the staff. The only room that speaks SMTP."""
