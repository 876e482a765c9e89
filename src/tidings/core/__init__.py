"""What every layer stands on: errors, dates, ids, the base of all schemas, random streams."""
