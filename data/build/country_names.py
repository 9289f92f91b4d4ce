"""Build country_names.tsv: what each country is called in the languages of
Europe and its neighbours, so that a name with its country can be read."""

import json
import sys
from pathlib import Path

from common import read_rows, to_bytes, write

# The languages of the directory's countries and of their letters.
LANGUAGES = """az be bg bs ca cs da de el en es et eu fi fr ga gl hr hu hy is
it ka lt lv mk mt nl nn no pl pt ro ru sk sl sq sr sv tr uk""".split()

# What the package leaves out.
MORE = {
    "CZ": ["Czech Republic", "Tschechische Republik", "République tchèque",
           "Чеська Республіка"],
    "GB": ["Royaume-Uni", "Großbritannien", "Велика Британія", "Британія",
           "Сполучене Королівство"],
    "MD": ["Republica Moldova", "Республіка Молдова"],
    "NL": ["Holland", "Голландія"],
    "SK": ["Slovak Republic", "Slovenská republika"],
    "TR": ["Turkey", "Türkei"],
    "XK": ["Kosovo", "Kosova", "Kosowo", "Косово", "Косова"],
}

COLUMNS = ["country", "names"]


def build(packages):
    """Write country_names.tsv."""
    folder = Path(packages) / "i18n-iso-countries" / "package" / "langs"
    languages = [json.loads((folder / f"{language}.json").read_text("utf-8"))
                 for language in LANGUAGES]
    wanted = {row["country"] for row in read_rows("municipalities.tsv.gz")} | {"UA"}
    rows = []
    for country in sorted(wanted):
        names = list(MORE.get(country, []))
        for language in languages:
            known = language["countries"].get(country, [])
            names += [known] if isinstance(known, str) else known
        rows.append({"country": country, "names": "|".join(sorted(set(names)))})
    write("country_names.tsv", to_bytes(COLUMNS, rows))


if __name__ == "__main__":
    build(sys.argv[1])
