"""Build hromadas.tsv.gz: the hromadas of Ukraine and the city of Kyiv.

Codes, names and settlements come from the codifier; coordinates, spellings
and known sizes from the GeoNames places that can be told to be one of its
settlements. A wrong match is worse than none, so a match needs the name, the
oblast and, among namesakes, the neighbourhood.
"""

import math
import statistics
import sys
from collections import Counter, defaultdict
from itertools import takewhile

import codifier
import geonames
from common import (APOSTROPHES, distance, fold, likeness, read_table, romanise, script,
                    to_bytes, write)

# GeoNames first-level region to the first four characters of KATOTTG.
OBLAST = {
    "01": "UA71", "02": "UA74", "03": "UA73", "04": "UA12", "05": "UA14",
    "06": "UA26", "07": "UA63", "08": "UA65", "09": "UA68", "10": "UA35",
    "12": "UA80", "13": "UA32", "14": "UA44", "15": "UA46", "16": "UA48",
    "17": "UA51", "18": "UA53", "19": "UA56", "21": "UA59", "22": "UA61",
    "23": "UA05", "24": "UA07", "25": "UA21", "26": "UA23", "27": "UA18",
}

UKRAINIAN = set("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")
KEPT_SCRIPTS = {"LATIN", "CYRILLIC", "GREEK", "GEORGIAN", "ARMENIAN", "HEBREW",
                "ARABIC"}
MOST_NAMES = 60

# Settlements of one hromada lie close together: half the farthest pair of
# settlements of the largest ones is below this.
HROMADA_KM = 30.0
RAION_KM = 95.0
# Among namesakes the nearest hromada wins only when it is this much nearer.
CLEARLY = 1.8
# Two GeoNames places of one name this near are one place listed twice.
TWICE_KM = 6.0
TOWN_SIZE = 2500
CENTRE_SIZE = 1400

# The estimate of a population: the GeoNames sizes of the settlements that were
# found, scaled by kind, and a mean size for those without one. The constants
# were fitted once to the official figures of 1 January 2022, which are not
# shipped: by coordinate search, for the least sum of the absolute errors of the
# logarithm and of the hromadas on the wrong side of 10,000 people.
POPULATION_YEAR = 2022
SCALE = {"K": 1.0, "M": 1.0, "X": 1.11, "C": 0.91}
# A village is never this large: such a figure belongs to something else.
LARGEST_VILLAGE = 12000
UNKNOWN_TOWN = 309
UNKNOWN_CENTRE = {"X": 5100, "C": 1744}
UNKNOWN_VILLAGE = {
    "UA05": 375, "UA07": 317, "UA12": 187, "UA14": 195, "UA18": 187,
    "UA21": 266, "UA23": 137, "UA26": 492, "UA32": 466, "UA35": 202,
    "UA44": 206, "UA46": 401, "UA48": 78, "UA51": 128, "UA53": 62,
    "UA56": 370, "UA59": 123, "UA61": 561, "UA63": 175, "UA65": 348,
    "UA68": 290, "UA71": 347, "UA73": 270, "UA74": 152,
}

# People have moved to the villages around large cities since GeoNames counted
# them: the estimate of a village hromada is this many times higher where the
# centre of a city of such a size is nearer than a distance that grows with the
# root of its millions.
CITY_SIZE = 200000
SUBURB = 1.3
SUBURB_KM = 10.0

# How far a place that is none of the settlements lies from what it is a part of.
PART_KM = 15.0
# So little alike are two names of one place of which one is no spelling of the
# other.
ANOTHER_NAME = 0.4
# The code of GeoNames for the city, which is a region of its own.
KYIV = "12"
SUBURB_KM_OF_MILLION = 20.0

COLUMNS = ["katottg", "name", "type", "centre", "centre_katottg",
           "raion_katottg", "raion", "oblast_katottg", "oblast", "settlements",
           "lat", "lon", "position", "geonames_id", "population",
           "population_year", "former_names", "other_names", "settlement_names"]


def bare(name):
    """A Ukrainian name in lower case without apostrophes."""
    return "".join(c for c in name.lower() if c not in APOSTROPHES)


def sound(name):
    """A Latin spelling with the differences between romanisations levelled."""
    name = fold(name).replace("y", "i").replace("j", "i").replace(" ", "")
    for before, after in (("sch", "shch"), ("kh", "h"), ("g", "h"), ("w", "v")):
        name = name.replace(before, after)
    while "ii" in name:
        name = name.replace("ii", "i")
    return name.replace("ie", "e").replace("ia", "a").replace("iu", "u")


class Matcher:
    """Finds the settlement that a GeoNames place is."""

    def __init__(self, hromadas, places, former):
        self.hromadas = hromadas
        self.places = places
        self.settlements = {}
        self.by_name = defaultdict(list)
        self.by_sound = defaultdict(list)
        self.found = {}
        self.taken = {}
        for hromada in hromadas.values():
            for settlement in hromada.settlements:
                self.settlements[settlement.code] = settlement
                names = [settlement.name]
                if settlement is hromada.centre:
                    names += former.get((hromada.oblast, settlement.name), [])
                for name in names:
                    oblast = settlement.code[:4]
                    self.by_name[oblast, bare(name)].append(settlement.code)
                    self.by_sound[oblast, sound(romanise(name))].append(
                        settlement.code)

    def candidates(self, place):
        """{code: strength} of the settlements with a name of the place."""
        oblast = OBLAST.get(place.region)
        raion = ""
        if len(place.admin) > 1 and len(place.admin[1]) == 4:
            raion = "UA" + place.admin[1]
        strengths = Counter()
        for name in {bare(name) for name in place.names
                     if set(bare(name)) <= UKRAINIAN | {" ", "-"}}:
            for code in self.by_name.get((oblast, name), []):
                strengths[code] = max(strengths[code], 2)
        for code in self.by_sound.get((oblast, sound(place.name)), []):
            strengths[code] += 3
        if not strengths:
            for name in place.names:
                if script(name) == "LATIN":
                    for code in self.by_sound.get((oblast, sound(name)), []):
                        strengths[code] = 1
        if raion:
            inside = {code: strength for code, strength in strengths.items()
                      if code.startswith(raion)}
            return inside
        return dict(strengths)

    def _likely(self, place, codes):
        """Leave out namesakes that the size or the rank of the place rules out.

        GeoNames lists a place without a known size only as a seat, and a
        village has rarely more people than a town of the same name nearby.
        """
        centres = {code for code in codes
                   if self.hromadas[self.settlements[code].hromada].centre.code
                   == code}
        towns = {code for code in codes
                 if self.settlements[code].category != "C"}
        if place.population >= TOWN_SIZE and towns:
            codes = towns
        if centres & codes and (place.population == 0
                                or place.population >= CENTRE_SIZE
                                or place.feature.startswith("PPLA")):
            codes = centres & codes
        return codes

    def run(self):
        """Match in rounds: the certain ones first, then by neighbourhood."""
        open_places = {}
        for place in sorted(self.places.values(), key=lambda place: place.id):
            options = self.candidates(place)
            if options:
                best = max(options.values())
                open_places[place.id] = self._likely(place, {
                    code for code, strength in options.items()
                    if strength == best})
        for _ in range(8):
            wanted = Counter(code for codes in open_places.values()
                             for code in codes)
            sure = {number: next(iter(codes))
                    for number, codes in open_places.items()
                    if len(codes) == 1 and wanted[next(iter(codes))] == 1}
            sure.update(self._largest(open_places))
            for number, code in sorted(sure.items()):
                self._take(number, code)
            self._drop_strays()
            near = self._by_neighbourhood(
                {number: codes for number, codes in open_places.items()
                 if number not in self.taken})
            for number, code in sorted(near.items()):
                self._take(number, code)
            self._drop_strays()
            left = {}
            for number, codes in open_places.items():
                codes = {code for code in codes if code not in self.found}
                if number not in self.taken and codes:
                    left[number] = codes
            if left == open_places:
                break
            open_places = left
        return self.found

    def _largest(self, open_places):
        """Of several places that can be one town alone, the far largest."""
        rivals = defaultdict(list)
        for number, codes in open_places.items():
            if len(codes) == 1 and number not in self.taken:
                rivals[next(iter(codes))].append(self.places[number])
        sure = {}
        for code, places in rivals.items():
            places.sort(key=lambda place: (-place.population, place.id))
            if (len(places) > 1 and self.settlements[code].category != "C"
                    and places[0].population > 3 * places[1].population):
                sure[places[0].id] = code
        return sure

    def _take(self, number, code):
        if code not in self.found and number not in self.taken:
            self.found[code] = self.places[number]
            self.taken[number] = code

    def _around(self, length):
        """Matched places by the first characters of the settlement code."""
        groups = defaultdict(list)
        for code, place in self.found.items():
            groups[code[:length]].append((code, place))
        return groups

    def _drop_strays(self):
        """Undo matches far from the rest of their hromada and raion."""
        hromadas, raions = self._around(9), self._around(6)
        for code, place in list(self.found.items()):
            near = [distance(place.at, other.at)
                    for other_code, other in hromadas[code[:9]]
                    if other_code != code]
            wide = [distance(place.at, other.at)
                    for other_code, other in raions[code[:6]]
                    if other_code != code]
            stray = False
            if len(near) >= 2:
                stray = statistics.median(near) > 1.4 * HROMADA_KM
            elif len(near) == 1 and len(wide) >= 4:
                # Of two that disagree, the one farther from the raion is wrong.
                partner = next(other for other_code, other in hromadas[code[:9]]
                               if other_code != code)
                theirs = statistics.median(
                    distance(partner.at, other.at)
                    for other_code, other in raions[code[:6]]
                    if other is not partner)
                stray = (near[0] > 1.6 * HROMADA_KM
                         and statistics.median(wide) > theirs)
            if not stray and len(wide) >= 4:
                stray = statistics.median(wide) > RAION_KM
            if stray:
                del self.found[code]
                del self.taken[place.id]

    def _reach(self, code, place, hromadas, raions):
        """How far the place is from what is known around the settlement."""
        near = [distance(place.at, other.at)
                for _, other in hromadas[code[:9]]]
        if near:
            near.sort()
            return near[0] if len(near) == 1 else (near[0] + near[1]) / 2
        wide = sorted(distance(place.at, other.at)
                      for _, other in raions[code[:6]])
        if len(wide) >= 3:
            return 12.0 + statistics.mean(wide[:3])
        return None

    def _by_neighbourhood(self, open_places):
        """For places with several candidates, the clearly nearest of them."""
        hromadas, raions = self._around(9), self._around(6)
        claims = defaultdict(list)
        for number, codes in sorted(open_places.items()):
            place = self.places[number]
            reaches = []
            for code in sorted(codes - set(self.found)):
                reach = self._reach(code, place, hromadas, raions)
                if reach is not None:
                    reaches.append((reach, code))
            reaches.sort()
            if not reaches or reaches[0][0] > HROMADA_KM:
                continue
            if len(reaches) < len(codes - set(self.found)):
                continue
            # Namesakes in one hromada cannot be told apart by neighbourhood.
            rivals = [reach for reach in reaches[1:]
                      if reach[0] < CLEARLY * max(reaches[0][0], 4.0)]
            if not rivals:
                claims[reaches[0][1]].append((reaches[0][0], number))
        near = {}
        for code, places in claims.items():
            places.sort()
            first = self.places[places[0][1]]
            if len(places) == 1 or places[1][0] > CLEARLY * max(places[0][0], 4.0):
                near[first.id] = code
                continue
            same = [self.places[number] for _, number in places
                    if distance(self.places[number].at, first.at) < TWICE_KM]
            if len(same) == len(places):
                near[max(same, key=lambda one: (one.population, -one.id)).id] = code
        return near


def spellings(place, own):
    """Other spellings of a place that a reader might type."""
    kept, seen = [], {name.lower() for name in own}
    for name in place.names + [place.name]:
        name = name.strip()
        if (script(name) not in KEPT_SCRIPTS or name.lower() in seen
                or len(name) < 2 or "|" in name or any(c.isdigit() for c in name)
                or (name.isupper() and len(name) <= 4)):
            continue
        if len(name) > 40 or (name[0].islower() and script(name) == "LATIN"):
            continue
        seen.add(name.lower())
        kept.append(name)
    kept.sort(key=lambda name: (script(name) not in ("LATIN", "CYRILLIC"), name))
    return sorted(kept[:MOST_NAMES])


def former_names(names):
    """{(oblast code, current name): [former name, ...]} from the hand table."""
    oblasts = {name: code for code, name in names.items()
               if code[4:11] == "0000000"}
    found = defaultdict(list)
    for row in read_table("former_names.csv"):
        key = oblasts[row["oblast"]], row["current"]
        found[key].append(row["former"])
    return found


def parts_by_place(hromadas, places, found):
    """{code of a hromada: names} of places that are none of its settlements.

    They are districts of cities, and settlements by a name they no longer have.
    Each belongs to the nearest place that is as large, as a part is smaller
    than what it is a part of.
    """
    home = {found[settlement.code].id: code
            for code, hromada in hromadas.items()
            for settlement in hromada.settlements if settlement.code in found}
    listed = sorted((places[number] for number in home),
                    key=lambda place: -place.population)
    names = defaultdict(set)
    for place in places.values():
        if place.id in home:
            continue
        near = [(distance(place.at, other.at), home[other.id])
                for other in takewhile(
                    lambda other: other.population >= place.population, listed)
                if other.region == place.region
                or KYIV in (other.region, place.region)]
        if near and min(near)[0] <= PART_KM:
            names[min(near)[1]] |= ukrainian_spellings(place)
    return names


def older_names(hromada, found):
    """Names that GeoNames has of settlements and that are nothing like theirs:
    what they were called before. Those of centres are in a table."""
    return {name for settlement in hromada.settlements
            if settlement.code in found and settlement is not hromada.centre
            for name in ukrainian_spellings(found[settlement.code])
            if likeness(bare(name), bare(settlement.name)) < ANOTHER_NAME}


def ukrainian_spellings(place):
    """The names of a place that have Ukrainian letters alone."""
    return {name for name in place.names
            if name[0].isupper() and set(bare(name)) <= UKRAINIAN | {" ", "-"}}


def suburbs(hromadas, found, at):
    """Codes of the village hromadas around large cities."""
    cities = [(found[hromada.centre.code].population, hromada)
              for hromada in hromadas.values()
              if hromada.centre.code in found
              and found[hromada.centre.code].population >= CITY_SIZE]
    reach = [(at[city.code][:2],
              SUBURB_KM + SUBURB_KM_OF_MILLION * math.sqrt(size / 1e6))
             for size, city in cities]
    return {hromada.code for hromada in hromadas.values()
            if hromada.centre.category == "C" and at[hromada.code][2] != "raion"
            and any(distance(at[hromada.code][:2], middle) <= far
                    for middle, far in reach)}


def estimate(hromada, found, suburban):
    """The estimated population of a hromada."""
    total = 0.0
    for settlement in hromada.settlements:
        place = found.get(settlement.code)
        size = max(place.population, place.earlier_population) if place else 0
        if settlement.category == "C" and size > LARGEST_VILLAGE:
            size = 0
        if size:
            total += SCALE[settlement.category] * size
            continue
        if settlement.category == "C":
            total += UNKNOWN_VILLAGE[settlement.code[:4]]
        else:
            total += UNKNOWN_TOWN
        if settlement is hromada.centre:
            total += UNKNOWN_CENTRE.get(settlement.category, 0)
    if hromada.code in suburban:
        total *= SUBURB
    return round(total, -1 if total < 10000 else -2)


def positions(hromadas, found):
    """{code: (lat, lon, how)}: the centre, else what is known around it."""
    at = {}
    for hromada in hromadas.values():
        centre = found.get(hromada.centre.code)
        known = [found[settlement.code] for settlement in hromada.settlements
                 if settlement.code in found]
        if centre:
            at[hromada.code] = (centre.lat, centre.lon, "centre")
        elif known:
            at[hromada.code] = (
                statistics.mean(place.lat for place in known),
                statistics.mean(place.lon for place in known), "settlements")
    for hromada in hromadas.values():
        if hromada.code not in at:
            near = [at[other.code] for other in hromadas.values()
                    if other.raion == hromada.raion
                    and at.get(other.code, ("", "", "raion"))[2] != "raion"]
            at[hromada.code] = (statistics.mean(place[0] for place in near),
                                statistics.mean(place[1] for place in near),
                                "raion")
    return at


def build(packages):
    """Write hromadas.tsv.gz."""
    hromadas, names = codifier.load(packages)
    places = geonames.load(packages, {"UA"})
    former = former_names(names)
    found = Matcher(hromadas, places, former).run()
    at = positions(hromadas, found)
    suburban = suburbs(hromadas, found, at)
    parts = parts_by_place(hromadas, places, found)
    rows = []
    for code in sorted(hromadas):
        hromada = hromadas[code]
        centre = hromada.centre
        place = found.get(centre.code)
        lat, lon, how = at[code]
        earlier = former.get((hromada.oblast, centre.name), [])
        others = sorted(({settlement.name for settlement in hromada.settlements}
                         | parts[code] | older_names(hromada, found))
                        - {centre.name})
        rows.append({
            "katottg": code, "name": hromada.name,
            "type": codifier.CATEGORY[centre.category],
            "centre": centre.name, "centre_katottg": centre.code,
            "raion_katottg": hromada.raion,
            "raion": names.get(hromada.raion, ""),
            "oblast_katottg": hromada.oblast, "oblast": names[hromada.oblast],
            "settlements": len(hromada.settlements),
            "lat": f"{lat:.5f}", "lon": f"{lon:.5f}", "position": how,
            "geonames_id": place.id if place else "",
            "population": int(estimate(hromada, found, suburban)),
            "population_year": POPULATION_YEAR,
            "former_names": "|".join(earlier),
            "other_names": "|".join(
                spellings(place, [centre.name] + earlier) if place else []),
            "settlement_names": "|".join(others),
        })
    write("hromadas.tsv.gz", to_bytes(COLUMNS, rows))


if __name__ == "__main__":
    build(sys.argv[1])
