"""Scenario files and registers: reading, writing, JSON Schema. The only user of YAML.

A file passes five modules: `loader` opens it, `strict_yaml` parses it into nodes, `validation`
refuses unknown and missing keys, `converters` turn nodes into values, `reader` makes records.
`scaffold` makes the starter file of `new`; `writer` writes records; `atomic` writes any file.
"""
