#!/bin/sh
# Makes a start-up cache (JEP 483, JEP 515) in a folder of jars: classes, and the profile of what usually runs first.
# Usage: train.sh JAVA LIB commands|service. It belongs to this Java, these jars, and this class path; without it everything works, slower.
# Whoever runs meanwhile sees none of it: the cache appears whole. LIB/KIND.trained says that it was tried, so that a Java which cannot is not
# asked again at every start; a training that was killed is. Ends with 1 where there is no cache, having said why.
set -u
java=$1 lib=$2 kind=$3
[ -w "$lib" ] || exit 0

# Only one trains; the others go on without. The lock ends with its holder, however that ends: Java holds it too.
if command -v flock >/dev/null 2>&1; then
  exec 9>"$lib/$kind.lock"
  flock -n 9 || exit 0
else
  # Whoever reads a dead holder's number at the same moment trains too, in a folder of its own: the cache is the later one's.
  holder=
  [ ! -f "$lib/$kind.lock" ] || read -r holder <"$lib/$kind.lock"
  if [ -n "$holder" ] && kill -0 "$holder" 2>/dev/null; then
    exit 0
  fi
  echo $$ >"$lib/$kind.lock"
fi
rm -rf "$lib/$kind".training*
work=$lib/$kind.training.$$
mkdir "$work" || exit 1
# The lock's file stays under flock: who has just opened it would lock one that nobody else finds.
trap 'rm -rf "$work"; command -v flock >/dev/null 2>&1 || rm -f "$lib/$kind.lock"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

. "$lib/class-path.sh"
case $kind in
  commands)
    cache=$lib/admix.aot
    set -- -XX:+UseSerialGC -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$commands" io.admix.cli.Training
    ;;
  service)
    echo "Preparing the service's start (once, some ten seconds) ..." >&2
    cache=$lib/service.aot
    set -- -Djdk.virtualThreadScheduler.parallelism=16 -cp "$service" io.admix.cli.ServiceTraining
    ;;
esac
log=$lib/$kind.log
LC_ALL=C.UTF-8 "$java" -XX:AOTCacheOutput="$work/made.aot" --enable-native-access=ALL-UNNAMED \
  "-Dorg.sqlite.lib.path=$lib/sqlite" "$@" "$work" >"$log" 2>&1
status=$?
[ "$status" -lt 128 ] || {
  echo "admix: making the start-up cache was killed (status $status): starts are slower. $log" >&2
  exit 1
}
: >"$lib/$kind.trained"
if [ "$status" != 0 ] || [ ! -f "$work/made.aot" ]; then
  echo "admix: no start-up cache could be made (status $status): starts are slower. Why: $log; remove $lib/$kind.trained to try again." >&2
  exit 1
fi
mv "$work/made.aot" "$cache"
