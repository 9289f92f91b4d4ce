"""Build municipalities.tsv.gz: one entry for each municipality outside Ukraine.

Where a GeoNames code is the municipality, places that share it form one entry
named after the seat; elsewhere a place stands for itself.
"""

import sys
import unicodedata

import geonames
from common import fold, likeness, read_table, script, to_bytes, write
from districts import Districts
from france import Communes
from grouping import COUNTRIES, Grouping
from italy import Comuni
from names import Names, spelled
from population import Populations
from ukrainian import UkrainianNames

KEPT_SCRIPTS = {"LATIN", "CYRILLIC", "GREEK", "GEORGIAN", "ARMENIAN"}
MOST_NAMES = 30
NATIVE_SCRIPT = {"GR": "GREEK", "CY": "GREEK", "BG": "CYRILLIC",
                 "RS": "CYRILLIC", "ME": "CYRILLIC", "MK": "CYRILLIC",
                 "GE": "GEORGIAN"}

COLUMNS = ["geonames_id", "country", "region", "district", "name", "seat",
           "name_en", "name_native_script", "name_uk", "name_uk_source", "lat",
           "lon", "position", "population", "population_estimated",
           "population_year", "population_source", "feature", "code",
           "other_names", "part_ids", "part_names"]
MERGED_COLUMNS = ["geonames_id", "into_geonames_id", "name"]


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


def entry(code, members, named, figure, district, ukrainian):
    """The row of one municipality."""
    first = members[0]
    name, place = named.name, named.place
    own_script = native_script(place, name)
    size, estimated, year, source = figure
    uk, uk_source = ukrainian.of(first, named, own_script, district, size)
    parts = sorted({spelled(place.name, first.country) for place in members
                    if place is not first} - {name, named.seat})
    return {
        "geonames_id": first.id, "country": first.country,
        "region": first.region, "district": district, "name": name,
        "seat": named.seat, "name_en": named.english,
        "name_native_script": own_script, "name_uk": uk,
        "name_uk_source": uk_source,
        "lat": f"{place.lat:.5f}", "lon": f"{place.lon:.5f}",
        "position": named.position, "population": size,
        "population_estimated": estimated, "population_year": year,
        "population_source": source,
        "feature": first.feature, "code": "" if "//" in code else code,
        "other_names": "|".join(
            spellings(first, [name, named.english, own_script, uk])),
        "part_ids": "|".join(str(place.id) for place in members[1:]),
        "part_names": "|".join(parts),
    }


def merged_rows(moves):
    """What is in no entry any more, and into which it was merged."""
    return [{"geonames_id": row["geonames_id"],
             "into_geonames_id": row["into_geonames_id"], "name": row["name"]}
            for row in moves if row["kind"] == "none"]


def build(packages):
    """Write municipalities.tsv.gz and merged.tsv."""
    areas = {**geonames.area_names(packages, 1), **geonames.area_names(packages, 2)}
    fixed = {int(row["geonames_id"]): row["role"] for row in read_table("seats.csv")}
    moves = read_table("merged.csv")
    places = geonames.load(packages, set(COUNTRIES), set(fixed), sections=True)
    for row in moves:
        if row["kind"] == "none":
            del places[int(row["geonames_id"])]
    communes, comuni = Communes(packages), Comuni(packages)
    communes.recode(places)
    groups, attached = Grouping(places, areas, fixed).run(
        [(int(row["geonames_id"]), int(row["into_geonames_id"]))
         for row in moves if row["kind"] == "part"])
    names = Names(areas, communes, comuni)
    named = {code: names.of(code, members) for code, members in groups.items()}
    names.tell_apart(named)
    ukrainian = UkrainianNames()
    people = Populations(places, communes, comuni)
    districts = Districts(areas)
    rows = []
    for code, members in groups.items():
        # The name of the area in full, as registers and letters have it.
        members[0].names += [areas[code]] if code in areas else []
        rows.append(entry(code, members, named[code],
                          people.of(code, members, attached),
                          districts.of(members[0]), ukrainian))
    rows.sort(key=lambda row: (row["country"], row["region"], row["geonames_id"]))
    write("municipalities.tsv.gz", to_bytes(COLUMNS, rows))
    write("merged.tsv", to_bytes(MERGED_COLUMNS, merged_rows(moves)))
    print("communes without a place:",
          communes.missing({row["code"].rpartition("/")[2] for row in rows
                            if row["country"] == "FR"}))


if __name__ == "__main__":
    build(sys.argv[1])
