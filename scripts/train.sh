#!/bin/sh
# Makes a start-up cache (JEP 483, JEP 515) in a folder of jars: classes, and the profile of what usually runs first.
# Usage: train.sh JAVA LIB commands|service. It belongs to this Java, these jars, and this class path; without it everything works, slower.
# Whoever runs meanwhile sees none of it: the cache appears whole. It is tried once: LIB/KIND.trained says so, whatever came of it.
set -u
java=$1 lib=$2 kind=$3
[ -w "$lib" ] || exit 0

# Only one trains; the others go on without. A folder is the lock; one that a killed training left is removed with its version.
mkdir "$lib/$kind.training" 2>/dev/null || exit 0
trap 'rm -rf "$lib/$kind.training"' EXIT
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
made=$lib/$kind.training/made.aot
LC_ALL=C.UTF-8 "$java" -XX:AOTCacheOutput="$made" --enable-native-access=ALL-UNNAMED \
  "-Dorg.sqlite.lib.path=$lib/sqlite" "$@" "$lib/$kind.training" >"$lib/$kind.log" 2>&1
[ ! -f "$made" ] || mv "$made" "$cache"
: >"$lib/$kind.trained"
exit 0
