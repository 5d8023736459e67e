#!/usr/bin/env bash
# The running site with its subscribers: pages, sign-up, subscribing, one-click, sign-in, and an issue to all of them.
# Usage: benchmarks/site.sh h2|postgresql [subscribers, 100000]
# JAR=FILE: another build than this one. ONLY_LISTS=1: the pages of staff with all of them, and no more.
# ONLY_SIGN_INS=1: sign-ins and the hash by itself, with KEYCLOAK=FOLDER (unpacked keycloak-quarkus-dist, its own database on the same PostgreSQL) beside it. ONLY_SENDING=1: one issue with account mails beside it, and no more. SIGNED=1: with an RSA key.
# Needs wrk; for postgresql Debian's postgresql, of which it starts a server of its own (fsync on, run as its user).
set -eu
cd "$(dirname "$0")"
database=${1:-h2}
subscribers=${2:-100000}
seconds=${SECONDS_EACH:-20}
# Java 25 where there is one: the server takes the newest, so the others do.
java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1); java=${java:-java}
work=$(mktemp -d); chmod 755 "$work"
port=18999 smtp=18925 pg=18932 dns=18953
site=http://127.0.0.1:$port
pids=()
cleanup() {
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  [ -z "${server:-}" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
  [ ! -d "$work/pg" ] || as_postgres "$pgbin/pg_ctl" -D "$work/pg/data" -m fast stop >/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
say() { printf '%s\n' "$*"; }
field() { grep -o "\"$1\":\"\?[^\",}]*" | head -1 | sed 's/.*://;s/"//'; }

if [ "$database" = postgresql ]; then
  pgbin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
  mkdir "$work/pg"; [ "$(id -u)" != 0 ] || chown postgres "$work/pg"
  as_postgres "$pgbin/initdb" -D "$work/pg/data" -A trust -U tidings >/dev/null
  as_postgres "$pgbin/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" -o "-p $pg -k $work/pg -c listen_addresses=127.0.0.1" start >/dev/null
  as_postgres "$pgbin/createdb" -h 127.0.0.1 -p $pg -U tidings tidings
  export TIDINGS_DB_URL=jdbc:postgresql://127.0.0.1:$pg/tidings TIDINGS_DB_USER=tidings
fi
export TIDINGS_DATA_DIR=$work/data TIDINGS_HTTP_PORT=$port TIDINGS_HTTP_ADDRESS=127.0.0.1 TIDINGS_HTTP_TRUSTED_PROXIES=127.0.0.1
export TIDINGS_SMTP_URL="smtp://127.0.0.1:$smtp?tls=none" TIDINGS_NEWSLETTER_UNDO_SECONDS=0 TIDINGS_PUBLIC_URL=$site
# All readers live at one domain here, and a receiver gets 100 mails a second by default.
export TIDINGS_JAVA_CACHE=off TIDINGS_MAIL_RECEIVING_LIMITS=off TIDINGS_JAVA_OPTIONS="${TIDINGS_JAVA_OPTIONS:-}"
say "$(date -u +%FT%TZ) $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $database, $subscribers subscribers${SIGNED:+, signed}"
if [ -n "${SIGNED:-}" ]; then
  : >"$work/records"
  java Dns.java $dns "$work/records" & pids+=($!)
  export TIDINGS_MAIL_DOMAIN=news.example.com TIDINGS_DNS_SERVER=127.0.0.1:$dns
fi
java Sink.java $smtp "$work" & pids+=($!)
java -jar "${JAR:-../launcher/target/tidings.jar}" >"$work/out" 2>&1 & server=$!
until curl -sf -m 5 -o /dev/null $site/health/ready && grep -q "/setup/" "$work/out"; do
  kill -0 "$server" 2>/dev/null || { cat "$work/out"; exit 1; }
  sleep 0.3
done

# A browser's cookies by hand: curl keeps no __Host- cookie that came by http.
cookie=
get() { # PATH: prints the page's form token
  curl -s -D "$work/head" -H "Cookie: $cookie" "$site$1" >"$work/page"
  grep -i '^set-cookie: __Host-form' "$work/head" | sed 's/^[^:]*: //;s/;.*//' | tr -d '\r' >"$work/form-cookie" || true
  [ ! -s "$work/form-cookie" ] || cookie=$(cat "$work/form-cookie")
  csrf=$(grep -o 'name="_csrf" value="[^"]*"' "$work/page" | head -1 | sed 's/.*value="//;s/"//')
}
post() { # PATH FIELD=VALUE…
  local path=$1 fields=(--data-urlencode "_csrf=$csrf") field
  shift
  for field; do fields+=(--data-urlencode "$field"); done
  curl -s -D "$work/head" -H "Cookie: $cookie" -H 'Sec-Fetch-Site: same-origin' "${fields[@]}" "$site$path" >"$work/page"
}
api() { # METHOD PATH [curl arguments]
  local method=$1 path=$2; shift 2
  curl -s -X "$method" -H "Authorization: Bearer $token" -H "Idempotency-Key: $RANDOM$RANDOM$RANDOM" -H 'Content-Type: application/json' "$@" "$site/api/v1$path"
}

setup=$(grep -o '/setup/[A-Za-z0-9_-]*' "$work/out" | head -1)
get "$setup"
post "$setup" name=Root address=root@example.net 'password=a calm evening by the lake' role=EDITOR role=PUBLISHER role=ADMINISTRATOR
get /sign-in
post /sign-in address=root@example.net 'password=a calm evening by the lake'
cookie=$(grep -i '^set-cookie: __Host-session' "$work/head" | sed 's/^[^:]*: //;s/;.*//' | tr -d '\r')
if [ -n "${SIGNED:-}" ]; then
  get /staff/mail/domains
  post /staff/mail/domains/keys domain=news.example.com algorithm=RSA
  get /staff/mail/domains
  key=$(grep -o 'domains/keys/[0-9a-f-]*/check' "$work/page" | head -1); key=${key%/check}
  name=$(grep -o '<code>[^<]*_domainkey[^<]*</code>' "$work/page" | head -1 | sed 's/<[^>]*>//g')
  value=$(grep -o '<code>v=DKIM1[^<]*</code>' "$work/page" | head -1 | sed 's/<[^>]*>//g')
  echo "$name $value" >"$work/records"
  post "/staff/mail/$key/check"
  get /staff/mail/domains
  post "/staff/mail/$key/activate"
  get /staff/mail/domains
  grep -q "/staff/mail/$key/retire" "$work/page" || { say "the key does not sign"; exit 1; }
fi
get /me/tokens
post /me/tokens label=benchmark days=30 scope=NEWSLETTERS_WRITE scope=NEWSLETTERS_SEND scope=SUBSCRIBERS
token=$(grep -o 'tdg_[A-Za-z0-9_-]*' "$work/page" | head -1)
newsletter=$(api POST /newsletters -d '{"slug":"bench","name":"Benchmark Post","description":"What is measured.","language":"en","cadence":"monthly"}' | field id)

{ echo address,name; seq 1 "$subscribers" | sed 's/.*/reader-&@example.org,Reader &/'; } >"$work/import.csv"
begin=$(date +%s%N)
curl -s -X POST -H "Authorization: Bearer $token" -H 'Idempotency-Key: import' -H 'Content-Type: text/csv' --data-binary "@$work/import.csv" \
  "$site/api/v1/newsletters/$newsletter/subscribers?basis=They%20signed%20a%20list%20at%20our%20desk." >"$work/report"
job=$(grep -o '"id":"[0-9a-f-]*"' "$work/report" | head -1 | cut -d'"' -f4)
while [ -n "$job" ] && ! grep -q '"state":"\(done\|failed\)"' "$work/report"; do
  sleep 0.2
  api GET "/imports/$job" >"$work/report"
done
say "import: $(field added <"$work/report") added in $(( ($(date +%s%N) - begin) / 1000000 )) ms"

timed() { # NAME [curl arguments] PATH: the middle and the slowest of eleven calls after three
  local name=$1; shift
  local path=${*: -1}
  for i in $(seq 14); do
    curl -s -o "$work/page" -w '%{http_code} %{time_total}\n' -H "Cookie: $cookie" -H 'Sec-Fetch-Site: same-origin' "${@:1:$#-1}" "$site$path"
  done | tail -11 | sort -k2 -n | awk -v name="$name" '{ t[NR] = $2 * 1000; if (!($1 in seen)) answers = answers " " $1; seen[$1] } END { printf "%s: %.0f ms, slowest %.0f ms, answers%s\n", name, t[6], t[NR], answers }'
}
load() { # NAME [wrk arguments]: warms up, then measures
  local name=$1; shift
  say "$name: $(wrk -t1 -c16 -d"${seconds}s" --latency "$@" | awk '/50%/{p50=$2} /99%/{p99=$2} /Requests\/sec/{r=$2} /Non-2xx/{bad=", not answered well: " $NF} END{print r "/s, p50 " p50 ", p99 " p99 bad}')"
}
sign_ins() {
  cookie=; get /sign-in
  for again in ", warming up" ""; do
    BODY="address=root%40example.net&password=a+calm+evening+by+the+lake" FORM=/sign-in CSRF=$csrf COOKIE=$cookie load "sign-in$again" -s form.lua "$site"
  done
}
hash_alone() { "$java" -XX:+UseSerialGC -cp "$(ls ../web/target/tidings/WEB-INF/lib/bcprov-*.jar)" Hash.java; }
end_server() { kill "$server"; wait "$server" 2>/dev/null || true; server=; }
keycloak() {
  as_postgres "$pgbin/createdb" -h 127.0.0.1 -p $pg -U tidings keycloak
  KC_BOOTSTRAP_ADMIN_USERNAME=root KC_BOOTSTRAP_ADMIN_PASSWORD='a calm evening by the lake' JAVA_HOME=$(dirname "$(dirname "$java")") \
    "$KEYCLOAK/bin/kc.sh" start --http-enabled=true --hostname-strict=false --http-host=127.0.0.1 --http-port=$port --cache=local \
    --db=postgres --db-url="jdbc:postgresql://127.0.0.1:$pg/keycloak" --db-username=tidings >"$work/keycloak" 2>&1 & server=$!
  until curl -sf -m 5 -o /dev/null $site/realms/master; do
    kill -0 "$server" 2>/dev/null || { cat "$work/keycloak"; exit 1; }
    sleep 0.5
  done
  printf '%s\n' 'wrk.method = "POST"' 'wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"' \
    'wrk.body = "grant_type=password&client_id=admin-cli&username=root&password=a+calm+evening+by+the+lake"' >"$work/token.lua"
  for again in ", warming up" ""; do
    load "$(basename "$KEYCLOAK"), token by password$again" -s "$work/token.lua" "$site/realms/master/protocol/openid-connect/token"
  done
  end_server
}
if [ -n "${ONLY_SIGN_INS:-}" ]; then
  sign_ins
  end_server
  hash_alone
  [ -z "${KEYCLOAK:-}" ] || keycloak
  exit 0
fi
if [ -n "${ONLY_LISTS:-}" ]; then
  list="/staff/subscribers?newsletter=bench"
  timed "list" "$list"
  one=$(grep -o '/staff/subscribers/[0-9a-f-]\{36\}' "$work/page" | head -1)
  timed "list, those who left" "$list&state=UNSUBSCRIBED"
  get "$list"
  # Since the search is no part of the address it is a form.
  if grep -q '<form[^>]*method="post"[^>]*action="/staff/subscribers"\|<form[^>]*action="/staff/subscribers"[^>]*method="post"' "$work/page"; then
    timed "search" -d "newsletter=bench&q=$((subscribers - 7))@" --data-urlencode "_csrf=$csrf" /staff/subscribers
  else
    timed "search" "$list&q=$((subscribers - 7))@"
  fi
  timed "a subscriber's page" "$one"
  timed "newsletters" /staff/newsletters
  issue=$(api POST "/newsletters/$newsletter/issues" -d '{"subject":"Counted","markdown":"Good evening."}' | field id)
  timed "the page that asks before sending" "/staff/issues/$issue/send"
  timed "overview" /staff
  timed "home page" /
  say "load $(cut -d' ' -f1 /proc/loadavg)"
  exit 0
fi

send() { # SUBJECT: sends an issue to all and waits until it is done; prints how long it took
  local text issue version mailing begin now state handed=0 first=0
  text=$(seq 1 60 | sed 's/.*/A paragraph of an issue that is about as long as issues are, number &, with [a link](https:\/\/example.org\/&) in it.\\n\\n/' | tr -d '\n')
  api POST "/newsletters/$newsletter/issues" -d "{\"subject\":\"$1\",\"markdown\":\"Good evening, {{name}}.\\n\\n$text\"}" >"$work/issue"
  issue=$(field id <"$work/issue") version=$(field version <"$work/issue")
  begin=$(date +%s%N)
  mailing=$(api POST "/issues/$issue/send" -d "{\"version\":$version,\"recipients\":$subscribers}" | field mailing)
  while :; do
    api GET "/mailings/$mailing" >"$work/mailing"
    now=$(( ($(date +%s%N) - begin) / 1000000 ))
    handed=$(field sent <"$work/mailing")
    [ "$first" != 0 ] || [ "${handed:-0}" = 0 ] || first=$now
    state=$(field state <"$work/mailing")
    [ "$state" != finished ] || break
    sleep 0.2
  done
  say "issue to $subscribers ($1): $now ms, $(( subscribers * 1000 / now )) mails/s, first mails on record after $first ms; server $(awk '/VmRSS/{print int($2/1024)}' "/proc/$(pgrep -P "$server")/status") MB resident"
}

# Account mail beside an issue: the time from the form that asked for it to its end of data, at the mail server.
beside() { # fills $work/asked until it is killed
  local i=0 begin
  while :; do
    i=$((i + 1))
    begin=$(date +%s%3N)
    curl -s -o /dev/null -H "Cookie: $cookie" -H 'Sec-Fetch-Site: same-origin' -H "X-Forwarded-For: 203.0.$((i % 250)).9" \
      --data-urlencode "_csrf=$csrf" --data-urlencode "address=beside-$i@example.net" "$site/register"
    echo "$begin beside-$i@example.net" >>"$work/asked"
    sleep 1
  done
}

[ -n "${ONLY_SENDING:-}" ] || send "first"
cookie=; get /register
beside & asking=$!
send "with account mails beside"
kill "$asking"; wait "$asking" 2>/dev/null || true
sleep 3
join -1 2 -2 2 <(sort -k2,2 "$work/asked") <(sort -k2,2 "$work/others") | awk '{ print $3 - $2, $1 }' | sort -n >"$work/waited"
say "account mails beside the issue: $(wc -l <"$work/asked") asked for, $(wc -l <"$work/waited") came, half of them within $(awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }' "$work/waited") ms, the slowest after $(tail -5 "$work/waited" | sed 's/beside-/(number /;s/@.*/)/;s/ / ms /' | paste -sd' ')"
resident() { say "server $(awk '/VmRSS/{print int($2/1024)}' "/proc/$(pgrep -P "$server")/status") MB resident $1, load $(cut -d' ' -f1 /proc/loadavg)"; }
if [ -n "${ONLY_SENDING:-}" ]; then
  sleep 45
  resident "45 s later, idle"
  exit 0
fi

# The JVM's compilers need half a minute of each kind on two cores.
load "home page, warming up" "$site/"
load "home page" "$site/"
load "registration form" "$site/register"
cookie=; get /register
FORM=/register CSRF=$csrf COOKIE=$cookie load "registration" -s form.lua "$site"
cookie=; get /newsletters/bench
FORM=/newsletters/bench CSRF=$csrf COOKIE=$cookie load "subscribing" -s form.lua "$site"
head -n "$subscribers" "$work/paths" >"$work/one-clicks"
split -l $(( subscribers * 2 / 5 )) "$work/one-clicks" "$work/paths."
PATHS=$work/paths.aa load "one-click, warming up" -s one-click.lua "$site"
cat "$work"/paths.a[b-c] >"$work/rest"
PATHS=$work/rest load "one-click" -s one-click.lua "$site"
sign_ins
resident "at the end"
end_server
hash_alone
