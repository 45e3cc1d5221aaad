"""Scenario files and registers: reading, writing, JSON Schema. The only user of YAML."""
