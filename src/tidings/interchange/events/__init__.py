"""Tables of events, ACLED's and UCDP's: each row becomes claims that point at it."""
