"""Made-up people and what they did, for the demo and for measuring: nobody here exists.

Answers go through the engine, rows through the functions the bot itself writes with, at times
that have passed. So whatever reads the database reads what a group at work would have left there.
"""
