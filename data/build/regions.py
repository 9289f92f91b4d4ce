"""Build regions.tsv: the first-level regions that occur in the directory."""

import re
import sys

import codifier
import geonames
from common import read_rows, read_table, to_bytes, write
from transcription import transcribe
from ukrainian import Tongues

COLUMNS = ["country", "code", "name", "name_uk", "name_uk_source",
           "other_names"]

# Established English names of oblasts end otherwise than the adjective.
OBLAST_ENGLISH = {
    "UA05": "Vinnytsia", "UA07": "Volyn", "UA12": "Dnipropetrovsk",
    "UA14": "Donetsk", "UA18": "Zhytomyr", "UA21": "Zakarpattia",
    "UA23": "Zaporizhzhia", "UA26": "Ivano-Frankivsk", "UA32": "Kyiv Oblast",
    "UA35": "Kirovohrad", "UA44": "Luhansk", "UA46": "Lviv",
    "UA48": "Mykolaiv", "UA51": "Odesa", "UA53": "Poltava", "UA56": "Rivne",
    "UA59": "Sumy", "UA61": "Ternopil", "UA63": "Kharkiv", "UA65": "Kherson",
    "UA68": "Khmelnytskyi", "UA71": "Cherkasy", "UA73": "Chernivtsi",
    "UA74": "Chernihiv", "UA80": "Kyiv",
}

_KIND = re.compile(r" (County|Region|Voivodeship|Province|Municipality)$")
# What stands before or after the name itself, and is not transcribed.
_KIND_OF_ANY_LANGUAGE = re.compile(
    "^(?:Urban )?Municipality of |^(?:Opština|Grad) | novads$|"
    "^(?:Tal|Tas|Il|In|Ir|Is|Ix|Iż|L)-")


class UkrainianNames:
    """Ukrainian names of regions that are one municipality: that of the
    municipality where it bears the same name, else the transcription."""

    def __init__(self, municipalities):
        self._tongues = Tongues()
        self._seats = {(row["country"], row["region"], row["name"]):
                       (row["name_uk"], row["name_uk_source"])
                       for row in municipalities if row["name_uk"]}

    def of(self, country, code, name):
        """(name_uk, source) of a region."""
        name = _KIND_OF_ANY_LANGUAGE.sub("", name)
        seat = self._seats.get((country, code, name))
        if seat:
            return seat
        language = self._tongues.of(country, code, "", "", name)
        return transcribe(name, language), "transcribed"


def build(packages):
    """Write regions.tsv; hand-written names win over the GeoNames ones."""
    _, names = codifier.load(packages)
    rows = []
    for code, name in names.items():
        # The codes of Kyiv's districts and of the zone of exclusion look alike.
        oblast = code[4:14] == "0000000000" and code[:4] != codifier.KYIV[:4]
        if (oblast or code == codifier.KYIV) and code[:4] in OBLAST_ENGLISH:
            rows.append({
                "country": "UA", "code": code, "name": OBLAST_ENGLISH[code[:4]],
                "name_uk": name if code == codifier.KYIV else f"{name} область",
                "name_uk_source": "known"})
    hand = {(row["country"], row["code"]): row
            for row in read_table("region_names.csv")}
    areas = geonames.area_names(packages, 1)
    municipalities = read_rows("municipalities.tsv.gz")
    seen = {(row["country"], row["region"]) for row in municipalities}
    ukrainian = UkrainianNames(municipalities)
    for country, code in seen:
        known = hand.get((country, code))
        name = areas.get(f"{country}/{code}", "")
        if known:
            rows.append({**known, "name_uk_source": "known"})
        elif name:
            name = _KIND.sub("", name)
            name_uk, source = ukrainian.of(country, code, name)
            rows.append({"country": country, "code": code, "name": name,
                         "name_uk": name_uk, "name_uk_source": source})
    own = {(row["country"], row["code"]): row["names"]
           for row in read_table("region_own_names.csv")}
    for row in rows:
        row["other_names"] = own.get((row["country"], row["code"]), "")
    rows.sort(key=lambda row: (row["country"], row["code"]))
    write("regions.tsv", to_bytes(COLUMNS, rows))


if __name__ == "__main__":
    build(sys.argv[1])
