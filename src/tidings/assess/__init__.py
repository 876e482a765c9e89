"""Claims to situation: who is believed, who holds what, what is cut."""
