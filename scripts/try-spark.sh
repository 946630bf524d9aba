#!/bin/sh
# Tries Admix on real Spark clusters of this machine: a local one of two executor processes, and a standalone master with two workers on the
# loopback, started from the jars that Maven has. Executors and drivers are killed, stopped and executed twice on the way; after each mix it
# is verified and looked whether anything was left. Some minutes. Usage: scripts/try-spark.sh [FOLDER] (for its files; a new one below /tmp)
# ADMIX_TRY_FILES: files of each of the four sources, 15000 by default. ADMIX_TRY_PORT: of the master, 17077 by default.
set -u
unset CDPATH
root=$(cd "${0%/*}/.." && pwd -P)
. "$root/scripts/find-jdk.sh"
find_jdk || exit 1
files=${ADMIX_TRY_FILES:-15000}
port=${ADMIX_TRY_PORT:-17077}
work=${1:-$(mktemp -d /tmp/admix-try-spark.XXXXXX)}
mkdir -p "$work" && work=$(cd "$work" && pwd -P) || exit 1
pids=
failed=0
export ADMIX_HOME="$work/home" LC_ALL=C.UTF-8 SPARK_LOCAL_IP=127.0.0.1 SPARK_SCALA_VERSION=2.13 SPARK_HOME="$work/spark" SPARK_WORKER_DIR="$work/executors"

clean_up() {
  for pid in $pids; do kill -9 "$pid" 2>/dev/null; done
  for pid in $(ours); do kill -9 "$pid" 2>/dev/null; done
  cd /tmp && rm -rf "$work"
}
# Executors of this trial, known by the folder in which their workers start them.
ours() {
  for process in /proc/[0-9]*; do
    case $(readlink "$process/cwd" 2>/dev/null) in
      "$work/executors/"*) echo "${process#/proc/}" ;;
    esac
  done
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '\n== %s\n' "$1"; }
bad() {
  echo "FAILED: $1"
  failed=1
}

"$root/scripts/build-spark.sh" "$root" || exit 1
"$root/admix" --version || exit 1
jar=$root/spark/target/admix-spark.jar
echo "$(du -k "$jar" | cut -f1) KiB: $jar"

# Spark as Maven has it: its launcher wants a folder of jars.
mkdir -p "$SPARK_HOME/jars"
version=$(sed -n 's:.*<spark.version>\(.*\)</spark.version>.*:\1:p' "$root/spark/pom.xml")
cat >"$work/pom.xml" <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>try</groupId><artifactId>spark</artifactId><version>0</version>
  <dependencies><dependency><groupId>org.apache.spark</groupId><artifactId>spark-sql_2.13</artifactId><version>$version</version></dependency></dependencies>
</project>
END
mvn -q -B -ntp -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile="$work/class-path" >"$work/maven.log" 2>&1 || {
  tail -n 20 "$work/maven.log" >&2
  exit 1
}
tr ':' '\n' <"$work/class-path" | grep '\.jar$' | while read -r one; do ln -sf "$one" "$SPARK_HOME/jars/"; done

opens=
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
  opens="$opens --add-opens=java.base/$package=ALL-UNNAMED"
done
spark() {
  # shellcheck disable=SC2086
  exec "$JAVA_HOME/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED $opens -cp "$SPARK_HOME/jars/*" "$@"
}
# submit MASTER RECIPE [CONF ...]: as spark-submit does, with more for the driver in $more
more=
submit() {
  master=$1 recipe=$2
  shift 2
  confs=
  for conf in "$@"; do confs="$confs --conf $conf"; done
  # shellcheck disable=SC2086
  spark org.apache.spark.deploy.SparkSubmit --master "$master" --class io.admix.spark.Main \
    --conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 --conf spark.executor.memory=1g \
    --conf spark.executor.extraJavaOptions=--enable-native-access=ALL-UNNAMED $confs "$jar" "$recipe" -c admix.lease=10s $more
}

say "sources: 4 x $files files"
for source in a b c d; do
  mkdir -p "$work/data/$source/one" "$work/data/$source/two"
  half=$((files / 2))
  head -c $((half * 2048)) /dev/urandom >"$work/bytes"
  (cd "$work/data/$source/one" && split -b 2048 -a 6 -d "$work/bytes" f)
  (cd "$work/data/$source/two" && split -b 2048 -a 6 -d "$work/bytes" g)
done
rm -f "$work/bytes"
# recipe NAME LINK
recipe() {
  cat >"$work/$1.yaml" <<END
name: $1
seed: 7
total: $((files * 3))
target: out/$1
link: [$2]
sources:
  - {name: a, path: data/a, weight: 1}
  - {name: b, path: data/b, weight: 1}
  - {name: c, path: data/c, weight: 1}
  - {name: d, path: data/d, weight: 1}
END
  echo "$work/$1.yaml"
}
# The mix is whole, is that of one machine, and nothing else is there.
look() {
  "$root/admix" verify "$1" || bad "verify $1"
  left=$(find "$work/out" -name '.admix-*' -print | head -n 5)
  [ -z "$left" ] || bad "left behind: $left"
  left=$(find "$ADMIX_HOME/state" \( -name scratch -o -name '*.part' -o -name spread \) -print | head -n 5)
  [ -z "$left" ] || bad "left behind: $left"
  sums=$(cd "$work/out/$1" && find . -type f | LC_ALL=C sort | xargs cat | sha256sum)
  [ "$sums" = "$expected" ] || bad "$1 has other files than the mix of one machine"
}
# Waits until so many files are in staging of any mix, or the driver has ended.
await_files() {
  driver=$1 wanted=$2 tries=0
  while [ $tries -lt 1200 ]; do
    there=$(find "$work/out" -path '*/.admix-*' -type f 2>/dev/null | head -n "$wanted" | wc -l)
    [ "$there" -ge "$wanted" ] && return 0
    kill -0 "$driver" 2>/dev/null || return 1
    sleep 0.05
    tries=$((tries + 1))
  done
  return 1
}
await_executors() {
  tries=0
  while [ "$(ours | wc -l)" -lt "$1" ] && [ $tries -lt 600 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
}

say "one machine"
"$root/admix" run "$(recipe alone copy)" -q | head -n 1
expected=$(cd "$work/out/alone" && find . -type f | LC_ALL=C sort | xargs cat | sha256sum)

say "local-cluster: two executor processes"
(submit 'local-cluster[2,1,1024]' "$(recipe cluster copy)" >"$work/log" 2>&1) || { tail -n 5 "$work/log"; bad "the mix of local-cluster"; }
grep -E '^(cluster:|methods)' "$work/log"
look cluster

say "standalone: a master and two workers"
spark org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0 >"$work/master.log" 2>&1 &
pids="$pids $!"
for worker in 1 2; do
  sleep 2
  spark org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores 2 --memory 2g --webui-port 0 --work-dir "$work/executors" "spark://127.0.0.1:$port" >"$work/worker$worker.log" 2>&1 &
  pids="$pids $!"
done
standalone=spark://127.0.0.1:$port
(submit "$standalone" "$(recipe standalone hardlink)" >"$work/log" 2>&1) || { tail -n 5 "$work/log"; bad "the mix of two workers"; }
grep -E '^(standalone:|methods)' "$work/log"
look standalone

say "an executor is killed while it copies (SIGKILL)"
(submit "$standalone" "$(recipe killed copy)" >"$work/log" 2>&1) &
driver=$!
if await_files $driver 1000; then
  victim=$(ours | head -n 1)
  kill -9 "$victim" && echo "killed $victim with $(find "$work/out" -path '*/.admix-*' -type f 2>/dev/null | wc -l) files there"
else
  bad "there was nothing to kill"
fi
wait $driver || { tail -n 5 "$work/log"; bad "the mix of which an executor was killed"; }
grep -E '^(killed:|methods)' "$work/log"
[ "$(grep -c 'ExecutorLost\|Lost executor' "$work/log")" -gt 0 ] || bad "Spark lost no executor"
look killed

say "an executor stands still, its batches are executed twice (speculation), and it goes on"
(submit "$standalone" "$(recipe twice copy)" spark.speculation=true spark.speculation.interval=100ms spark.speculation.quantile=0.1 \
  spark.speculation.multiplier=1.1 spark.speculation.minTaskRuntime=100ms >"$work/log" 2>&1) &
driver=$!
if await_files $driver 1000; then
  victim=$(ours | head -n 1)
  kill -STOP "$victim" && echo "stopped $victim" && sleep 6
  kill -CONT "$victim"
else
  bad "there was nothing to stop"
fi
wait $driver || { tail -n 5 "$work/log"; bad "the mix with speculation"; }
grep -E '^(twice:|methods)' "$work/log"
echo "$(grep -c 'for speculative execution\|as speculatable\|speculat' "$work/log") lines of Spark on speculation"
grep -q 'speculat' "$work/log" || bad "nothing was executed twice"
look twice

say "the driver is killed (SIGKILL), the same command goes on"
(submit "$standalone" "$(recipe again copy)" >"$work/log" 2>&1) &
driver=$!
if await_files $driver 1000; then
  kill -9 $driver && echo "killed the driver"
else
  bad "there was nothing to kill"
fi
wait $driver 2>/dev/null
(submit "$standalone" "$(recipe again copy)" >"$work/log" 2>&1) || { tail -n 5 "$work/log"; bad "the mix of which the driver was killed"; }
grep -E '^(again:|methods)' "$work/log"
look again

say "the driver is killed, one machine goes on"
(submit "$standalone" "$(recipe onealone copy)" >"$work/log" 2>&1) &
driver=$!
if await_files $driver 1000; then kill -9 $driver && echo "killed the driver"; else bad "there was nothing to kill"; fi
wait $driver 2>/dev/null
"$root/admix" run "$work/onealone.yaml" -q | head -n 1
look onealone

say "plan and files by executors, out of an export of the catalogue"
for source in a b c d; do "$root/admix" dataset add "$source" "$work/data/$source" -q >/dev/null || bad "dataset add"; done
"$root/admix" dataset export "$work/export" -q || bad "dataset export"
# mix NAME: of datasets
mix() {
  recipe "$1" copy >/dev/null
  sed -i 's/path: data\/[abcd]/dataset/; s/name: \([abcd]\), dataset/dataset: \1/' "$work/$1.yaml"
  echo "$work/$1.yaml"
}
hash_of() { grep -o '"sha256":"[0-9a-f]*"' | head -n 1; }
wanted=$("$root/admix" plan "$(mix exported)" --json | hash_of)
more="--export $work/export --json"
(submit "$standalone" "$work/exported.yaml" >"$work/log" 2>&1) || { tail -n 5 "$work/log"; bad "the mix out of an export"; }
found=$(grep '"taskId"' "$work/log" | hash_of)
echo "plan of one machine $wanted, of the cluster $found"
[ -n "$found" ] && [ "$wanted" = "$found" ] || bad "another plan"
look exported

say "an export of which a part is missing, and a catalogue that changed"
part=$(find "$work/export" -name '*.parquet' | head -n 1)
mv "$part" "$work/part"
(submit "$standalone" "$(mix half)" >"$work/log" 2>&1) && bad "a mix out of half an export"
grep '^admix:' "$work/log" | head -n 1
mv "$work/part" "$part"
echo more >"$work/data/a/one/more" && "$root/admix" dataset rescan a -q >/dev/null
(submit "$standalone" "$work/half.yaml" >"$work/log" 2>&1) && bad "a mix out of an export that is older than the catalogue"
grep '^admix:' "$work/log" | head -n 1
[ ! -e "$work/out/half" ] || bad "something was published"
more=

say "executors without the source's mount"
mv "$work/data/b" "$work/b-elsewhere" && cp -R "$work/b-elsewhere" "$work/data/b"
mkdir -p "$work/out"
(submit "$standalone" "$(recipe unmounted copy)" >"$work/log" 2>&1) &
driver=$!
if await_files $driver 500; then
  mv "$work/data/b" "$work/b-gone" && mkdir "$work/data/b"
fi
wait $driver && bad "a mix without its source"
grep '^admix:' "$work/log" | grep -v ' of \| step' | head -n 2
[ ! -e "$work/out/unmounted" ] || bad "something was published"

echo
[ $failed = 0 ] && echo "try-spark: passed" || echo "try-spark: FAILED"
exit $failed
