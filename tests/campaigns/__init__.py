"""Programs that look for faults for as long as they are given: `nox -s fuzz`, `nox -s kill`."""
