"""What staff take out of here: placed with a reason, on record, read in slices, then packed."""
