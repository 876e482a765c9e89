"""A small invented Flee folder, sound in every line, for tests that then break one thing each."""

from __future__ import annotations

from pathlib import Path

from tidings.flow.flee_instance import FleeInstance
from tidings.interchange.flee.findings import Oddity
from tidings.interchange.flee.read import read_flee

SOUND = {
    "input_csv/locations.csv": """\
#name,region,country,lat,lon,location_type,conflict_date,population
Aldra,North,Norland,10.5,20.5,conflict_zone,0,5000
Beska,North,Norland,10.0,21.0,town,,3000
Corin,South,Norland,9.5,21.5,conflict_zone,2,2000
Dunmere,Shore,Southmark,9.0,22.0,camp,,4000
Elvik,Hills,Westia,9.2,20.0,camp,,
""",
    "input_csv/routes.csv": """\
#name1,name2,distance,forced_redirection
Aldra,Beska,50,0
Beska,Corin,60,0
Corin,Dunmere,70,0
Beska,Elvik,80,0
""",
    "input_csv/closures.csv": "#closure_type,name1,name2,closure_start,closure_end\n",
    "input_csv/conflicts.csv": """\
#Day, Aldra, Corin,
0, 1, 0
1, 1, 0
2, 1, 1
3, 0, 1
4, 0, 0.5
""",
    "input_csv/sim_period.csv": "StartDate,2031-03-01\nLength,5\n",
    "input_csv/registration_corrections.csv": "",
    "source_data/data_layout.csv": "total,refugees.csv\nDunmere,dunmere.csv\nElvik,elvik.csv\n",
    "source_data/refugees.csv": "Date,Refugee_numbers\n2031-03-01,300\n2031-03-05,700\n",
    "source_data/dunmere.csv": "2031-03-01,200\n2031-03-03,400\n2031-03-05,500\n",
    "source_data/elvik.csv": "2031-03-01,100\n2031-03-05,200\n",
}


def flee_folder(folder: Path, *changes: tuple[str, str, str], **whole: str | None) -> Path:
    """Write the folder and return its input_csv.

    Parameters
    ----------
    changes
        (file, old text, new text); the file by its name alone, the old text as it stands there.
    whole
        What a file holds instead, by its name without `.csv`; None: there is no such file.
    """
    files = {Path(name).name: [name, text] for name, text in SOUND.items()}
    for file, old, new in changes:
        assert old in files[file][1], (file, old)
        files[file][1] = files[file][1].replace(old, new)
    for name, text in files.values():
        content = whole.get(Path(name).stem, text)
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
    return folder / "input_csv"


def reading(folder: Path, *changes: tuple[str, str, str], **whole: str | None) -> tuple[FleeInstance, list[str]]:
    """Read the folder with changes: the instance, and what was survived, as it is shown."""
    instance, oddities = read_flee(flee_folder(folder, *changes, **whole))
    assert all(isinstance(oddity, Oddity) for oddity in oddities)
    return instance, [str(oddity) for oddity in oddities]
