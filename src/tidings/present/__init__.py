"""Maps, plots, the brief, the trace: values in, text or bytes out."""
