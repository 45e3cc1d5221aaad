"""The values that everything speaks in: stages, dates, evidence, scenarios, histories, findings."""
