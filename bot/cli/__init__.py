"""The `between` command."""
