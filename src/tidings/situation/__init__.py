"""The waist: the state of a crisis on any day, and the worlds sampled from it."""
