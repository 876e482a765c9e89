"""What pytest leaves out here: a program that needs Atheris, which is no dependency (docs/dependencies.md)."""

collect_ignore = ["atheris_reading.py"]
