"""One format a file: from bytes to a Report."""

from tidings.evidence.readers.formats import Format, formats
from tidings.evidence.readers.received import Reader, Received, make_report
from tidings.evidence.readers.registry import PASTED, read_file, read_pasted

__all__ = ["PASTED", "Format", "Reader", "Received", "formats", "make_report", "read_file", "read_pasted"]
