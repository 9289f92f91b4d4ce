"""Grouping the places of GeoNames into municipalities."""

from collections import defaultdict

from common import distance, fold

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
CITY_REGIONS = {"AT/09": None, "CZ/52": None, "GE/51": None, "HR/21": None,
                "HU/05": 10000}
# A section of a city is at most so far from its centre.
CITY_KM = 25.0
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


# What has one of these ranks is the seat of its area, even without a code.
SEAT_FEATURES = {"PPLC", "PPLA", "PPLA2", "PPLA3"}


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


class Grouping:
    """Puts each place into the municipality it belongs to.

    `groups` are lists of places by code, the one that gives the entry its
    number first; `attached` the ids of places that joined a municipality by
    nearness or by hand, so that they count neither as its seat nor as people.
    """

    def __init__(self, places, area_names, fixed):
        """`area_names` names the areas of the codes, `fixed` maps the ids of
        places that the codes get wrong to 'seat', 'own' or 'part'."""
        self.places = places
        self.area_names = area_names
        self.fixed = fixed
        self.groups = defaultdict(list)
        self.attached = set()
        self.nearest = {}

    def run(self, moves):
        """Group all places; `moves` are pairs of ids, where the first and what
        came with it are a part of the municipality of the second."""
        loose, sections = self._coded()
        sections += self._loose(loose, {number for number, _ in moves})
        self._sort()
        self._move(moves)
        self._sections(sections)
        self._sort()
        return self.groups, self.attached

    def _coded(self):
        """Group the places with a code; the others, and the sections."""
        by_area = self._areas()
        loose, sections = [], []
        for place in sorted(self.places.values(), key=lambda place: place.id):
            role = self.fixed.get(place.id)
            code = municipal_code(place)
            city = f"{place.country}/{place.region}"
            area = by_area.get((place.country, place.region, core(place.name)))
            if place.section:
                sections.append(place)
            elif city in CITY_REGIONS and role != "own":
                councils = CITY_REGIONS[city]
                alone = (councils and place.feature
                         and place.population >= councils
                         and place.feature not in ("PPLC", "PPLA")
                         and role != "part")
                self.groups[f"{city}//{place.id}" if alone else city].append(place)
            elif role == "own":
                self.groups[f"{place.country}//{place.id}"].append(place)
            elif code:
                self.groups[code].append(place)
            elif area and place.feature in SEAT_FEATURES:
                self.groups[area].append(place)
            else:
                loose.append(place)
        return loose, sections

    def _areas(self):
        """{(country, region, name): code} of areas that are a municipality,
        without the names that two of a region share."""
        found = defaultdict(set)
        for code, name in self.area_names.items():
            country, *codes = code.split("/")
            if len(codes) == LEVEL.get(country) == 2:
                found[country, codes[0], core(name)].add(code)
        return {key: codes.pop() for key, codes in found.items()
                if len(codes) == 1}

    def _loose(self, loose, moved):
        """Group the places without a code: by name, by nearness, or alone.
        Gives back those that are larger than all around, sections of a city
        farther off, but for the `moved`, whose home is known."""
        large = []
        groups = self.groups
        by_area = self._areas()
        home = {place.id: code for code, members in groups.items()
                for place in members}
        grid = Grid(place for members in groups.values() for place in members)
        for place in loose:
            area = by_area.get((place.country, place.region, core(place.name)))
            if area in groups:
                self._attach(place, area)
                continue
            city = city_around(place, self.places)
            if city:
                self._attach(place, f"{city.country}//{city.id}")
                continue
            if stands_alone(place):
                groups[f"{place.country}//{place.id}"].append(place)
                continue
            limit = NEAR_WIDE_KM if place.country in WIDE else NEAR_KM
            near = (grid.home_of(place, limit) if place.country in LEVEL
                    else None)
            if (near and SECTION_SIZE <= place.population > near.population
                    and place.id not in moved):
                large.append(place)
                self.nearest[place.id] = near.id
            elif near:
                self._attach(place, home[near.id])
            elif place.population >= SMALLEST:
                groups[f"{place.country}//{place.id}"].append(place)
        return large

    def _attach(self, place, code):
        self.groups[code].append(place)
        self.attached.add(place.id)

    def _move(self, moves):
        """What hand-written rows say is a part of another municipality."""
        home = {place.id: code for code, members in self.groups.items()
                for place in members}
        for number, into in moves:
            code = home[number]
            if self.groups[code][0].id == number:
                moved = self.groups.pop(code)
            else:
                moved = [self.places[number]]
                self.groups[code].remove(moved[0])
            for place in moved:
                self._attach(place, home[into])
                home[place.id] = home[into]

    def _sections(self, sections):
        """Sections of cities join the city of their code, or the one around:
        of the larger ones near, the one whose size outweighs its distance."""
        cities, home = defaultdict(list), {}
        for code, members in self.groups.items():
            cities[members[0].country].append(members[0])
            home.update((place.id, code) for place in members)
        for place in sections:
            region = f"{place.country}/{place.region}"
            code = region if region in CITY_REGIONS else municipal_code(place)
            if code not in self.groups:
                near = [(city.population / max(far, 1.0) ** 2, -city.id, city)
                        for city in cities[place.country]
                        if city.population > place.population
                        and (far := distance(place.at, city.at)) <= CITY_KM]
                if near:
                    code = home[max(near)[2].id]
                elif place.section:
                    continue
                else:
                    code = home[self.nearest[place.id]]
            self._attach(place, code)

    def _sort(self):
        """Put the place that gives an entry its number first: named like the
        area, by rank, by size."""
        for code, members in self.groups.items():
            area = core(self.area_names.get(code, ""))
            in_rank = max((place.population for place in members
                           if place.feature.startswith("PPLA")
                           and place.id not in self.attached), default=0)

            def order(place):
                """What has the least of these comes first."""
                feature = place.feature
                # Mergers leave the rank of a former seat with a mere village.
                if (place.country in OUTGROWN_IN and feature == "PPL"
                        and place.population > max(OUTGROWN * in_rank,
                                                   OUTGROWN_SIZE)):
                    feature = "PPLA3"
                return (place.section, self.fixed.get(place.id) != "seat",
                        place.feature != "PPLC", place.id in self.attached,
                        not (area and core(place.name) == area),
                        RANK.get(feature, 9), -place.population, place.id)

            members.sort(key=order)
