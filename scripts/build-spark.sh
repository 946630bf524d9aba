#!/bin/sh
# Builds the jar for spark-submit, spark/target/admix-spark.jar, when a source is newer; JAVA_HOME is set by the caller.
# Only who asks for it waits for it: Maven fetches Spark's libraries the first time. Usage: build-spark.sh ROOT
set -u
root=$1
work=$root/spark/target
jar=$work/admix-spark.jar
mkdir -p "$work" || exit 1
if [ -z "${ADMIX_SPARK_LOCKED:-}" ] && command -v flock >/dev/null 2>&1; then
  ADMIX_SPARK_LOCKED=1
  export ADMIX_SPARK_LOCKED
  exec flock "$work/lock" "$0" "$@"
fi
if [ -f "$jar" ] && [ -z "$(cd "$root" && find pom.xml core/pom.xml files/pom.xml files-linux/pom.xml catalog/pom.xml engine/pom.xml spark/pom.xml \
  core/src/main files/src/main files-linux/src/main catalog/src/main engine/src/main spark/src/main scripts/build-spark.sh -newer "$jar" -print -quit 2>/dev/null)" ]; then
  exit 0
fi
if ! command -v mvn >/dev/null 2>&1; then
  echo "admix: Maven (mvn, 3.8.7 or later) is needed to build the jar for Spark. Install it, on Debian: apt-get install maven. Nothing was changed." >&2
  exit 1
fi
echo "Building the jar for Spark (once; a minute, more when Maven must fetch Spark's libraries) ..." >&2
stamp=$work/.stamp.$$
: >"$stamp" || exit 1
rm -f "$jar"
# --sun-misc-unsafe-memory-access: Maven 3.8 would warn on every start.
if ! MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
  mvn -q -B -ntp -f "$root/pom.xml" -pl spark -am -Pjar -DskipTests -Dadmix.without-tests=true package >"$work/build.log" 2>&1; then
  tail -n 40 "$work/build.log" >&2
  echo "admix: the build failed; the whole log is in $work/build.log" >&2
  rm -f "$stamp" "$jar"
  exit 1
fi
# It bears the time at which the build began: a source edited meanwhile is newer.
touch -r "$stamp" "$jar"
rm -f "$stamp"
