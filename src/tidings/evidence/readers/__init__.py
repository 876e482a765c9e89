"""One format a file: from bytes to a Report."""

from tidings.evidence.readers.received import Reader, Received
from tidings.evidence.readers.registry import FORMATS, PASTED, Format, read_file, read_pasted

__all__ = ["FORMATS", "PASTED", "Format", "Reader", "Received", "read_file", "read_pasted"]
