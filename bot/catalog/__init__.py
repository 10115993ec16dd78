"""What an exercise is: models, reading the files, checking them."""
