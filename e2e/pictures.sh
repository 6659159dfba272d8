#!/bin/sh
# Pictures of every page, for people who look:   sh e2e/pictures.sh [FOLDER]
#
# Every page of the demonstration in four languages, on a small phone and on a desktop, light
# and dark, in one folder (e2e/pictures/every) with an index.html that shows them side by side.
# PORTICO_PAGE=/forum takes only the routes that hold these words.
set -eu
cd "$(dirname "$0")/.."
[ -d e2e/node_modules ] || (cd e2e && npm ci --no-audit --no-fund --ignore-scripts)
folder=${1:-$PWD/e2e/pictures/every}
rm -rf "$folder"
PORTICO_PICTURES=$folder go test -tags e2e -vet=off -count=1 -timeout 120m -run '^TestPicturesOfEveryPage$' ./e2e
echo "look at $folder/index.html"
