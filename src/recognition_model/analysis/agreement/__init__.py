"""Two codings of the same countries: whether they found the same events, and coded them alike."""
