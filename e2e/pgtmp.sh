#!/usr/bin/env bash
# pgtmp.sh COMMAND...   runs COMMAND beside a PostgreSQL of its own and removes it after.
#
# The cluster lives in a new folder, listens on a unix socket there (no port, nothing to
# collide with) and belongs to an unprivileged user, because initdb refuses root.
# COMMAND finds it in TEST_PG_DSN, PGHOST and PGUSER. Trust authentication and fsync=off:
# for tests only.
set -euo pipefail

if [ $# -eq 0 ]; then
	echo "usage: pgtmp.sh COMMAND..." >&2
	exit 2
fi
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ -z "$bin" ]; then
	echo "pgtmp.sh: no PostgreSQL server under /usr/lib/postgresql" >&2
	exit 1
fi

# The path of a unix socket may be 107 bytes at most, so TMPDIR is not asked.
dir=$(mktemp -d /tmp/pgtmp.XXXXXX)
chmod 755 "$dir"

# as runs a command as the owner of the cluster: the user postgres when we are root.
as() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=postgres --regid=postgres --clear-groups \
			env -i PATH="$PATH" LANG=C.UTF-8 HOME="$dir" "$@"
	else
		env LANG=C.UTF-8 "$@"
	fi
}

gone() {
	as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
	rm -rf "$dir"
}
trap gone EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

[ "$(id -u)" != 0 ] || chown postgres: "$dir"
cd "$dir" # initdb and the server want a working folder that their user may enter
as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >/dev/null
if ! as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir \
	-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
	-c max_connections=200" start >/dev/null; then
	cat "$dir/log" >&2
	exit 1
fi
cd "$OLDPWD"

export TEST_PG_DSN="host=$dir user=postgres dbname=postgres sslmode=disable"
export PGHOST="$dir" PGUSER=postgres
"$@"
