"""The population of a municipality, as it follows from its places."""

import math
from typing import NamedTuple

import france
import italy
from common import read_table
from grouping import CITY_REGIONS, city_around

class Model(NamedTuple):
    """How a municipality's population follows from its places."""

    # Which figure of its coded places: that of the seat, the largest, the sum.
    which: str
    # How many people live in places too small to be listed, and how many times
    # the figure they are at most.
    remainder: int = 0
    share: float = math.inf
    # No municipality has fewer people, but for those that GeoNames lacks.
    least: int = 0
    # What is left of figures under 1,000, where villages have emptied since.
    left: float = 1.0


# One model for each country, fitted once to the official figures of Eurostat's
# list of local units of 2020, which is not shipped: for the fewest entries that
# are off by more than a factor 2, and the least median error.
MODELS = {
    "AL": Model("seat", 6000), "AT": Model("sum", 500, 1.0, 1000),
    "BE": Model("max", 2000, 1.0, 3000), "BG": Model("sum", 3000, 3.0),
    "CH": Model("sum", 500, 0.2, left=0.9), "DE": Model("sum"),
    "DK": Model("sum", 12000, 1.0), "EE": Model("sum", 3500),
    "ES": Model("seat", left=0.8), "FI": Model("seat", 300),
    "FR": Model("sum"), "GR": Model("sum"),
    "HR": Model("sum", 2000, 1.0, 1500), "IE": Model("sum"),
    "IS": Model("sum"), "IT": Model("sum", 300), "LT": Model("sum", 10000, 1.5),
    "LU": Model("sum", 1000), "LV": Model("seat", 12000, 2.0),
    "ME": Model("sum"), "MK": Model("sum"), "NL": Model("sum", 5000),
    "NO": Model("sum", 5000, 1.0, 1500), "PL": Model("sum", 4000),
    "PT": Model("sum"), "RO": Model("max", least=1500),
    "RS": Model("max", 12000), "SE": Model("sum", 3500),
    "SI": Model("sum", 5000, 1.0, 2500), "XK": Model("sum"),
}
# Below this size figures are shrunk by what is left.
SMALL = 1000

# The listed places of a city this large are its sections, counted already.
SECTIONS_FROM = 300000

# A remainder this many times smaller than the towns is left out.
NEGLIGIBLE = 20


def population(members, attached):
    """(population or '', whether estimated, year) of a municipality."""
    seat = members[0]
    coded = [place for place in members if place.id not in attached] or members
    model = MODELS.get(seat.country, Model("seat"))
    # The parts of a city region are sections, counted in the city already.
    if (f"{seat.country}/{seat.region}" in CITY_REGIONS
            or seat.population >= SECTIONS_FROM):
        model = Model("seat")
    size = {"seat": seat.population,
            "max": max(place.population for place in coded),
            "sum": sum(place.population for place in coded)}[model.which]
    if not size:
        size = max(place.population for place in members)
    if not size:
        return "", 0, ""
    total = size * model.left if size < SMALL else size
    if size <= NEGLIGIBLE * model.remainder:
        total += min(model.remainder, model.share * size)
    total = max(round(total), model.least)
    estimated = total != seat.population
    return rounded(total) if estimated else total, int(estimated), seat.year


def rounded(figure):
    """An estimate with no more digits than it can have."""
    if figure < 1000:
        return figure
    return round(figure, -1 if figure < 10000 else -2)


class Populations:
    """Finds the population of a municipality: by hand, the register's, or as
    it follows from its places."""

    def __init__(self, places, communes, comuni):
        self.places = places
        self.communes = communes
        self.comuni = comuni
        self.by_hand = {int(row["geonames_id"]): row
                        for row in read_table("populations.csv")}

    def of(self, code, members, attached):
        """(population or '', whether estimated, year, source)."""
        first = members[0]
        hand = self.by_hand.get(first.id)
        if hand:
            # What follows the semicolon says what is wrong with GeoNames.
            source = hand["source"].partition(";")[0]
            return hand["population"], 0, hand["year"], source
        if (first.feature == "PPLA3"
                and city_around(first, self.places, seats=True)):
            # The figure is that of a ward; that of the borough is not there.
            return "", 0, "", ""
        size, estimated, year = population(members, attached)
        last = code.rpartition("/")[2]
        if first.country == "FR" and self.communes.population(last):
            return self.communes.population(last), 0, france.YEAR, "INSEE"
        if first.country == "IT":
            census = self.comuni.population(last, size)
            if census:
                return census, 0, italy.YEAR, "ISTAT"
        return size, estimated, year, "GeoNames"
