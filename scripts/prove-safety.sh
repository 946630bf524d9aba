#!/bin/sh
# The long proof of safety: 500 random kills, 10,000 in-process crashes, 50 power cuts, every call of every method, five minutes of fuzzing for each target.
# ./check runs a short form of each. Usage: scripts/prove-safety.sh [kills|crashes|power|calls|fuzz]…; all of them by default. SEED=… repeats a course.
set -u
unset CDPATH
root=$(cd "${0%/*}/.." && pwd -P)
cd "$root" || exit 1
. ./scripts/find-jdk.sh
find_jdk || exit 1
LC_ALL=C.UTF-8
export LC_ALL
parts=${*:-kills crashes power calls fuzz}
failed=

prove() { # name, modules, tests, properties…
  name=$1 modules=$2 tests=$3
  shift 3
  [ -z "${SEED:-}" ] || set -- "$@" "-Dadmix.test.seed=$SEED"
  started=$(date +%s)
  echo "prove-safety: $name: $*"
  MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
    mvn -q -B test -pl "$modules" -am -Dsurefire.failIfNoSpecifiedTests=false "-Dtest=$tests" "$@" || failed="$failed $name"
  echo "prove-safety: $name took $(($(date +%s) - started)) s"
}

for part in $parts; do
  case $part in
    kills) prove kills cli KillTest -Dadmix.test.kills=500 ;;
    crashes) prove crashes engine CrashCoursesTest -Dadmix.test.crashes=10000 ;;
    power) prove power cli PowerLossTest -Dadmix.test.images=50 ;;
    calls) prove calls cli EveryCallTest -Dadmix.test.calls=all ;;
    fuzz) prove fuzz core,engine FuzzTest -Dadmix.test.fuzz=300 ;;
    *) echo "prove-safety: '$part' is none of kills, crashes, power, calls, fuzz" >&2; exit 2 ;;
  esac
done
[ -z "$failed" ] || { echo "prove-safety: FAILED:$failed" >&2; exit 1; }
echo "prove-safety: all passed"
