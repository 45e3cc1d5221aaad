"""The command line: one file per command. The top floor; nothing else imports it."""

from recognition_model.cli.app import cli, main

__all__ = ["cli", "main"]
