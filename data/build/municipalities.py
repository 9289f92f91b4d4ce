"""Build municipalities.tsv.gz: one entry for each municipality outside Ukraine.

Where a GeoNames code is the municipality, places that share it form one entry
named after the seat; elsewhere a place stands for itself.
"""

import sys
import unicodedata
from collections import defaultdict

import geonames
from common import (distance, fold, likeness, read_table, script, to_bytes, write)
from districts import Districts
from ukrainian import Names

# The GeoNames administrative level that is the municipality.
LEVEL = {
    "BE": 4, "DE": 4, "FR": 4,
    "AT": 3, "CH": 3, "CZ": 3, "ES": 3, "FI": 3, "GR": 3, "IT": 3, "PL": 3,
    "RS": 3,
    "AL": 2, "AX": 2, "BG": 2, "CY": 2, "DK": 2, "EE": 2, "FO": 2, "HR": 2,
    "IE": 2, "IS": 2, "LT": 2, "LU": 2, "NL": 2, "NO": 2, "PT": 2, "RO": 2,
    "SE": 2, "XK": 2,
    # Since the reform of 2021 the first level is the municipality in Latvia.
    "LV": 1,
    "AD": 1, "GG": 1, "IM": 1, "LI": 1, "ME": 1, "MK": 1, "MT": 1, "SI": 1,
    "SM": 1,
}
# Countries where a place stands for itself.
ALONE = ["BA", "GB", "GE", "GI", "HU", "JE", "MC", "MD", "SK", "TR"]
COUNTRIES = sorted(set(LEVEL) | set(ALONE))

# Countries where nearly every village is a municipality of its own, and above
# which size a place without a code is rather a section of a city there.
EVERY_PLACE = {"CZ": 5000, "HU": None, "SK": None}
SMALLEST = 1000
SMALLEST_RANKED = 500
# Regions that are one city: only places of this size, which have councils of
# their own, stand beside it.
CITY_REGIONS = {"AT/09": None, "CZ/52": None, "GE/51": None, "HU/05": 10000}
# A city that is no region of its own, though its sections are listed as
# places: what lies within so many kilometres of its centre is part of it,
# other than the seats of boroughs, which have councils.
CITY_CIRCLES = {2643743: 18.0}
# Turkish and British seats of the third level and below are mostly hamlets.
SMALL_RANKS = {"GB", "TR"}
# GeoNames keeps so small a German place only when it is a municipal seat.
SMALL_SEATS = {"DE": 500}
# A place of this size that had no code in the older package is a seat.
UNCODED_SEAT = 2000

# A place without a code of this size is rather a section than a village.
SECTION_SIZE = 5000
# A place without a code is a part of the municipality whose nearest coded
# place is within this many kilometres: more where municipalities are wide.
NEAR_KM = 10.0
NEAR_WIDE_KM = 30.0
WIDE = {"BG", "DK", "EE", "FI", "FO", "GR", "HR", "IE", "IS", "LT", "LV", "NO",
        "PT", "RS", "SE", "XK"}

RANK = {feature: rank for rank, feature in enumerate(
    ["PPLC", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLA5", "PPL", "PPLG"])}


# Words of the names of municipalities that are not part of the place's name.
KIND_WORDS = set("""
    bashkia comuna commune de e gemeente gmina grad gradska groad i kommun
    kommune komuna linn municipality municipiul novads oblast obshtina obstina
    obcina of opcina opstina oras raion rajonas savivaldybe the vald district
    city county town bykommune
""".split())


# A place this much larger than every place with a rank is the seat.
OUTGROWN_IN = {"DE"}
OUTGROWN = 3
OUTGROWN_SIZE = 2000


def core(name):
    """The folded name of a municipality without words such as 'Kommune'."""
    words = [word for word in fold(name).split() if word not in KIND_WORDS]
    return " ".join(words)


def municipal_code(place):
    """The path of codes down to the municipality, or '' when not known."""
    level = LEVEL.get(place.country)
    if not level:
        return ""
    if level == 1:
        codes = (place.region,)
    else:
        codes = place.admin[:level]
    if len(codes) < level or codes[-1] in ("", "00"):
        return ""
    return "/".join((place.country,) + tuple(codes))


class Grid:
    """Coded places by cells of half a degree, to find the nearest."""

    def __init__(self, places):
        self.cells = defaultdict(list)
        for place in places:
            self.cells[self._cell(place)].append(place)

    @staticmethod
    def _cell(place):
        return int(place.lat // 0.5), int(place.lon // 0.5)

    def home_of(self, place, limit):
        """The coded place whose municipality a place without a code is part of.

        The nearest one in the region; for a place of some size the nearest that
        is larger, since a section of a city may be larger than the villages
        next to it.
        """
        row, column = self._cell(place)
        near = []
        for y in (row - 1, row, row + 1):
            for x in (column - 1, column, column + 1):
                for other in self.cells.get((y, x), ()):
                    if (other.country == place.country
                            and other.region == place.region):
                        far = distance(place.at, other.at)
                        if far <= limit:
                            smaller = (place.population >= SECTION_SIZE
                                       and other.population < place.population)
                            near.append((smaller, far, other.id, other))
        return min(near)[3] if near else None


def city_around(place, places, seats=False):
    """The city in whose circle a place lies without a council, or None; with
    `seats`, also for places that are seats of boroughs."""
    for number, circle in CITY_CIRCLES.items():
        city = places[number]
        if (city.country == place.country and city.id != place.id
                and (seats or place.feature != "PPLA3")
                and distance(place.at, city.at) <= circle):
            return city
    return None


def stands_alone(place):
    """Whether a place without a municipal code is a municipality of its own."""
    if place.country in SMALL_RANKS and place.feature in ("PPLA3", "PPLA4"):
        return place.population >= SMALLEST_RANKED
    if place.feature.startswith("PPLA") or place.feature == "PPLC":
        return True
    if place.country not in LEVEL:
        return place.population >= SMALLEST or place.country in EVERY_PLACE
    if place.country in EVERY_PLACE:
        return place.population < EVERY_PLACE[place.country]
    if place.feature:
        return place.population >= UNCODED_SEAT
    return place.population < SMALL_SEATS.get(place.country, 0)


def group(places, area_names, fixed):
    """Lists of places, one for each municipality, the seat first.

    `area_names` names the areas of the codes, `fixed` maps the ids of places
    that the codes get wrong to 'seat' or 'own'.
    """
    groups = defaultdict(list)
    loose = []
    for place in sorted(places.values(), key=lambda place: place.id):
        code = municipal_code(place)
        city = f"{place.country}/{place.region}"
        if city in CITY_REGIONS and fixed.get(place.id) != "own":
            councils = CITY_REGIONS[city]
            alone = (councils and place.feature
                     and place.population >= councils
                     and place.feature not in ("PPLC", "PPLA")
                     and fixed.get(place.id) != "part")
            groups[f"{city}//{place.id}" if alone else city].append(place)
        elif fixed.get(place.id) == "own":
            groups[f"{place.country}//{place.id}"].append(place)
        elif code:
            groups[code].append(place)
        else:
            loose.append(place)
    home = {place.id: code for code, members in groups.items()
            for place in members}
    grid = Grid(place for members in groups.values() for place in members)
    attached = set()
    for place in loose:
        city = city_around(place, places)
        if city:
            groups[f"{city.country}//{city.id}"].append(place)
            attached.add(place.id)
            continue
        if stands_alone(place):
            groups[f"{place.country}//{place.id}"].append(place)
            continue
        limit = NEAR_WIDE_KM if place.country in WIDE else NEAR_KM
        near = grid.home_of(place, limit) if place.country in LEVEL else None
        if near:
            groups[home[near.id]].append(place)
            attached.add(place.id)
        elif place.population >= SMALLEST:
            groups[f"{place.country}//{place.id}"].append(place)
    for code, members in groups.items():
        area = core(area_names.get(code, ""))
        in_rank = max((place.population for place in members
                       if place.feature.startswith("PPLA")
                       and place.id not in attached), default=0)

        def order(place):
            """The seat comes first: named like the area, by rank, by size."""
            feature = place.feature
            # Mergers leave the rank of a former seat with a mere village.
            if (place.country in OUTGROWN_IN and feature == "PPL"
                    and place.population > max(OUTGROWN * in_rank, OUTGROWN_SIZE)):
                feature = "PPLA3"
            return (fixed.get(place.id) != "seat", place.feature != "PPLC",
                    place.id in attached,
                    not (area and core(place.name) == area),
                    RANK.get(feature, 9), -place.population, place.id)

        members.sort(key=order)
    return groups, attached


# How a municipality's population follows from its places: which figure of its
# coded places, and how many people live in places too small to be listed. The
# remainders were fitted once, one for each country, to the official figures
# of Eurostat's list of local units of 2020, which is not shipped.
POPULATION = {
    "AL": ("seat", 6000), "AT": ("sum", 500), "BE": ("max", 800),
    "BG": ("sum", 3500), "CH": ("seat", 300), "DK": ("sum", 12000),
    "EE": ("sum", 3500), "FI": ("seat", 300), "FR": ("sum", 0),
    "HR": ("sum", 1000), "IT": ("sum", 300), "LT": ("sum", 10000),
    "LU": ("sum", 1000), "LV": ("max", 2500), "NL": ("sum", 3000),
    "NO": ("sum", 1500), "PL": ("sum", 4000), "RO": ("max", 0),
    "RS": ("max", 12000), "SE": ("sum", 3500), "SI": ("sum", 2000),
    "GR": ("sum", 0), "IE": ("sum", 0), "IS": ("sum", 0), "ME": ("sum", 0),
    "MK": ("sum", 0), "PT": ("sum", 0), "XK": ("sum", 0),
}

# The listed places of a city this large are its sections, counted already.
SECTIONS_FROM = 300000

# A remainder this many times smaller than the towns is left out.
NEGLIGIBLE = 20

KEPT_SCRIPTS = {"LATIN", "CYRILLIC", "GREEK", "GEORGIAN", "ARMENIAN"}
MOST_NAMES = 30
NATIVE_SCRIPT = {"GR": "GREEK", "CY": "GREEK", "BG": "CYRILLIC",
                 "RS": "CYRILLIC", "ME": "CYRILLIC", "MK": "CYRILLIC",
                 "GE": "GEORGIAN"}

COLUMNS = ["geonames_id", "country", "region", "district", "name", "name_en",
           "name_native_script", "name_uk", "name_uk_source", "lat", "lon",
           "population", "population_estimated", "population_year", "feature", "code",
           "other_names", "part_ids", "part_names"]


def population(members, attached):
    """(population or '', whether estimated, year) of a municipality."""
    seat = members[0]
    coded = [place for place in members if place.id not in attached] or members
    which, remainder = POPULATION.get(seat.country, ("seat", 0))
    # The parts of a city region are sections, counted in the city already.
    if (f"{seat.country}/{seat.region}" in CITY_REGIONS
            or seat.population >= SECTIONS_FROM):
        which, remainder = "seat", 0
    size = {"seat": seat.population,
            "max": max(place.population for place in coded),
            "sum": sum(place.population for place in coded)}[which]
    if size > NEGLIGIBLE * remainder:
        remainder = 0
    estimated = bool(remainder) or size != seat.population
    if not size:
        size = max(place.population for place in members)
        estimated = True
    if not size:
        return "", 0, ""
    total = size + remainder
    if estimated and total >= 1000:
        total = round(total, -1 if total < 10000 else -2)
    return total, int(estimated), seat.year


# The national romanisations of Bulgaria (2009), North Macedonia, Serbia and
# Georgia (2002), and of Greek by ELOT 743, as far as they are needed to tell
# one spelling of a name from another.
_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфх", "abvgdeziyklmnoprstufh")),
    "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a", "ь": "y",
    "ю": "yu", "я": "ya", "ѓ": "g", "ѕ": "dz", "ј": "j", "љ": "lj", "њ": "nj",
    "ќ": "k", "џ": "dz", "ђ": "d", "ћ": "c",
    **dict(zip("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
               ["a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", "m", "n",
                "o", "p", "zh", "r", "s", "t", "u", "p", "k", "gh", "q", "sh",
                "ch", "ts", "dz", "ts", "ch", "kh", "j", "h"])),
    **dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω",
               ["a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n",
                "x", "o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o"])),
}


# Serbian, Montenegrin and Macedonian write these as one letter with a hook.
_HOOKED = {**_LATIN, "ж": "z", "ц": "c", "ч": "c", "ш": "s"}


def _latin(name, country):
    """A name in another script in plain Latin letters, to compare with."""
    letters = _HOOKED if country in ("ME", "MK", "RS") else _LATIN
    plain = "".join(letter for letter in unicodedata.normalize("NFD", name.lower())
                    if not unicodedata.combining(letter))
    composed = unicodedata.normalize("NFC", plain.replace("и" + "\u0306", "й"))
    return "".join(letters.get(letter, letter) for letter in composed)


def native_script(place, own_name):
    """The name in the country's own script when exactly one is known."""
    wanted = NATIVE_SCRIPT.get(place.country)
    if not wanted:
        return ""
    found = sorted(name for name in place.names
                   if script(name.replace("-", "").replace(" ", "")) == wanted)
    if wanted == "CYRILLIC":
        own = {"BG": "абвгдежзийклмнопрстуфхцчшщъьюя",
               "MK": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
               "RS": "абвгдђежзијклљмнњопрстћуфхцчџш",
               "ME": "абвгдђежзијклљмнњопрстћуфхцчџш"}[place.country]
        found = [name for name in found if set(name.lower()) <= set(own + " -")]
    if not found:
        return ""
    # Of several, the one that reads most like the name in Latin letters; one
    # alone may be an older name, or another place's.
    alike = {name: likeness(_latin(name, place.country), fold(own_name))
             for name in found}
    best = max(alike.values())
    least = 0.8 if len(found) > 1 else 0.45
    found = [name for name in found if best >= least and alike[name] == best]
    return found[0] if len(found) == 1 else ""


def spellings(place, own):
    """Other spellings a reader might type, without those that fold alike."""
    kept, seen = [], {fold(name) for name in own if name}
    for name in sorted(place.names):
        key = fold(name)
        if (not key or key in seen or script(name) not in KEPT_SCRIPTS
                or len(name) < 2 or len(name) > 40 or "|" in name
                or any(c.isdigit() for c in name)
                or (name.isupper() and len(name) <= 4)
                or (script(name) == "LATIN" and name[0].islower()
                    and "'" not in name[:3] and not name.startswith("s-"))):
            continue
        seen.add(key)
        kept.append(name)
    kept.sort(key=lambda name: (script(name) not in ("LATIN", "CYRILLIC"), name))
    return sorted(kept[:MOST_NAMES])


def build(packages):
    """Write municipalities.tsv.gz."""
    areas = {**geonames.area_names(packages, 1), **geonames.area_names(packages, 2)}
    fixed = {int(row["geonames_id"]): row["role"] for row in read_table("seats.csv")}
    places = geonames.load(packages, set(COUNTRIES), set(fixed))
    native = {int(row["geonames_id"]): row for row in read_table("native_names.csv")}
    figures = {int(row["geonames_id"]): row for row in read_table("populations.csv")}
    groups, attached = group(places, areas, fixed)
    districts = Districts(areas)
    names = Names()
    rows = []
    for code, members in groups.items():
        seat = members[0]
        hand = native.get(seat.id)
        name = hand["native"] if hand else seat.name
        english = hand["english"] if hand else ""
        own_script = native_script(seat, name)
        size, estimated, year = population(members, attached)
        if seat.id in figures:
            figure = figures[seat.id]
            size, estimated, year = figure["population"], 0, figure["year"]
        elif seat.feature == "PPLA3" and city_around(seat, places, seats=True):
            # The figure is that of a ward; that of the borough is not there.
            size, estimated, year = "", 0, ""
        district = districts.of(seat)
        uk, uk_source = names.of(seat, name, own_script, district, size)
        parts = sorted({place.name for place in members[1:]} - {name})
        rows.append({
            "geonames_id": seat.id, "country": seat.country,
            "region": seat.region, "district": district,
            "name": name, "name_en": english,
            "name_native_script": own_script, "name_uk": uk,
            "name_uk_source": uk_source,
            "lat": f"{seat.lat:.5f}", "lon": f"{seat.lon:.5f}",
            "population": size, "population_estimated": estimated,
            "population_year": year, "feature": seat.feature,
            "code": "" if "//" in code else code,
            "other_names": "|".join(
                spellings(seat, [name, english, own_script, uk])),
            "part_ids": "|".join(str(place.id) for place in members[1:]),
            "part_names": "|".join(parts),
        })
    rows.sort(key=lambda row: (row["country"], row["region"], row["geonames_id"]))
    write("municipalities.tsv.gz", to_bytes(COLUMNS, rows))


if __name__ == "__main__":
    build(sys.argv[1])
