"""One kind of fact a file: from the words of a report to figures, events, places, parties, relations and speakers."""
