"""Helpers that every build step shares: text folding, distances, tables."""

import csv
import gzip
import io
import math
import unicodedata
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent
TABLES = Path(__file__).resolve().parent

APOSTROPHES = "'’ʼ`´ʹ‘”\""

# KMU resolution No 55 of 2010: the letter at the start of a word, and elsewhere.
_KMU_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_KMU = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e",
    "є": "ie", "ж": "zh", "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
}

# Letters that Unicode does not decompose but a reader takes for a plain one.
_PLAIN = str.maketrans({
    "ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe",
    "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n",
})


def romanise(name):
    """The KMU 2010 romanisation of a Ukrainian name, in lower case."""
    letters = "".join(c for c in name.lower() if c not in APOSTROPHES)
    letters = letters.replace("зг", "zgh")
    out = []
    start = True
    for letter in letters:
        if start and letter in _KMU_START:
            out.append(_KMU_START[letter])
        else:
            out.append(_KMU.get(letter, letter))
        start = not letter.isalpha()
    return "".join(out)


def fold(name):
    """Lower case without diacritics, apostrophes and punctuation.

    The Cyrillic й and ї lose their marks too, so two folded names may be
    compared but never shown.
    """
    name = "".join(c for c in name.lower() if c not in APOSTROPHES)
    name = unicodedata.normalize("NFD", name)
    name = "".join(c for c in name if not unicodedata.combining(c))
    name = name.translate(_PLAIN)
    return " ".join("".join(c if c.isalnum() else " " for c in name).split())


def script(name):
    """The one script of the letters of a name, or 'mixed', or '' without letters."""
    found = set()
    for letter in name:
        if letter.isalpha():
            found.add(unicodedata.name(letter, "UNKNOWN").split()[0])
    if not found:
        return ""
    return found.pop() if len(found) == 1 else "mixed"


def distance(a, b):
    """Great-circle distance in kilometres between two (lat, lon) pairs."""
    lat1, lon1, lat2, lon2 = map(math.radians, (a[0], a[1], b[0], b[1]))
    h = (math.sin((lat2 - lat1) / 2) ** 2
         + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2)
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def edit_distance(a, b):
    """Levenshtein distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(
                row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]


def likeness(a, b):
    """1 for equal strings, 0 for strings with nothing in common."""
    longest = max(len(a), len(b))
    return 1.0 if longest == 0 else 1.0 - edit_distance(a, b) / longest


def read_table(name):
    """Rows of a hand-written comma-separated table beside the scripts."""
    with open(TABLES / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def to_bytes(columns, rows):
    """A tab-separated table; tabs and line ends cannot occur in a cell."""
    out = io.StringIO()
    out.write("\t".join(columns) + "\n")
    for row in rows:
        cells = [" ".join(str(row[column]).split()) for column in columns]
        out.write("\t".join(cells) + "\n")
    return out.getvalue().encode("utf-8")


def write(name, content):
    """Write a result; the same content always gives the same bytes."""
    if name.endswith(".gz"):
        content = gzip.compress(content, compresslevel=9, mtime=0)
    path = DATA / name
    path.write_bytes(content)
    print(f"{name}: {len(content):,} bytes")


def read_rows(name):
    """Rows of a result as dictionaries."""
    content = (DATA / name).read_bytes()
    if name.endswith(".gz"):
        content = gzip.decompress(content)
    lines = content.decode("utf-8").splitlines()
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"))) for line in lines[1:]]
