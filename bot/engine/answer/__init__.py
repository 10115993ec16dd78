"""Reading what was given as an answer to the question that stands open, kind by kind."""
