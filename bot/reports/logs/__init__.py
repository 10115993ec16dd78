"""All logs of some people as tables: CSV for spreadsheets, JSON for programs."""
