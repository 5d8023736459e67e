#!/usr/bin/env bash
# Start to ready, CPU until then, and memory when idle, of launcher/target/tidings.jar: the first start, further ones without Java's cache of
# its classes, and with it; then what other flags of Java make of it.
# Usage: benchmarks/start.sh [starts of each kind, 3]. JAR=FILE: another build. QUICK=1: no other flags.
set -eu
cd "$(dirname "$0")/.."
starts=${1:-3}
jar=${JAR:-launcher/target/tidings.jar}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
export TIDINGS_HTTP_PORT=18999 TIDINGS_HTTP_ADDRESS=127.0.0.1
echo "$(date -u +%FT%TZ) $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(basename "$jar")"
printf '%-34s %9s %7s %s\n' what ready_ms cpu_ms "resident MB 45 s later (server + guardian)"

start() { # WHAT DATA
  local begin ready child cpu rss
  export TIDINGS_DATA_DIR=$2
  begin=$(date +%s%N)
  java -jar "$jar" >"$work/out" 2>&1 &
  server=$!
  until curl -sf -m 5 -o /dev/null http://127.0.0.1:18999/health/ready; do
    kill -0 "$server" 2>/dev/null || { cat "$work/out"; exit 1; }
    sleep 0.05
  done
  ready=$(( ($(date +%s%N) - begin) / 1000000 ))
  child=$(pgrep -P "$server" | head -1)
  cpu=$(awk '{print ($14 + $15) * 10}' "/proc/$child/stat")
  sleep 45
  rss=$(awk '/VmRSS/{s += $2} END {printf "%d", s / 1024}' "/proc/$child/status" "/proc/$server/status")
  printf '%-34s %9s %7s %s\n' "$1" "$ready" "$cpu" "$rss"
  kill "$server"; wait "$server" || true; server=
}

export TIDINGS_JAVA_CACHE=off
start "first (unpacks)" "$work/data"
for i in $(seq "$starts"); do start "without the cache, $i" "$work/data"; done
if ! java -jar "$jar" --help | grep -q prepare; then exit 0; fi
export TIDINGS_JAVA_CACHE=on
begin=$(date +%s%N)
TIDINGS_DATA_DIR=$work/data java -jar "$jar" prepare >/dev/null
echo "making the cache: $(( ($(date +%s%N) - begin) / 1000000 )) ms, $(du -cm "$work"/data/runtime/*/classes-*.aot | tail -1 | cut -f1) MB"
for i in $(seq "$starts"); do start "with the cache, $i" "$work/data"; done
[ -z "${QUICK:-}" ] || exit 0
for flags in -XX:TieredStopAtLevel=1 -XX:+UseCompactObjectHeaders -XX:+UseG1GC -XX:+UseParallelGC; do
  export TIDINGS_JAVA_OPTIONS="-XX:-UseSerialGC $flags"
  case $flags in *GC) ;; *) TIDINGS_JAVA_OPTIONS=$flags ;; esac
  TIDINGS_DATA_DIR=$work/data java -jar "$jar" prepare >/dev/null
  for i in $(seq "$starts"); do start "cache, $flags, $i" "$work/data"; done
done
