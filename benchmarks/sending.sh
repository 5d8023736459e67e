#!/usr/bin/env bash
# The sending engine alone, against Postfix's smtp-sink (Debian's package postfix), after `mvn -q -DskipTests package`.
# For each line: smtp-source over as many connections as the ceiling, then the engine.
#
# Usage: benchmarks/sending.sh [DATABASES] [CONNECTIONS] [SIGNING] [RECIPIENTS]
#   each a list in quotes; for example: benchmarks/sending.sh "postgresql" "10" "none rsa" "100000 1000000"
#   defaults: "postgresql h2" "1 10 50" "none rsa ed25519 both" "100000"
#
# BENCH_JAVA: more options for the JVM, for a profile.
# PostgreSQL is one of Debian's (package postgresql), made for the run in a temporary folder, fsync on. As root it runs as postgres.
set -eu
cd "$(dirname "$0")/.."
databases=${1:-postgresql h2} connections=${2:-1 10 50} signings=${3:-none rsa ed25519 both} recipients=${4:-100000}
work=$(mktemp -d) sink_port=${SINK_PORT:-18725} pg_port=${PG_PORT:-18732} sink= postmaster=
pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
as_user() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
end() {
  [ -z "$sink" ] || kill "$sink" 2>/dev/null || true
  [ -z "$postmaster" ] || as_user "$pg_bin/pg_ctl" -D "$work/pg" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap end EXIT

mvn -q -o dependency:build-classpath -pl mail -Dmdep.outputFile="$work/classpath"
# As the launcher starts the server's JVM.
jvm="-XX:+UseSerialGC -Xms64m -Xmx640m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:ReservedCodeCacheSize=160m"
jvm="$jvm -XX:+IgnoreUnrecognizedVMOptions -XX:TrimNativeHeapInterval=10000"
classpath=mail/target/test-classes:mail/target/classes:$(cat "$work/classpath")
/usr/sbin/smtp-sink $([ "$(id -u)" = 0 ] && echo "-u nobody") "127.0.0.1:$sink_port" 1000 &
sink=$!
until (exec 3<>"/dev/tcp/127.0.0.1/$sink_port") 2>/dev/null; do
  kill -0 "$sink"
  sleep 0.1
done

start_postgres() {
  chmod 711 "$work"
  mkdir "$work/pg"
  [ "$(id -u)" != 0 ] || chown postgres "$work/pg"
  as_user "$pg_bin/initdb" -D "$work/pg" -U tidings -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  as_user "$pg_bin/pg_ctl" -D "$work/pg" -l "$work/pg/log" -w start \
    -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" >/dev/null
  postmaster=$(head -1 "$work/pg/postmaster.pid")
}

echo "$(date -u +%FT%TZ) $(nproc) cores $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2), load $(cut -d' ' -f1 /proc/loadavg)"
for count in $recipients; do
  for line in $connections; do
    from=$(date +%s%N)
    /usr/sbin/smtp-source -d -s "$line" -m 30000 -l 20000 -f news@acme.example.com -t r@example.org "127.0.0.1:$sink_port"
    ceiling=$((30000 * 1000000000 / ($(date +%s%N) - from)))
    echo "== $line connections: smtp-source, the plain ceiling: $ceiling mails/s"
    for database in $databases; do
      for signing in $signings; do
        rm -rf "$work/data"
        if [ "$database" = postgresql ]; then
          [ -n "$postmaster" ] || start_postgres
          name=b$(date +%s%N)
          as_user "$pg_bin/createdb" -h 127.0.0.1 -p "$pg_port" -U tidings "$name"
          url="jdbc:postgresql://127.0.0.1:$pg_port/$name" user=tidings
        else
          url="jdbc:h2:file:$work/data/h2;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;LOCK_TIMEOUT=10000" user=sa
        fi
        echo "-- $database, $line connections, $signing, $count recipients"
        java $jvm ${BENCH_JAVA:-} -Dpostmaster="$postmaster" -cp "$classpath" org.tidings.mail.internal.sending.SendingBenchmark \
          "$url" "$user" "$sink_port" "$line" "$signing" "$count" "$work/data" 2>"$work/err" | tee "$work/out" || { cat "$work/err"; exit 1; }
        rate=$(sed -n 's/^mails\/s \([0-9]*\).*/\1/p' "$work/out")
        [ -n "$rate" ] || { tail -30 "$work/err"; exit 1; }
        echo "  $(awk "BEGIN { printf \"%.2f\", $rate / $ceiling }") of the ceiling"
        [ "$database" = h2 ] || as_user "$pg_bin/dropdb" -h 127.0.0.1 -p "$pg_port" -U tidings "$name"
      done
    done
  done
done
