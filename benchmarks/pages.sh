#!/usr/bin/env bash
# Pages a second and latency by wrk (Debian's package wrk) on loopback: home and the registration form, H2, 10 s after a warm-up.
# Usage: benchmarks/pages.sh   TIDINGS_DB_URL and the like choose PostgreSQL.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
export TIDINGS_DATA_DIR=$work/data TIDINGS_HTTP_PORT=18999 TIDINGS_HTTP_ADDRESS=127.0.0.1
echo "$(date -u +%FT%TZ) $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
java -jar launcher/target/tidings.jar >"$work/out" 2>&1 &
server=$!
until curl -sf -m 5 -o /dev/null http://127.0.0.1:18999/health/ready; do
  kill -0 "$server" 2>/dev/null || { cat "$work/out"; exit 1; }
  sleep 0.2
done
for path in / /register; do
  wrk -t1 -c8 -d15s "http://127.0.0.1:18999$path" >/dev/null
  echo "== $path"
  wrk -t1 -c8 -d10s --latency "http://127.0.0.1:18999$path" | grep -E 'Requests/sec|99%|50%|Non-2xx' || true
done
