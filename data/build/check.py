"""Check the results, and measure them against tables that are not shipped.

    check.py [--packages DIR] [--hromadas FILE] [--lau FILE] [--known FILE]

Without files only the inner consistency is checked, and with the unpacked
packages how many of the best known Ukrainian names follow from the rule alone.
The files are CSV:
hromadas with katottg, formed, center_katottg, lat, lon, population_2022;
lau with country, geonames_id, population; known with partner_geonameid.
"""

import argparse
import csv
import itertools
import math
import re
import statistics
import sys
from collections import Counter, defaultdict

import geonames
from common import distance, read_rows, read_table
from transcription import is_ukrainian, transcribe
from ukrainian import UkrainianNames


# How a district is written in each country that has them, and the least share
# of its municipalities that must have one; elsewhere none may.
DISTRICTS = {
    "AT": ("Bezirk .+", 0.98),
    "BE": ("provincie .+|province d.+", 0.95),
    "CH": ("(?:Bezirk|Verwaltungskreis|Regione?) .+|S(?:ee|ense)bezirk|"
           "(?:district|arrondissement administratif) d.+|distretto di .+", 0.78),
    "CZ": ("okres .+", 0.92),
    "ES": ("prov[ií]ncia d.+|.+ko lurralde historikoa", 0.87),
    "FR": ("département d.+", 0.99),
    "GB": (r"(?!.*(?i:\bborough\b|council|district|county of)).+", 0.93),
    "IT": ("provincia (?:autonoma )?d.+|città metropolitana di .+|"
           "libero consorzio comunale di .+", 0.94),
    "PL": ("powiat [^A-Z]+", 0.96),
    "RS": (".+ okrug|grad Beograd", 0.98),
    "SK": ("okres .+", 0.25),
}
# Entries of more people, and capitals, must have a Ukrainian name.
NAMED_FROM = 20_000
# The share of the best known names that the rule alone may miss.
MISSED = 0.1

# What is farther from the middle of its district is in the wrong one, other
# than in the provinces that have islands.
DISTRICT_KM = 150
ISLANDS = {"provincia de Las Palmas", "provincia de Santa Cruz de Tenerife",
           "libero consorzio comunale di Agrigento",
           "libero consorzio comunale di Trapani"}


def fail_if(problems, what):
    """Print all that is wrong; True when something is."""
    if problems:
        print(f"WRONG: {what}: {len(problems)}:",
              ", ".join(map(str, problems)))
    return bool(problems)


def consistency(hromadas, municipalities):
    """Checks that need no other table."""
    wrong = False
    codes = {row["katottg"] for row in hromadas}
    raions = {row["raion_katottg"] for row in hromadas}
    wrong |= fail_if([] if len(codes) == 1470 == len(hromadas) else [len(codes)],
                     "number of hromadas with Kyiv")
    wrong |= fail_if([row["katottg"] for row in hromadas
                      if not 44 < float(row["lat"]) < 53
                      or not 22 < float(row["lon"]) < 41], "position outside")
    known = {
        "hromada": codes,
        "raion": raions,
        "region": {f"{row['country']}.{row['region']}" for row in municipalities},
        "place": {row["geonames_id"] for row in municipalities},
    }
    wrong |= fail_if([row["code"] for row in read_rows("control.tsv")
                      if row["code"] not in known[row["scope"]]],
                     "unknown code in control.tsv")
    centres = {(row["oblast"], row["centre"]) for row in hromadas}
    wrong |= fail_if([row["former"] for row in read_table("former_names.csv")
                      if (row["oblast"], row["current"]) not in centres],
                     "former name without a centre")
    ids = [row["geonames_id"] for row in municipalities]
    parts = [part for row in municipalities
             for part in row["part_ids"].split("|") if part]
    wrong |= fail_if([number for number, times in Counter(ids + parts).items()
                      if times > 1], "place in two entries")
    seats = set(ids)
    known = seats | set(parts)
    for table in ("native_names.csv", "ukrainian_names.csv"):
        wrong |= fail_if([row["geonames_id"] for row in read_table(table)
                          if row["geonames_id"] not in seats],
                         f"no entry for a name of {table}")
    wrong |= fail_if([row["geonames_id"] for row in read_table("seats.csv")
                      if row["geonames_id"] not in known], "unknown in seats.csv")
    wrong |= fail_if([row["place"] for row in read_rows("languages.tsv")
                      if row["place"] and row["place"] not in seats],
                     "no entry for a place of languages.tsv")
    regions = {(row["country"], row["code"]) for row in read_rows("regions.tsv")}
    lost = {(row["country"], row["region"]) for row in municipalities} - regions
    print(f"hromadas {len(hromadas):,}, municipalities {len(municipalities):,}, "
          f"parts {len(parts):,}, regions {len(regions)}, "
          f"entries in regions without a name "
          f"{sum((row['country'], row['region']) in lost for row in municipalities)}")
    print("how hromadas were placed:",
          dict(Counter(row["position"] for row in hromadas)))
    return wrong


def ukrainian_names(municipalities):
    """Whether the names that must be there are, and can be read as Ukrainian,
    and whether each language is read as its examples say."""
    wrong = fail_if([f"{row['language']} {row['name']}: {heard}"
                     for row in read_table("transcription_examples.csv")
                     if (heard := transcribe(row["name"], row["language"],
                                             row["own_script"])) != row["name_uk"]],
                    "transcribed otherwise than in the examples")
    known = {row["geonames_id"]: row["name_uk"] for row in read_table("known_uk.csv")}
    wrong |= fail_if([f"{row['name']}: {row['name_uk']}" for row in municipalities
                      if known.get(row["geonames_id"], row["name_uk"])
                      != row["name_uk"]], "not the known Ukrainian name")
    wrong |= fail_if([row["name"] for row in municipalities if not row["name_uk"]
                      and (row["feature"] == "PPLC"
                           or int(row["population"] or 0) > NAMED_FROM)],
                     "no Ukrainian name")
    regions = read_rows("regions.tsv")
    wrong |= fail_if([row["name"] for row in regions if not row["name_uk"]],
                     "region without a Ukrainian name")
    for rows in (municipalities, regions):
        wrong |= fail_if([f"{row['name']}: {row['name_uk']}" for row in rows
                          if row["name_uk"] and not is_ukrainian(
                              re.sub("[—()]", "", row["name_uk"]))],
                         "letters that are not Ukrainian")
        wrong |= fail_if([row["name"] for row in rows
                          if bool(row["name_uk"]) != bool(row["name_uk_source"])],
                         "Ukrainian name and its source do not agree")
        print("Ukrainian names:", dict(sorted(Counter(
            row["name_uk_source"] or "none" for row in rows).items())))
    return wrong


def measure_ukrainian(municipalities, packages):
    """How many of the best known names follow without the hand-written table;
    those that do not are printed."""
    rows = {row["geonames_id"]: row for row in municipalities}
    known = [row for row in read_table("known_uk.csv") if row["geonames_id"] in rows]
    places = geonames.load(packages, {rows[row["geonames_id"]]["country"]
                                      for row in known})
    names, missed, measured = UkrainianNames(), [], 0
    for row in known:
        place, entry = places.get(int(row["geonames_id"])), rows[row["geonames_id"]]
        if place is None:
            continue
        measured += 1
        found, _ = names.by_rule(place, entry["name"], entry["name_native_script"],
                                 entry["district"], entry["population"])
        if found != row["name_uk"]:
            missed.append(f"{row['name_uk']} ({found})")
    print(f"Ukrainian names by the rule alone: {measured - len(missed)} of "
          f"{measured}; not {', '.join(missed)}")
    return fail_if(missed if len(missed) > MISSED * measured else [],
                   "too few known names by the rule alone")


def districts(municipalities):
    """Whether districts are there, are written as they should be, and hold
    together on the map."""
    wrong = False
    members = defaultdict(list)
    entries, having = Counter(), Counter()
    for row in municipalities:
        entries[row["country"]] += 1
        if row["district"]:
            having[row["country"]] += 1
            members[row["country"], row["region"], row["district"]].append(row)
    wrong |= fail_if([f"{country} {having[country] / entries[country]:.1%}"
                      for country, (_, least) in DISTRICTS.items()
                      if having[country] < least * entries[country]],
                     "too few municipalities with a district")
    wrong |= fail_if([key for key in members if key[0] not in DISTRICTS],
                     "district in a country without")
    wrong |= fail_if([(country, district) for country, _, district in members
                      if country in DISTRICTS
                      and not re.fullmatch(DISTRICTS[country][0], district)],
                     "not how a district is written")
    far = []
    for (_, _, district), rows in members.items():
        middle = tuple(statistics.median(float(row[axis]) for row in rows)
                       for axis in ("lat", "lon"))
        far += [(row["name"], district) for row in rows
                if district not in ISLANDS
                and distance(middle, (float(row["lat"]), float(row["lon"])))
                > DISTRICT_KM]
    wrong |= fail_if(far, "far from its district")
    print(f"with a district: {sum(having.values()):,}, in {len(members)} districts")
    return wrong


# Names of cities in English, or outdated, that are not their own.
EXONYMS = {
    "AL": {"Tirana"}, "AT": {"Vienna"},
    "BE": {"Antwerp", "Bruges", "Brussels", "Ghent", "Ostend", "Ypres"},
    "CH": {"Basle", "Berne", "Geneva", "Lucerne"}, "CY": {"Limassol", "Nicosia"},
    "CZ": {"Pilsen", "Prague"}, "DE": {"Cologne", "Munich", "Nuremberg"},
    "DK": {"Copenhagen", "Århus"}, "ES": {"Saragossa", "Seville"},
    "FR": {"Dunkirk", "Lyons", "Marseilles"},
    "GR": {"Athens", "Corfu", "Piraeus"},
    "IT": {"Florence", "Genoa", "Mantua", "Milan", "Naples", "Padua", "Rome",
           "Syracuse", "Turin", "Venice"},
    "LV": {"Riga"}, "NL": {"Flushing", "The Hague"},
    "PL": {"Bielsko-Biala", "Cracow", "Warsaw"}, "PT": {"Lisbon", "Oporto"},
    "RO": {"Bucharest"}, "RS": {"Belgrade"}, "SE": {"Gothenburg"},
    "TR": {"Istanbul"}, "XK": {"Pristina"},
}
# Words that a place has but no municipality.
NO_MUNICIPALITY = re.compile(
    r"\b(?:weather|airport|areas?|borders?|barracks|city centre)\b|"
    r"^(?:Town Area|Dhekelia)$", re.IGNORECASE)
# Words for the kind of an authority: a name has none of them, but where two of
# a region would have the same.
KIND = re.compile(
    r"^(?:Bashkia|Comun[aă]|Gemeente|Municipality of|Obshtina|Oraș(?:ul)?) |"
    r" (?:[Kk]ommune?|Municipality|Općina|County)$")
# States that are one municipality.
CITY_COUNTRIES = {"GI", "MC"}
# How far from each other two entries of one name can be one place.
DOUBLE_KM = 8.0
# The seat of a region has more people than this, but in the smallest countries.
REGION_SEAT = 500
SMALLEST_COUNTRIES = {"AD", "AX", "FO", "GG", "GI", "GR", "IM", "JE", "LI", "MC",
                      "MT", "SM", "GB"}
# A region's seat has at least this share of the people that half of the seats
# of its country have, but for these: a small capital, and mountain villages.
SHARE_OF_SEATS = 0.12
SMALL_SEATS = {"Eisenstadt", "Andrijevica", "Šavnik"}
# No municipality has fewer people, but in countries of the smallest ones.
FEWEST = 50
SMALLEST_IN = {"AT", "CH", "CY", "CZ", "DE", "ES", "FR", "HU", "IT", "SK"}


def where(row):
    """An entry as it is named in a list of faults."""
    return f"{row['name']} ({row['country']}, {row['geonames_id']})"


def names(municipalities):
    """Whether entries bear their own names, as their languages write them."""
    wrong = fail_if([where(row) for row in municipalities
                     if row["name"] in EXONYMS.get(row["country"], ())], "an exonym as the own name")
    wrong |= fail_if([where(row) for row in municipalities
                      if row["country"] in ("RO", "MD")
                      and set("şţŞŢ") & set(row["name"] + row["seat"])],
                     "Romanian with a cedilla")
    wrong |= fail_if([where(row) for row in municipalities
                      if row["country"] == "LT" and row["seat"] and not row["name"].endswith(" rajonas")],
                     "a Lithuanian district that is not named as one")
    wrong |= fail_if([where(row) for row in municipalities
                      if KIND.search(row["name"])], "a kind in a name")
    wrong |= fail_if([where(row) for row in municipalities
                      if row["country"] not in ("BG", "GE", "GR", "CY")
                      and re.search("[Ѐ-ӿ]", row["name"])],
                     "a name in another script")
    wrong |= fail_if([where(row) for row in municipalities
                      if row["seat"] == row["name"]], "a seat named as its entry")
    wrong |= fail_if([where(row) for row in municipalities
                      if row["position"] not in ("centre", "settlements")],
                     "an unknown position")
    entries = {row["geonames_id"]: row for row in municipalities}
    wrong |= fail_if([row["geonames_id"]
                      for row in read_table("municipal_names.csv")
                      if row["geonames_id"] not in entries
                      or entries[row["geonames_id"]]["name"] != row["name"]],
                     "a name of municipal_names.csv that no entry bears")
    print("with a seat of another name:",
          sum(bool(row["seat"]) for row in municipalities),
          "positions:", dict(Counter(row["position"] for row in municipalities)))
    return wrong


def no_municipalities(municipalities):
    """Whether every entry is a municipality, and listed once."""
    wrong = fail_if([where(row) for row in municipalities
                     if NO_MUNICIPALITY.search(row["name"])], "no municipality")
    wrong |= fail_if([where(row) for row in municipalities
                      if row["country"] in CITY_COUNTRIES
                      and row["feature"] != "PPLC"], "a quarter of a city")
    by_name = defaultdict(list)
    for row in municipalities:
        by_name[row["country"], row["region"], row["name"]].append(row)
    wrong |= fail_if([where(a) for rows in by_name.values()
                      for a, b in itertools.combinations(rows, 2)
                      if not (a["code"] and b["code"])
                      and distance((float(a["lat"]), float(a["lon"])),
                                   (float(b["lat"]), float(b["lon"])))
                      < DOUBLE_KM], "one place in two entries")
    entries = {row["geonames_id"] for row in municipalities}
    parts = {part for row in municipalities for part in row["part_ids"].split("|")}
    for row in read_rows("merged.tsv"):
        wrong |= fail_if([row["name"]] if row["geonames_id"] in entries | parts
                         or row["into_geonames_id"] not in entries else [],
                         "merged.tsv names what is there, or into what is not")
    home = {part: row["geonames_id"] for row in municipalities
            for part in [row["geonames_id"], *row["part_ids"].split("|")]}
    wrong |= fail_if([row["name"] for row in read_table("merged.csv")
                      if row["kind"] == "part"
                      and home.get(row["geonames_id"])
                      != home[row["into_geonames_id"]]],
                     "merged.csv and the entries disagree")
    return wrong


def populations(municipalities):
    """Whether populations are plausible for the rank of a place."""
    def people(row):
        return int(row["population"] or 0)

    wrong = fail_if([where(row) for row in municipalities
                     if row["feature"] in ("PPLA", "PPLC") and row["population"]
                     and people(row) < REGION_SEAT
                     and row["country"] not in SMALLEST_COUNTRIES],
                    "a region's seat with hardly any people")
    wrong |= fail_if([where(row) for row in municipalities
                      if row["population"] and people(row) < FEWEST
                      and row["country"] not in SMALLEST_IN | SMALLEST_COUNTRIES],
                     "hardly any people")
    seats = defaultdict(list)
    for row in municipalities:
        if row["feature"] in ("PPLA", "PPLC") and row["population"]:
            seats[row["country"]].append(row)
    wrong |= fail_if([where(row) for country, rows in seats.items()
                      if country not in SMALLEST_COUNTRIES for row in rows
                      if row["name"] not in SMALL_SEATS and people(row)
                      < SHARE_OF_SEATS * statistics.median(map(people, rows))],
                     "a region's seat far below those of other regions")
    return wrong


def measure_hromadas(rows, path):
    """Centres, positions and populations against a table of hromadas."""
    with open(path, encoding="utf-8", newline="") as file:
        truth = {row["katottg"]: row for row in csv.DictReader(file)}
    formed = {code for code, row in truth.items() if row["formed"] == "1"}
    ours = {row["katottg"]: row for row in rows}
    print("hromadas: missing", len(formed - set(ours)),
          "too many", len(set(ours) - formed))
    same = sum(ours[code]["centre_katottg"] == truth[code]["center_katottg"]
               for code in ours)
    print(f"centre right: {same} of {len(ours)}")
    for how in ("centre", "settlements", "raion"):
        far = sorted(
            distance((float(row["lat"]), float(row["lon"])),
                     (float(truth[code]["lat"]), float(truth[code]["lon"])))
            for code, row in ours.items()
            if row["position"] == how and truth[code]["lat"])
        if far:
            print(f"position by {how}: {len(far)}, median "
                  f"{statistics.median(far):.2f} km, 99th percentile "
                  f"{far[int(0.99 * (len(far) - 1))]:.1f} km, over 10 km "
                  f"{sum(x > 10 for x in far)}, over 25 km "
                  f"{sum(x > 25 for x in far)}, largest {far[-1]:.1f} km")
    ratios, wrong_side = [], 0
    for code, row in ours.items():
        if truth[code]["population_2022"]:
            real = float(truth[code]["population_2022"])
            guess = float(row["population"])
            ratios.append(abs(math.log(guess / real)))
            wrong_side += (real < 10000) != (guess < 10000)
    ratios.sort()
    print(f"population: factor of error, median "
          f"{math.exp(statistics.median(ratios)):.3f}, 90th percentile "
          f"{math.exp(ratios[int(0.9 * len(ratios))]):.2f}; on the wrong side of "
          f"10,000: {wrong_side} of {len(ratios)} "
          f"({wrong_side / len(ratios):.1%}); off by more than a factor 2: "
          f"{sum(ratio > math.log(2) for ratio in ratios)}")


def measure_municipalities(rows, path):
    """Seats and populations by country against a table of local units."""
    seat = {row["geonames_id"]: row for row in rows}
    home = {part: row["geonames_id"] for row in rows
            for part in row["part_ids"].split("|") if part}
    found = defaultdict(Counter)
    in_entry = Counter()
    errors = defaultdict(list)
    seen = set()
    with open(path, encoding="utf-8", newline="") as file:
        for unit in csv.DictReader(file):
            number, country = unit["geonames_id"], unit["country"]
            if number in seen or not number:
                continue
            seen.add(number)
            kind = ("seat" if number in seat
                    else "part" if number in home else "missing")
            found[country][kind] += 1
            entry = number if number in seat else home.get(number)
            if entry:
                in_entry[country, entry] += 1
            real = float(unit["population"] or 0)
            if kind == "seat" and real and seat[number]["population"]:
                errors[country].append(abs(math.log(
                    float(seat[number]["population"]) / real)))
    merged = Counter()
    for (country, _), times in in_entry.items():
        merged[country] += times - 1
    entries = Counter(row["country"] for row in rows)
    total, all_merged = Counter(), 0
    print("country entries units seat part missing merged factor_median")
    for country in sorted(found):
        counts = found[country]
        total.update(counts)
        all_merged += merged[country]
        number = sum(counts.values())
        factor = (f"{math.exp(statistics.median(errors[country])):.2f}"
                  if errors[country] else "-")
        print(country, entries[country], number,
              f"{counts['seat'] / number:.3f} {counts['part'] / number:.3f} "
              f"{counts['missing'] / number:.3f}", merged[country], factor)
    number = sum(total.values())
    every = [error for country in errors for error in errors[country]]
    print(f"all: units {number:,}, seat {total['seat'] / number:.3%}, part "
          f"{total['part'] / number:.3%}, missing {total['missing']}, merged "
          f"{all_merged}, population factor median "
          f"{math.exp(statistics.median(every)):.3f}")


def measure_factor(rows, path):
    """How many entries are off by more than a factor 2, against the sum of the
    local units that lie in them."""
    entry = {row["geonames_id"]: row for row in rows}
    home = {part: row["geonames_id"] for row in rows
            for part in row["part_ids"].split("|") if part}
    real = Counter()
    with open(path, encoding="utf-8", newline="") as file:
        for unit in csv.DictReader(file):
            number = unit["geonames_id"]
            number = number if number in entry else home.get(number)
            if number and float(unit["population"] or 0):
                real[number] += float(unit["population"])
    compared, off = Counter(), Counter()
    for number, people in real.items():
        row = entry[number]
        if row["population"]:
            compared[row["country"]] += 1
            off[row["country"]] += not (
                0.5 <= float(row["population"]) / people <= 2)
    print("off by more than a factor 2:",
          ", ".join(f"{country} {times}" for country, times in off.most_common()
                    if times),
          f"all {off.total()} of {compared.total():,} "
          f"({off.total() / compared.total():.2%})")


def measure_known(rows, path):
    """Whether the partners of a list of partnerships are in the directory."""
    seats = {row["geonames_id"] for row in rows}
    parts = {part for row in rows for part in row["part_ids"].split("|")}
    kinds = Counter()
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = row["partner_geonameid"]
            kinds["entry" if number in seats
                  else "part" if number in parts else "missing"] += 1
    print("partners of known partnerships:", dict(kinds))


def main():
    """Run the checks; exit status 1 when the results contradict themselves."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--packages")
    parser.add_argument("--hromadas")
    parser.add_argument("--lau")
    parser.add_argument("--known")
    options = parser.parse_args()
    hromadas = read_rows("hromadas.tsv.gz")
    municipalities = read_rows("municipalities.tsv.gz")
    wrong = consistency(hromadas, municipalities)
    wrong |= districts(municipalities)
    wrong |= names(municipalities)
    wrong |= no_municipalities(municipalities)
    wrong |= populations(municipalities)
    wrong |= ukrainian_names(municipalities)
    if options.packages:
        wrong |= measure_ukrainian(municipalities, options.packages)
    if options.hromadas:
        measure_hromadas(hromadas, options.hromadas)
    if options.lau:
        measure_municipalities(municipalities, options.lau)
        measure_factor(municipalities, options.lau)
    if options.known:
        measure_known(municipalities, options.known)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
