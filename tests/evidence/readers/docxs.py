"""Word files written by hand for tests."""

from __future__ import annotations

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def p(text: str, style: str = "", more: str = "") -> str:
    """Return a paragraph."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{text}</w:t></w:r>{more}</w:p>"


def part(root: str, content: str) -> str:
    """Return a part of which the root element has a name."""
    return f"<?xml version='1.0' encoding='UTF-8'?><w:{root} {W}>{content}</w:{root}>"


def docx(body: str, core: str = "", packing: int = zipfile.ZIP_DEFLATED, **parts: str) -> bytes:
    """Return a file: its body, its core properties, and other parts by the kind of their relation."""
    related = "".join(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    files = {
        "_rels/.rels": f'<Relationships {RELATIONS}><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "docProps/core.xml": f'<c:coreProperties xmlns:c="c" xmlns:dc="d" xmlns:dcterms="t">{core}</c:coreProperties>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": f"<Relationships {RELATIONS}>{related}</Relationships>",
        **{f"word/{kind}.xml": content for kind, content in parts.items()},
    }
    return zipped(files, packing)


def zipped(files: dict[str, str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of texts by path."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return file.getvalue()
