#!/bin/sh
# Builds the command line into cli/target/app/<version> and names it in cli/target/app/current; JAVA_HOME is set by the caller.
# A version is never changed once it is named, so a command that runs while another builds keeps its jars.
set -u
root=$1
work=$root/cli/target
app=$work/app
mkdir -p "$app" || exit 1

if [ -z "${ADMIX_BUILD_LOCKED:-}" ]; then
  ADMIX_BUILD_LOCKED=1
  export ADMIX_BUILD_LOCKED
  if command -v flock >/dev/null 2>&1; then
    exec flock "$app/lock" "$0" "$@"
  fi
  # Without flock(1): a folder is the lock. Whether its maker lives nobody knows, so it is never taken by force.
  # ADMIX_BUILD_WAIT: seconds, for the test.
  waited=0
  until mkdir "$app/lock.d" 2>/dev/null; do
    sleep 1
    waited=$((waited + 1))
    if [ "$waited" -ge "${ADMIX_BUILD_WAIT:-600}" ]; then
      echo "admix: another build has held $app/lock.d for $waited s, so nothing was built. If none runs, one was killed: remove that folder and try again." >&2
      exit 1
    fi
  done
  trap 'rmdir "$app/lock.d" 2>/dev/null' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
fi

# Somebody else may have built while this one waited.
if [ -f "$app/current" ] && [ -z "$(cd "$root" && find pom.xml ./*/pom.xml ./*/src/main examples scripts/build-app.sh scripts/train.sh scripts/RenewClasses.java -newer "$app/current" -print -quit 2>/dev/null)" ]; then
  exit 0
fi

if ! command -v mvn >/dev/null 2>&1; then
  echo "admix: Maven (mvn, 3.8.7 or later) is needed to build. Install it, on Debian: apt-get install maven. Nothing was changed." >&2
  exit 1
fi

version=$(date +%Y%m%d%H%M%S)-$$
log=$app/build.log
stamp=$app/.stamp.$$
echo "Building Admix (once; a minute, more when Maven must fetch its libraries) ..." >&2
echo "$version" >"$stamp" || exit 1

give_up() {
  rm -rf "$stamp" "${app:?}/$version"
  exit 1
}

# Maven adds to these folders and never takes away: a library of an earlier version would be on the class path too.
rm -rf "$work/lib" "$root/server/target/lib" "$work"/admix-cli-*.jar "$root"/server/target/admix-server-*.jar
# --sun-misc-unsafe-memory-access: Maven 3.8 would warn on every start.
if ! MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
  mvn -q -B -ntp -f "$root/pom.xml" -pl cli,server -am -DskipTests -Dadmix.without-tests=true -Dcyclonedx.skip=true -Dlicense.skip=true package >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "admix: the build failed; the whole log is in $log" >&2
  give_up
fi

mkdir -p "$app/$version" && cp "$work"/lib/*.jar "$app/$version/" && cp "$work"/admix-cli-*.jar "$app/$version/admix-cli.jar" || give_up
rm -f "$app/$version/"*-tests.jar "$app/$version/"*-sources.jar

# What only the service needs, and what only the other commands do: each has a log of its own, and a command starts the slower the more jars it sees.
mkdir -p "$app/$version/server" "$app/$version/command" && mv "$app/$version/"slf4j-simple-*.jar "$app/$version/command/" || give_up
for jar in "$root"/server/target/lib/*.jar "$root"/server/target/admix-server-*.jar; do
  case $jar in *-tests.jar | *-sources.jar) continue ;; esac
  [ -f "$app/$version/${jar##*/}" ] || cp "$jar" "$app/$version/server/" || give_up
done

# SQLite's library, unpacked once: else each start asks uname and unpacks it into /tmp. Where this fails the driver does that.
(
  cd "$app/$version" || exit 1
  folder=$("$JAVA_HOME/bin/java" -cp "$(echo sqlite-jdbc-*.jar)" org.sqlite.util.OSInfo) || exit 1
  "$JAVA_HOME/bin/jar" xf sqlite-jdbc-*.jar "org/sqlite/native/$folder" && mv "org/sqlite/native/$folder" sqlite && rm -rf org
) >"$app/sqlite.log" 2>&1 || rm -rf "$app/$version/org" "$app/$version/sqlite"

# picocli is compiled for Java 5, and no cache takes such classes. Where this fails it stays as it is.
for jar in "$app/$version"/picocli-*.jar; do
  if "$JAVA_HOME/bin/java" "$root/scripts/RenewClasses.java" "$jar" "$app/$version/renewed" >"$app/renew.log" 2>&1; then
    mv "$app/$version/renewed" "$jar"
  else
    rm -f "$app/$version/renewed"
  fi
done

# The class path of commands and of the service, as a caller's $lib has it: our own jars first, the others by name, since a cache is
# good for one order only, and folders list theirs in any.
(
  cd "$app/$version" || exit 1
  LC_ALL=C
  export LC_ALL
  path=
  for jar in admix-cli.jar admix-[!c]*.jar admix-c[!l]*.jar; do path="$path:\$lib/$jar"; done
  for jar in *.jar; do case $jar in admix-*) ;; *) path="$path:\$lib/$jar" ;; esac; done
  commands=$path service=$path
  for jar in command/*.jar; do commands="$commands:\$lib/$jar"; done
  for jar in server/*.jar; do service="$service:\$lib/$jar"; done
  printf 'commands=%s\nservice=%s\n' "${commands#:}" "${service#:}"
) >"$app/$version/class-path.sh" || give_up

"$root/scripts/train.sh" "$JAVA_HOME/bin/java" "$app/$version" commands
previous=$(cat "$app/current" 2>/dev/null || true)
# The stamp bears the time at which the build began: a source edited meanwhile is newer.
mv "$stamp" "$app/current"
for old in "$app"/2*; do
  case $old in
    "$app/$version" | "$app/$previous") ;;
    *) rm -rf "$old" ;;
  esac
done
exit 0
