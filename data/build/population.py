"""The population of a municipality, as it follows from its places."""

from grouping import CITY_REGIONS

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
