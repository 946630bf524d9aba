#!/bin/sh
# Makes dist/admix-VERSION-linux-ARCH.tar.gz: Admix with its own Java, which runs where there is no JDK, no Maven and no network.
# Run as ./admix package, which has built LIB and exported JAVA_HOME. Usage: package.sh ROOT LIB [FOLDER]; FOLDER is dist by default.
set -u
root=$1 lib=$2
shift 2
case ${1:-} in
  -*)
    cat <<'END'
Makes an archive of Admix with its own Java, for machines without JDK, Maven and network.
  ./admix package [FOLDER]

FOLDER is where it goes, dist in the source tree by default. It runs on this architecture and C library, or a later one.
END
    [ "$1" = --help ] || [ "$1" = -h ] || exit 2
    exit 0
    ;;
esac
dist=${1:-$root/dist}

refuse() {
  echo "admix: $1 Nothing was made." >&2
  exit 2
}
[ "$(uname -s)" = Linux ] || refuse "a package can be made on Linux only; this is $(uname -s)."
[ -x "$JAVA_HOME/bin/jlink" ] || refuse "a package needs jlink, and the JDK in $JAVA_HOME has none. Install a full JDK 25, on Debian: apt-get install openjdk-25-jdk-headless; or set JAVA_HOME to one."
tar --version 2>/dev/null | grep -q GNU || refuse "a package needs GNU tar."
mkdir -p "$dist" || exit 1
dist=$(cd "$dist" && pwd -P)

version=$("$JAVA_HOME/bin/java" -cp "$lib/admix-cli.jar:$lib/*:$lib/command/*" io.admix.cli.Main --version) || exit 1
# Java is built for one C library.
case $(ldd "$JAVA_HOME/bin/java" 2>/dev/null) in
  *ld-musl*) c_library='the musl C library' musl=-musl ;;
  *) c_library='the GNU C library' musl= ;;
esac
name=admix-${version#admix }-linux-$(uname -m)$musl
work=$(mktemp -d "$dist/.package.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
made=$work/$name

failed() {
  tail -n 20 "$work/log" >&2
  echo "admix: $1 failed. Nothing was made." >&2
  exit 1
}

echo "Packaging $name (a minute) ..." >&2

# The bill of materials and the licences of all libraries. Builds of the same tree wait until what is copied out of it is copied.
if command -v flock >/dev/null 2>&1; then
  exec 9>"$root/cli/target/app/lock"
  flock 9
fi
# --sun-misc-unsafe-memory-access: Maven 3.8 would warn on every start.
MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
  mvn -q -B -ntp -f "$root/pom.xml" -pl cli,server -am -DskipTests -Dadmix.without-tests=true package >"$work/log" 2>&1 || failed "listing the licences (mvn package)"

# All of Java SE, so that no library misses a part, and of the JDK's own what they and an operator use: jcmd, flight recordings, Kerberos.
modules=java.se,jdk.charsets,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs
mkdir -p "$made/bin" "$made/licences" "$made/deploy"
# Not --strip-debug: it strips Java's own libraries too, by objcopy, which slim machines lack.
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages --output "$made/runtime" >"$work/log" 2>&1 || failed "jlink"

cp -R "$lib" "$made/lib" && rm -rf "$made"/lib/*.aot "$made"/lib/*.log "$made"/lib/*.trained "$made"/lib/*.lock "$made"/lib/*.training* || exit 1
"$root/scripts/build-spark.sh" "$root" && mkdir -p "$made/lib/spark" && cp "$root/spark/target/admix-spark.jar" "$made/lib/spark/" || exit 1
cp "$root/scripts/packaged.sh" "$made/bin/admix" && chmod 755 "$made/bin/admix" && cp "$root/scripts/launch.sh" "$made/lib/" || exit 1
cp "$root/README.md" "$root/CHANGELOG.md" "$root/ARCHITECTURE.md" "$made/" && cp -R "$root/docs" "$root/examples" "$made/" || exit 1
cp "$root/deploy/admix.service" "$root/deploy/Containerfile" "$made/deploy/" || exit 1
# What stands in the source tree alone keeps its words and loses its link.
sed -i 's/\[\([^]]*\)\](\.\.\/bench[^)]*)/\1 (in the source tree)/g' "$made/docs/benchmarks.md" || exit 1
for module in cli server; do
  cp "$root/$module/target/bom.json" "$made/licences/$module.bom.json" && cp "$root/$module/target/licences.txt" "$made/licences/$module.txt" || exit 1
done
exec 9>&-
cp "$root"/licences/*.txt "$made/licences/" || exit 1
"$root/scripts/licences.sh" "$root/licences" "$made/lib" "$made/licences/cli.txt" "$made/licences/server.txt" >"$work/log" || failed "finding the licences' texts"
for licence in "$root"/LICENSE* "$root"/NOTICE*; do
  [ ! -f "$licence" ] || cp "$licence" "$made/" || exit 1
done
cat >"$made/licences/README.txt" <<'END'
lib/spark/admix-spark.jar holds some of the libraries of cli.txt, most under other package names.
cli.txt, server.txt: the libraries in lib/ and their licences; *.bom.json: the same as CycloneDX bills of materials.
The licences themselves stand in each library's jar below META-INF; where a jar has none, here: by the library's name, otherwise
Apache-2.0.txt and EPL-2.0.txt. Logback and Jakarta Annotations are used under the EPL. Those of Java stand in runtime/legal.
picocli (Apache License 2.0) is changed: its classes were rewritten as Java 8 class files with stack maps, so that a start-up cache
can hold them. What they do is unchanged.
END

# One time for all files, that of the source: the caches know jars by size and time, which tar keeps.
time=$(git -C "$root" log -1 --format=%ct 2>/dev/null) || time=$(date +%s -r "$lib/admix-cli.jar")
find "$made" -exec touch -h -d "@$time" {} +
for kind in commands service; do
  "$root/scripts/train.sh" "$made/runtime/bin/java" "$made/lib" "$kind" 2>"$work/train.log" || {
    cp "$made/lib/$kind.log" "$work/log"
    failed "making the start-up cache of $kind"
  }
done
rm -f "$made"/lib/*.trained "$made"/lib/*.lock "$made"/lib/*.log

# What the machine must have besides its C library: Debian's Java, for one, uses the system's zlib. Left out are the parts of Java that draw,
# play and read smart cards, which nothing here loads, and what the package brings.
brought=$(find "$made/runtime" "$made/lib" -name '*.so*' -exec basename {} \;)
needed=$(find "$made/runtime/bin" "$made/runtime/lib" "$made/lib/sqlite" -type f \( -path '*/bin/*' -o -name '*.so' -o -name jspawnhelper \) \
  ! -name 'libawt*' ! -name 'libjawt*' ! -name 'libjsound*' ! -name 'libsplashscreen*' ! -name 'libfontmanager*' ! -name 'libfreetype*' \
  ! -name 'libharfbuzz*' ! -name 'liblcms*' ! -name 'libj2pcsc*' ! -name 'libjavajpeg*' ! -name 'libmlib_image*' -exec ldd {} + 2>/dev/null |
  sed -n 's/^[[:space:]]\{1,\}\([^ /]*\.so[^ ]*\).*/\1/p' | sort -u |
  grep -vxF "$brought" | grep -vE '^(linux-vdso|linux-gate|ld-linux.*|ld-musl.*|libc|libm|libdl|libpthread|librt|libresolv|libutil|libc\.musl.*)\.so' | tr '\n' ' ')
echo "$needed" >"$made/lib/needs.txt"
if ! command -v ldd >/dev/null 2>&1; then
  needs="$c_library; what else was not looked at, since ldd is not here"
elif [ -n "$needed" ]; then
  needs="$c_library and $needed"
else
  needs="$c_library, and nothing else"
fi

archive=$dist/$name.tar.gz
tar -C "$work" --sort=name --mtime="@$time" --owner=0 --group=0 --numeric-owner --mode=u+rwX,go+rX,go-w -I 'gzip -n' -cf "$work/archive" "$name" 2>"$work/log" || failed "tar"
mv "$work/archive" "$archive" || exit 1
size=$(du -m "$archive") unpacked=$(du -sm "$made")
cat <<END
$archive  (${size%%[!0-9]*} MB, ${unpacked%%[!0-9]*} MB unpacked)
sha256 $(sha256sum <"$archive" | cut -d' ' -f1)

Install:  tar -xf $name.tar.gz -C /opt && ln -s /opt/$name/bin/admix /usr/local/bin/admix
It needs Linux on $(uname -m) with ${needs% }.
END
