#!/usr/bin/env bash
# Start to ready and resident memory of launcher/target/tidings.jar. Usage: benchmarks/start.sh [starts, 5]
# First start (unpacks, records class data), then further ones. Load of the machine is printed, because it decides.
set -eu
cd "$(dirname "$0")/.."
starts=${1:-5}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
export TIDINGS_DATA_DIR=$work/data TIDINGS_HTTP_PORT=18999 TIDINGS_HTTP_ADDRESS=127.0.0.1
echo "$(date -u +%FT%TZ) $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(java -version 2>&1 | head -1)"
echo "start  ready_ms  cpu_ms  rss_mb_after_20_s (server + guardian)"
for i in $(seq 1 "$starts"); do
  begin=$(date +%s%N)
  java -jar launcher/target/tidings.jar >"$work/out" 2>&1 &
  server=$!
  until curl -sf -m 5 -o /dev/null http://127.0.0.1:18999/health/ready; do
    kill -0 "$server" 2>/dev/null || { cat "$work/out"; exit 1; }
    sleep 0.05
  done
  ready=$(( ($(date +%s%N) - begin) / 1000000 ))
  child=$(pgrep -P "$server")
  cpu=$(awk '{print ($14 + $15) * 10}' "/proc/$child/stat")
  sleep 20
  rss=$(awk '/VmRSS/{s += $2} END {printf "%d", s / 1024}' "/proc/$child/status" "/proc/$server/status")
  echo "$i      $ready     $cpu    $rss"
  kill "$server"; wait "$server" || true; server=
done
