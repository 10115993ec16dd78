"""What outlives a restart: the tables, the transaction, the queries, the vault, the migrations."""
