"""Take the picture of a brief that the README shows: its first page beside its map. A maker's command; needs Chromium.

python tools/picture_of_brief.py demo-output/aleppo-2016/brief.html docs/images/brief.png
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

PAGE = (940, 1110)
SHOWN = (1504, 888)
ONLY_THE_MAP = "<style>section:not(#map) { display: none }</style></head>"


def browser() -> str:
    """Return the path of a Chromium; stop when there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    return found or sys.exit("no Chromium was found: install one, for this command only")


def photograph(page: Path, picture: Path) -> Image.Image:
    """Return what a browser shows of the top of a page."""
    width, height = PAGE
    subprocess.run(
        [browser(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         f"--window-size={width},{height}", f"--screenshot={picture}", page.resolve().as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip
    return Image.open(picture).convert("RGB")


def main(arguments: Sequence[str]) -> None:
    """Put the two side by side, in few colours so that the file is small."""
    brief, target = map(Path, arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        map_page = folder / "map.html"
        map_page.write_text(brief.read_text(encoding="utf-8").replace("</head>", ONLY_THE_MAP), encoding="utf-8")
        both = Image.new("RGB", (2 * PAGE[0], PAGE[1]), "white")
        both.paste(photograph(brief, folder / "brief.png"), (0, 0))
        both.paste(photograph(map_page, folder / "map.png"), (PAGE[0], 0))
    target.parent.mkdir(parents=True, exist_ok=True)
    both.resize(SHOWN, Image.Resampling.LANCZOS).quantize(256, Image.Quantize.MAXCOVERAGE).save(target, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
