"""Replays as something to read. Each function takes values and returns text."""
