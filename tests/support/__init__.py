"""Code shared by several test files: paths and made-up records."""
