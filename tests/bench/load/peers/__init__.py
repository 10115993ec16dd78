"""Other bots with the same conversation, each as its library's documentation shows it, tuned."""
