"""The communes of France: official names, populations and mergers.

GeoNames knows the communes by their INSEE codes, but not all of them, and not
the communes nouvelles that others have become. The register has no positions,
so a commune without a place of GeoNames cannot be an entry.
"""

import json
from collections import defaultdict
from pathlib import Path

from common import fold

# The populations légales of this year are in force.
YEAR = 2023
# Communes of this size that have no place are counted.
COUNTED = 1000


class Communes:
    """The register of communes by INSEE code."""

    def __init__(self, packages):
        path = (Path(packages) / "decoupage-administratif" / "package" / "data"
                / "communes.json")
        records = json.loads(path.read_text(encoding="utf-8"))
        self.current = {row["code"]: row for row in records
                        if row["type"] == "commune-actuelle"
                        and row["zone"] == "metro"}
        self.into = {code: row["code"] for row in self.current.values()
                     for code in row.get("anciensCodes", ())}
        self.heads = {row["code"]: row["nom"] for row in records
                      if row["type"] == "commune-deleguee"
                      and row["code"] == row.get("chefLieu")}

    def recode(self, places):
        """Give each place the code of the commune that it lies in today."""
        french = [place for place in sorted(places.values(),
                                            key=lambda place: place.id)
                  if place.country == "FR" and not place.section]
        paths, members = {}, defaultdict(list)
        for place in french:
            code = place.admin[3] if len(place.admin) > 3 else ""
            if code and code not in self.into:
                paths.setdefault(code, place.admin)
                members[code].append(place)
        for place in french:
            code = place.admin[3] if len(place.admin) > 3 else ""
            if code in self.into:
                place.admin = self._path(self.into[code], paths)
                members[self.into[code]].append(place)
        lost = defaultdict(list)
        for code, row in self.current.items():
            if code not in members:
                lost[row["region"], fold(row["nom"])].append(code)
        for place in french:
            code = self._by_name(place, members, lost)
            if code:
                place.admin = self._path(code, paths)
                place.region = place.admin[0]
                members[code].append(place)

    def _path(self, code, paths):
        """The codes down to a commune, as its other places have them."""
        row = self.current[code]
        return paths.setdefault(code, (
            row["region"], row["departement"], row.get("arrondissement", ""),
            code))

    def _by_name(self, place, members, lost):
        """The code of a commune without a place that a place is named like,
        when its own code is missing or that of a commune named otherwise."""
        code = place.admin[3] if len(place.admin) > 3 else ""
        if code:
            own = self.current.get(code)
            if (own is None or len(members[code]) < 2
                    or fold(own["nom"]) == fold(place.name)):
                return ""
        found = [number for number in
                 lost.get((place.region, fold(place.name)), ())
                 if number not in members
                 and (not code or number[:2] == code[:2])]
        return found[0] if len(found) == 1 else ""

    def name(self, code):
        """The official name, or ''."""
        row = self.current.get(code)
        return row["nom"] if row else ""

    def seat(self, code):
        """The seat of a commune nouvelle, where its name differs, or ''."""
        head = self.heads.get(code, "")
        return "" if fold(head) == fold(self.name(code)) else head

    def population(self, code):
        """The official population, or None."""
        row = self.current.get(code)
        return row.get("population") if row else None

    def missing(self, codes):
        """How many communes of some size are in no entry."""
        return sum(row.get("population", 0) >= COUNTED and code not in codes
                   for code, row in self.current.items())
