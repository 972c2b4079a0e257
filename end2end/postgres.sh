#!/bin/sh
# A PostgreSQL cluster of one's own in a temporary folder, for tests and benchmarks; the arguments go to `postgres`.
# Prints the URL of its socket without a database, and lives as long as standard input is open, so that it never
# outlives whoever started it. It answers lines there: `create NAME` makes a database and says `created`,
# `create NAME OTHER` a copy of another one; `restart` restarts it as a crash would and says `restarted`.
set -eu

initdb=$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1)
[ -x "$initdb" ] || { echo 'PostgreSQL is missing: its programs initdb and postgres' >&2; exit 1; }

bin=$(dirname "$(readlink -f "$initdb")")

user=$(id -un)
# PostgreSQL refuses to run as root.
[ "$(id -u)" != 0 ] || user=nobody
as() {
  if [ "$(id -un)" = "$user" ]; then "$@"; else setpriv --reuid="$user" --regid=nogroup --clear-groups "$@"; fi
}

parent=${TMPDIR:-/tmp}
as test -x "$parent" || parent=/tmp
folder=$(mktemp -d "$parent/qibu-postgres-XXXXXX")
[ "$(id -un)" = "$user" ] || chown "$user" "$folder"

finish() {
  as "$bin/pg_ctl" stop -D "$folder/data" -m immediate -s >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

cd "$folder"
as "$bin/initdb" -D data -U qibu -A trust -E UTF8 --locale=C --no-sync >/dev/null
options="-c listen_addresses= -c unix_socket_directories=$folder -c max_connections=200 $*"
as "$bin/pg_ctl" start -D data -w -s -l "$folder/log" -o "$options" </dev/null >/dev/null || { cat "$folder/log" >&2; exit 1; }
echo "postgres://qibu@localhost/?host=$folder"

while read -r verb name other; do
  case $verb in
    create)
      "$bin/createdb" -h "$folder" -U qibu --template="${other:-template1}" "$name"
      echo created
      ;;
    restart)
      as "$bin/pg_ctl" restart -D data -m immediate -w -s -l "$folder/log" </dev/null >/dev/null
      echo restarted
      ;;
  esac
done
