"""Simulated participants through whole bots: how many updates a second, at what price."""
