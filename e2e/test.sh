#!/bin/sh
# The one test command:   sh e2e/test.sh [--long]
#
# On Debian it installs what is missing (PostgreSQL, Chromium, fonts, a C compiler, npm, translators' tools),
# then checks the generated files, vet and staticcheck, runs the unit and integration
# tests on SQLite and again on a PostgreSQL of its own, and last the browser journeys.
# --long adds the kill tests, the benchmarks and a minute of fuzzing for each fuzz test.
# With CI=true a test that would be skipped fails instead.
set -eu
cd "$(dirname "$0")/.."

long=no
for word in "$@"; do
	case $word in
	--long) long=yes ;;
	*)
		echo "usage: sh e2e/test.sh [--long]" >&2
		exit 2
		;;
	esac
done

started=$(date +%s)
heading() {
	printf '\n== %s (%ss)\n' "$1" "$(($(date +%s) - started))"
}
stop() {
	printf '\nFAIL: %s\n' "$1" >&2
	exit 1
}

# ---------------------------------------------------------------- what must be there

# missing prints the Debian packages that this machine lacks.
missing() {
	ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
	ls /usr/share/postgresql/*/extension/pg_trgm.control >/dev/null 2>&1 || echo postgresql-contrib
	command -v chromium >/dev/null 2>&1 || echo chromium
	ls /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.* >/dev/null 2>&1 || echo fonts-noto-core
	ls /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.* >/dev/null 2>&1 || echo fonts-noto-cjk
	command -v gcc >/dev/null 2>&1 || echo gcc libc6-dev
	command -v bash >/dev/null 2>&1 || echo bash
	command -v setpriv >/dev/null 2>&1 || echo util-linux
	command -v npm >/dev/null 2>&1 || echo nodejs npm
	# An engine behind the protocol of the model that drafts translations.
	ls /usr/share/apertium/modes/eng-spa.mode >/dev/null 2>&1 || echo apertium apertium-eng-spa
	command -v xmllint >/dev/null 2>&1 || echo libxml2-utils
	command -v msgfmt >/dev/null 2>&1 || echo gettext
	command -v java >/dev/null 2>&1 || echo default-jre-headless # for the Nu HTML checker
	command -v pofilter >/dev/null 2>&1 || echo translate-toolkit
}

heading "What the tests need"
command -v go >/dev/null 2>&1 || stop "Go is missing; see https://go.dev/dl for the version that go.mod names"
lacking=$(missing | tr '\n' ' ')
if [ -n "$lacking" ]; then
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
		stop "please install first:  sudo apt-get install -y --no-install-recommends $lacking"
	fi
	# Debian would start a cluster of its own beside ours; nobody asked for it.
	mkdir -p /etc/postgresql-common
	if ! grep -qs '^create_main_cluster *= *false' /etc/postgresql-common/createcluster.conf; then
		echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf
	fi
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -q
	# The words of $lacking are package names; they have to be split.
	# shellcheck disable=SC2086
	apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-confold $lacking
fi
if ! cmp -s e2e/package-lock.json e2e/node_modules/.installed; then
	(cd e2e && npm ci --no-audit --no-fund --ignore-scripts)
	cp e2e/package-lock.json e2e/node_modules/.installed
fi
go version
go mod download

# ---------------------------------------------------------------- what needs no run

heading "gofmt"
ill=$(find app content e2e locales moderation seed -name node_modules -prune -o -name '*.go' -print | xargs gofmt -l)
[ -z "$ill" ] || stop "gofmt would change: $ill"

heading "Generated files are fresh"
# Each file is generated from inside its folder: templ writes the name it was given into
# the code, and the same name on every machine is what makes the result comparable.
generated() {
	find app -name '*_templ.go' -exec sha256sum {} + | sort -k 2
}
before=$(generated)
find app -name '*.templ' | sort | while read -r file; do
	(cd "$(dirname "$file")" && go tool templ generate -log-level error -f "$(basename "$file")")
done
after=$(generated)
if [ "$before" != "$after" ]; then
	printf '%s\n%s\n' "$before" "$after" | sort | uniq -u | sed 's/^[^ ]* *//' | sort -u
	stop "these generated files were stale; they are written anew now, look at them and commit them"
fi

heading "go vet"
go vet ./...
go vet -tags e2e ./...

heading "staticcheck"
go tool staticcheck ./...
go tool staticcheck -tags e2e ./...

# ---------------------------------------------------------------- unit and integration

limit=40m
[ $long = no ] || export PORTICO_LONG=1 # the kill tests and whatever else takes minutes ask for it
failed=''

# Every package runs under the race detector once: those whose tests open a database on
# PostgreSQL, where transactions really run side by side, the others here. The detector
# makes SQLite, which is compiled from Go, five times slower; --long has it there as well.
stored=$(go list -f '{{.ImportPath}} {{join .TestImports " "}} {{join .XTestImports " "}}' ./... |
	awk '/ portico\/app\/(store\/storetest|web\/webtest)( |$)/ {print $1}')
[ -n "$stored" ] || stop "no package tests the database: app/store/storetest is not imported by any test"
others=$(go list ./... | grep -vxF "$stored")
race=''
[ $long = no ] || race=-race

# The words of $stored and $others are packages; they have to be split.
# shellcheck disable=SC2086
{
	heading "Tests that open no database, with the race detector"
	go test -race -vet=off -count=1 -timeout $limit $others || failed="$failed plain"

	heading "Tests on SQLite"
	(unset TEST_PG_DSN; go test $race -vet=off -count=1 -timeout $limit $stored) ||
		failed="$failed sqlite"

	heading "Tests on PostgreSQL, with the race detector"
	bash e2e/pgtmp.sh \
		go test -race -vet=off -count=1 -timeout $limit $stored || failed="$failed postgres"
}

heading "Browser journeys"
rm -rf e2e/pictures # the pictures of an older run would only mislead
bash e2e/pgtmp.sh go test -tags e2e -vet=off -count=1 -timeout 75m ./e2e/... ||
	failed="$failed journeys"

# ---------------------------------------------------------------- long mode

if [ $long = yes ]; then
	heading "Fuzzing, a minute each"
	fuzzed=$(grep -rHo --include='*_test.go' --exclude-dir=node_modules '^func Fuzz[A-Za-z0-9_]*' . |
		sed 's|/[^/]*_test.go:func | |' | sort -u)
	# A here-document keeps the loop in this shell, so that it can note a failure.
	while read -r folder name; do
		[ -n "$folder" ] || continue
		echo "-- $folder $name"
		go test -vet=off -run '^$' -fuzz "^$name\$" -fuzztime 60s "$folder" || failed="$failed $name"
	done <<LIST
$fuzzed
LIST

	heading "Benchmarks"
	go test -vet=off -run '^$' -bench . -benchmem ./... || failed="$failed benchmarks"
fi

heading "Done"
[ -z "$failed" ] || stop "red:$failed"
echo "ok: everything passed"
