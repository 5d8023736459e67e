#!/usr/bin/env bash
# The engine's protocol in made-up worlds, as in the build, but as many as you like: stops at the first that goes wrong, and says which.
# Usage: benchmarks/simulate.sh [seeds] [from]     100,000 from 1,001 unless told; the build runs 1 to 1,000
#        benchmarks/simulate.sh seed N             one of them again, and all that happened in it when it goes wrong
#        benchmarks/simulate.sh mutants         whether it finds the engines whose fault seldom shows; some minutes
# Needs nothing but Maven.
set -eu
cd "$(dirname "$0")/.."
results=mail/target/surefire-reports/org.tidings.mail.internal.simulation.SimulationTest.txt
simulate() {
  mvn -q test -pl mail -am -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.trimStackTrace=true \
    -Dtest='SimulationTest#nothingIsLostAndNothingGoesOutTwiceWhateverHappens' "$@"
}
if [ "${1:-}" = seed ]; then
  simulate "-Dsimulation.seed=$2"
  exit
fi
if [ "${1:-}" = mutants ]; then
  mvn -q test -pl mail -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest='SimulationTest#findsAnEngineThatSeldom' -Dsimulation.rare=true
  exit
fi
seeds=${1:-100000}
from=${2:-1001}
begin=$(date +%s)
echo "$(date -u +%FT%TZ) $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(git rev-parse --short HEAD), seeds $from to $((from + seeds - 1))"
simulated=0
simulate "-Dsimulation.seeds=$seeds" "-Dsimulation.from=$from" > /dev/null || simulated=$?
[ $simulated = 0 ] || grep -m 1 '^seed ' "$results" || tail -n 40 "$results"
echo "$([ $simulated = 0 ] && echo "nothing went wrong" || echo "SOMETHING WENT WRONG"), after $(($(date +%s) - begin)) s, load $(cut -d' ' -f1 /proc/loadavg)"
exit $simulated
