#!/usr/bin/env bash
# Sign-ins a second: this build, another build (OTHER=FILE), Keycloak (KEYCLOAK=FOLDER, an unpacked keycloak-quarkus-dist) and the password hash
# by itself, all started once and measured in turn, round after round, so that what else the machine does meets all of them alike.
# Usage: benchmarks/sign-ins.sh [rounds, 6]. SECONDS_EACH (8). Needs wrk and Debian's postgresql, of which it starts a server of its own (fsync on).
set -eu
cd "$(dirname "$0")"
rounds=${1:-6} seconds=${SECONDS_EACH:-8}
java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1); java=${java:-java}
work=$(mktemp -d); chmod 755 "$work"
pids=() pg=18942
pgbin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
cleanup() {
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  as_postgres "$pgbin/pg_ctl" -D "$work/pg/data" -m fast stop >/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
mkdir "$work/pg"; [ "$(id -u)" != 0 ] || chown postgres "$work/pg"
as_postgres "$pgbin/initdb" -D "$work/pg/data" -A trust -U tidings >/dev/null
as_postgres "$pgbin/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" -o "-p $pg -k $work/pg -c listen_addresses=127.0.0.1 -c max_connections=300" start >/dev/null
echo "$(date -u +%FT%TZ) $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg)"

password='a calm evening by the lake'
tidings() { # NAME JAR PORT: starts a build, makes its administrator and leaves a form's token and cookie in files
  local name=$1 jar=$2 port=$3 site=http://127.0.0.1:$3 setup csrf cookie
  as_postgres "$pgbin/createdb" -h 127.0.0.1 -p $pg -U tidings "$name"
  TIDINGS_DB_URL=jdbc:postgresql://127.0.0.1:$pg/$name TIDINGS_DB_USER=tidings TIDINGS_DATA_DIR=$work/$name TIDINGS_HTTP_PORT=$port TIDINGS_HTTP_ADDRESS=127.0.0.1 \
    TIDINGS_HTTP_TRUSTED_PROXIES=127.0.0.1 TIDINGS_PUBLIC_URL=$site TIDINGS_JAVA_CACHE=off "$java" -jar "$jar" >"$work/$name.out" 2>&1 & pids+=($!)
  until curl -sf -m 5 -o /dev/null $site/health/ready && grep -q /setup/ "$work/$name.out"; do sleep 0.3; done
  setup=$(grep -o '/setup/[A-Za-z0-9_-]*' "$work/$name.out" | head -1)
  form "$site$setup"
  curl -s -o /dev/null -H "Cookie: $cookie" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "_csrf=$csrf" -d name=Root -d address=root@example.net \
    --data-urlencode "password=$password" -d role=ADMINISTRATOR "$site$setup"
  form "$site/sign-in"
  printf 'CSRF=%s\nCOOKIE=%s\n' "$csrf" "$cookie" >"$work/$name.form"
}
form() { # URL: sets csrf and cookie
  curl -s -D "$work/head" "$1" >"$work/page"
  cookie=$(grep -i '^set-cookie: __Host-form' "$work/head" | sed 's/^[^:]*: //;s/;.*//' | tr -d '\r')
  csrf=$(grep -o 'name="_csrf" value="[^"]*"' "$work/page" | head -1 | sed 's/.*value="//;s/"//')
}
keycloak() { # PORT
  as_postgres "$pgbin/createdb" -h 127.0.0.1 -p $pg -U tidings keycloak
  KC_BOOTSTRAP_ADMIN_USERNAME=root KC_BOOTSTRAP_ADMIN_PASSWORD=$password JAVA_HOME=$(dirname "$(dirname "$java")") \
    "$KEYCLOAK/bin/kc.sh" start --http-enabled=true --hostname-strict=false --http-host=127.0.0.1 --http-port=$1 --http-management-port=$(($1 + 100)) --cache=local \
    --db=postgres --db-url="jdbc:postgresql://127.0.0.1:$pg/keycloak" --db-username=tidings >"$work/keycloak" 2>&1 & pids+=($!)
  until curl -sf -m 5 -o /dev/null http://127.0.0.1:$1/realms/master; do sleep 0.5; done
  printf '%s\n' 'wrk.method = "POST"' 'wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"' \
    "wrk.body = \"grant_type=password&client_id=admin-cli&username=root&password=${password// /+}\"" >"$work/token.lua"
}
rate() { wrk -t1 -c16 -d"${seconds}s" "$@" | awk '/Requests\/sec/{print $2}'; }
measure() { # NAME: prints a rate
  case $1 in
    hash) "$java" -XX:+UseSerialGC -cp "$(ls ../web/target/tidings/WEB-INF/lib/bcprov-*.jar)" Hash.java $((seconds / 2)) | grep -o '[0-9.]*' ;;
    keycloak) rate -s "$work/token.lua" http://127.0.0.1:19003/realms/master/protocol/openid-connect/token ;;
    *) (
      . <(sed "s/=\(.*\)/='\1'/" "$work/$1.form")
      BODY="address=root%40example.net&password=${password// /+}" FORM=/sign-in CSRF=$CSRF COOKIE=$COOKIE rate -s form.lua "http://127.0.0.1:$2"
    ) ;;
  esac
}

names=(this hash)
tidings this ../launcher/target/tidings.jar 19001
[ -z "${OTHER:-}" ] || { tidings other "$OTHER" 19002; names+=(other); }
[ -z "${KEYCLOAK:-}" ] || { keycloak 19003; names+=(keycloak); }
for round in $(seq 0 "$rounds"); do
  for name in "${names[@]}"; do
    figure=$(measure "$name" "$([ "$name" = other ] && echo 19002 || echo 19001)")
    # The first round warms up.
    [ "$round" = 0 ] || { echo "$figure" >>"$work/$name.rates"; printf '%s %s  ' "$name" "$figure"; }
  done
  [ "$round" = 0 ] || echo "load $(cut -d' ' -f1 /proc/loadavg)"
done
for name in "${names[@]}"; do
  paste "$work/this.rates" "$work/$name.rates" | awk -v name="$name" '{ r[NR] = $1 / $2; s += $2 } END { n = asort(r); printf "%s: %.1f/s on average; this build is %.2f of it in the middle round (%.2f to %.2f)\n", name, s / n, r[int((n + 1) / 2)], r[1], r[n] }' 2>/dev/null ||
    paste "$work/this.rates" "$work/$name.rates" | awk -v name="$name" '{ a += $1; b += $2 } END { printf "%s: %.1f/s; this build is %.2f of it\n", name, b / NR, a / b }'
done
