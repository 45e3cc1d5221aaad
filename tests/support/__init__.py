"""What several test files share: paths, and made-up records."""
