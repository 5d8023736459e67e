#!/usr/bin/env bash
# The proofs of "nobody lost, nobody twice" in their long form, on the shipped file: 20,000 readers an issue, five kills in a
# mailing, a minute of standing still. Prints what each counted; exits with an error when one does not hold.
# Usage: benchmarks/faults.sh [seed]
#        benchmarks/faults.sh fixture JAR   makes again what an earlier jar left in the middle of a mailing (needs pg_dump)
# Takes loopback only, one PostgreSQL that comes by Maven (without fsync), two or three servers at a time; half an hour or so.
set -eu
cd "$(dirname "$0")/.."
results=launcher/target/faults.txt
verify() { mvn -q verify -pl launcher -am -DskipUnitTests -Dit.h2.only -Dfailsafe.failIfNoSpecifiedTests=false "$@"; }
if [ "${1:-}" = fixture ]; then
  verify -Dit.test=EarlierSiteMaker "-Dearlier.jar=$(realpath "$2")"
  ls -l launcher/src/test/resources/earlier-site
  exit
fi
rm -f "$results"
begin=$(date +%s)
echo "$(date -u +%FT%TZ) $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(git rev-parse --short HEAD)"
verified=0
verify -Dit.test='TwoNodesIT,OneNodeIT,UpgradeIT' -Dfaults=long ${1:+-Dfaults.seed=$1} || verified=$?
cat "$results"
echo "$([ $verified = 0 ] && echo "all hold" || echo "NOT ALL HOLD"), after $(($(date +%s) - begin)) s, load $(cut -d' ' -f1 /proc/loadavg)"
exit $verified
