"""Districts of municipalities abroad: the level between region and municipality.

GeoNames' second level is such a level in the countries below; elsewhere it is
the municipality itself, or statistical, or abolished. Names are what one
writes in that country, with their kind: "powiat świdnicki", "okres Cheb".
`district_names.csv` holds the names that GeoNames has in English, without
their kind or misspelt; a row without a name says that there is no district,
because the city or the region is its own.
"""

import re

from common import fold, read_table

# The Swiss cantons whose districts are in use. Those of AR, NE and SH were
# abolished, and those of LU and SG are constituencies; the rest have none.
SWISS = {"AG", "BE", "BL", "FR", "GR", "JU", "SO", "SZ", "TG", "TI", "VD", "VS",
         "ZH"}


def _beginning(*kinds):
    """A rule for names that begin with a kind, which sentences write small."""
    def rule(name):
        first = fold(name).split(" ")[0]
        return name[0].lower() + name[1:] if first in kinds else ""
    return rule


def _polish(name):
    """Adjectives, written in small letters; a city is no powiat."""
    return name.lower() if name.lower().startswith("powiat ") else ""


def _austrian(name):
    """The kind without its first word; a city that is a district has neither."""
    return (name.removeprefix("Politischer ")
            if name.startswith("Politischer Bezirk ") else "")


def _swiss(name):
    """Those named in German; the others are in the table."""
    return name if name.startswith(("Bezirk ", "Region ")) else ""


_BRITISH = re.compile(
    r"^(?:Metropolitan |Royal )?Borough of |^(?:City|City and Borough|"
    r"City and County|County|District) of |(?i: county borough)$")


def _british(name):
    """Counties and council areas are written without their kind."""
    return _BRITISH.sub("", name)


def _in_table(_):
    """No name is right as it is: all are in the table."""
    return ""


RULES = {
    "AT": _austrian, "BE": _beginning("provincie", "province"), "CH": _swiss,
    "CZ": _beginning("okres"), "ES": _beginning("provincia"), "FR": _in_table,
    "GB": _british, "IT": _beginning("provincia"), "PL": _polish,
    "RS": _in_table, "SK": _beginning("okres"),
}


class Districts:
    """Finds the district of a place by the codes that GeoNames gives it."""

    def __init__(self, area_names):
        self.names = area_names
        self.by_hand = {(row["country"], row["code"]): row["name"]
                        for row in read_table("district_names.csv")}

    def of(self, place):
        """The district as it is written, or '' where none is known."""
        country, codes = place.country, place.admin[:2]
        # Codes of another region than the newer package's are out of date.
        if (country not in RULES or len(codes) < 2 or codes[0] != place.region
                or (country == "CH" and codes[0] not in SWISS)):
            return ""
        hand = self.by_hand.get((country, codes[1]))
        if hand is None:
            hand = RULES[country](self.names.get("/".join((country, *codes)), ""))
        # A British city that is its own council area has nothing above it.
        return "" if hand == place.name else hand
