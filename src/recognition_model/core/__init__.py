"""Value types: stages, dates, evidence, scenarios, histories, findings."""
