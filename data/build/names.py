"""What a municipality is called, and where its seat is.

The official name is the register's in France and Italy, that of the area in
GeoNames where the code of the area is the municipality, and else that of the
place; hand-written tables go before all of them.
"""

import re
from dataclasses import dataclass

from common import fold, likeness, read_table
from geonames import Place
from grouping import core

# Countries where the names that GeoNames gives to areas are those of the
# municipalities. Elsewhere they are English, transliterated otherwise or out
# of date, and what they would mend is in the hand-written table.
AREA_NAMED = {"AD", "AL", "AX", "BG", "DK", "EE", "HR", "IE", "LU", "NL", "NO",
              "PT", "RO", "SE", "SI", "SM"}
# Where the area has the better spelling of a name that both have.
AREA_SPELLED = {"HR"}
# Where a municipality is always called as its seat: another place that stands
# for it is a village of it.
CALLED_AS_SEAT = {"BG", "PT"}

_KIND = re.compile(
    r"^(?:Bashkia|Comun[aă]|Commune de(?: la)?|Ville de|Gemeente|Grad|"
    r"(?:Stolichna )?Obshtina|Oraş(?:ul)?|Municipiul|"
    r"Općina|(?:Urban )?Municipality of|Town of) |"
    r" (?:[Kk]ommune?|Municipality|vald|linn|County|Općina|"
    r"City and County Council)$")
# Romanian is written with a comma below; GeoNames often has the cedilla, which
# older keyboards wrote.
_CEDILLA = str.maketrans("şţŞŢ", "șțȘȚ")
ROMANIAN = {"MD", "RO"}
# Two names this alike are spellings of one.
ALIKE = 0.8


def plain(name):
    """The name of an area without the word for the kind of its authority."""
    return _KIND.sub("", name).replace("–", "-")


def alike(a, b):
    """Whether two names are spellings of one."""
    a, b = core(a), core(b)
    return bool(a and b) and (
        a == b or a + "s" == b or (a[0] == b[0] and likeness(a, b) >= ALIKE))


def spelled(name, country):
    """A name with the letters of its language."""
    return name.translate(_CEDILLA) if country in ROMANIAN else name


@dataclass(slots=True)
class Named:
    """The name of a municipality, its seat, and the place where it is drawn."""

    name: str
    english: str
    seat: str
    place: Place
    position: str


class Names:
    """Finds the official name of a municipality."""

    def __init__(self, area_names, communes, comuni):
        self.area_names = area_names
        self.communes = communes
        self.comuni = comuni
        self.hand = {int(row["geonames_id"]): row
                     for row in read_table("municipal_names.csv")}
        self.native = {int(row["geonames_id"]): row
                       for row in read_table("native_names.csv")}

    def of(self, code, members):
        """The Named of a municipality with its places, the first of which
        gives it its number."""
        first = members[0]
        native = self.native.get(first.id)
        english = native["english"] if native else ""
        name, seat = self._name(code, members, native)
        name = spelled(name, first.country)
        seat = spelled(seat, first.country)
        place = first if native else self._place(members, seat or name)
        ranked = first.country == "IT" and first.feature.startswith("PPLA")
        position = "centre" if place or ranked else "settlements"
        return Named(name, english, "" if seat == name else seat,
                     place or first, position)

    def _place(self, members, name):
        """The place of a name: called so, or with a word more or less."""
        whole = [place for place in members if not place.section]
        for same in (self._is, self._begins):
            for place in whole:
                if same(place, name):
                    return place
        return None

    @staticmethod
    def _begins(place, name):
        """Whether the name of a place begins another one, or begins with it."""
        short, long = sorted((core(place.name), core(name)), key=len)
        return bool(short) and long.startswith(short + " ")

    @staticmethod
    def _is(place, name):
        """Whether a place is the one of a name."""
        return alike(place.name, name) or fold(name) in map(fold, place.names)

    def _name(self, code, members, native):
        """(name, seat or '')."""
        first = members[0]
        hand = self.hand.get(first.id)
        if hand:
            return hand["name"], hand["seat"]
        if native:
            return native["native"], ""
        last = code.rpartition("/")[2]
        if first.country == "FR" and self.communes.name(last):
            return self._french(last, first)
        if first.country == "IT" and self.comuni.name(last):
            return self._beside(self.comuni.name(last), members)
        if first.country == "AT":
            return self._austrian(first), ""
        area = plain(self.area_names.get(code, ""))
        if first.country not in AREA_NAMED or not area:
            return first.name, ""
        if first.country in CALLED_AS_SEAT:
            return (first.name if alike(first.name, area) else area), ""
        if alike(first.name, area) and first.country not in AREA_SPELLED:
            return first.name, ""
        return self._beside(area, members)

    def _french(self, code, first):
        """The seat of a commune is called as itself, other than in communes
        nouvelles."""
        name = self.communes.name(code)
        seat = self.communes.seat(code)
        nouvelle = self.communes.current[code].get("anciensCodes")
        if not seat and nouvelle and not self._is(first, name):
            seat = first.name
        return name, seat

    def _beside(self, name, members):
        """A name with its seat: the place with the rank of one, unless a place
        has the name itself."""
        first = members[0]
        # Italian seats are often localities without a name outside statistics.
        called = self._is if first.country == "IT" else (
            lambda place, name: alike(place.name, name))
        if any(called(place, name) for place in members if not place.section):
            return name, ""
        seat = first.name if first.feature.startswith("PPLA") else ""
        return name, "" if "-" in seat and first.country == "IT" else seat

    @staticmethod
    def _austrian(place):
        """The spelling with ß, where GeoNames has it beside the one without."""
        sharp = [name for name in sorted(place.names)
                 if "ß" in name and fold(name) == fold(place.name)]
        return sharp[0] if sharp else place.name

    def tell_apart(self, found):
        """Where two of a region have one name, that of the area keeps the word
        for its kind: Tartu and Tartu vald."""
        by_name = {}
        for code, named in found.items():
            key = named.place.country, named.place.region, named.name
            by_name.setdefault(key, []).append(code)
        for (country, _, name), codes in by_name.items():
            for code in codes:
                area = self.area_names.get(code, "")
                if (len(codes) > 1 and country in AREA_NAMED and found[code].seat
                        and area != plain(area)):
                    found[code].name = spelled(area, country)
