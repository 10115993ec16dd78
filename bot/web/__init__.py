"""The private pages: from a link in the chat to a download, without JavaScript."""
