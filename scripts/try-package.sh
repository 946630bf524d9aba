#!/bin/sh
# Makes a package and tries it: unpacked elsewhere, in an empty environment, with another home and no JDK in sight; as root also within a
# root folder that holds a shell, the C library and the package, and nothing else. Takes some minutes; ./check tries the launcher alone.
# Usage: scripts/try-package.sh [ARCHIVE]; without one it makes the package.
set -u
source=$(cd "${0%/*}/.." && pwd -P)
work=$(mktemp -d) || exit 1
serving=
clean_up() {
  [ -z "$serving" ] || kill "$serving" 2>/dev/null
  umount "$work/root/proc" 2>/dev/null
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if [ $# -gt 0 ]; then
  archive=$1
else
  "$source/admix" package "$work/dist" || exit 1
  archive=$(echo "$work"/dist/*.tar.gz)
fi

root=$work/root
mkdir -p "$root/opt" "$root/home" "$root/tmp" "$root/proc" "$root/dev" "$root/bin"
tar -xf "$archive" -C "$root/opt" || exit 1
package=$(echo "$root"/opt/admix-*)
if [ "$(id -u)" = 0 ]; then
  shell=$(readlink -f /bin/sh)
  cp "$shell" "$root/bin/sh"
  for program in "$shell" "$package/runtime/bin/java" "$package/runtime/lib/server/libjvm.so" "$package"/runtime/lib/libzip.so "$package"/lib/sqlite/*.so; do
    for library in $(ldd "$program" 2>/dev/null | grep -o '/[^ ]*' | grep -v "^$root"); do
      mkdir -p "$root${library%/*}" && cp -L "$library" "$root$library"
    done
  done
  mknod -m 666 "$root/dev/null" c 1 3
  mknod -m 666 "$root/dev/urandom" c 1 9
  mknod -m 666 "$root/dev/random" c 1 8
  mount -t proc proc "$root/proc" || exit 1
  admix() { env -i PATH=/bin HOME=/home ADMIX_JAVA_OPTS=-XX:AOTMode=on chroot "$root" "${package#"$root"}/bin/admix" "$@"; }
  home=/home
else
  echo "try-package: not root, so with this machine's root folder" >&2
  admix() { env -i PATH=/usr/bin:/bin "HOME=$root/home" ADMIX_JAVA_OPTS=-XX:AOTMode=on "$package/bin/admix" "$@"; }
  home=$root/home
fi

try() {
  # -XX:AOTMode=on: a start-up cache that does not fit is a failure, not a slow start.
  echo "try-package: admix $*"
  admix "$@" >"$work/out" 2>&1 || { cat "$work/out"; echo "try-package: FAILED: admix $*" >&2; exit 1; }
}
try --help
try demo
cat >"$root/home/recipe.yaml" <<END
name: tried
total: 100
target: $home/tried
sources:
  - {dataset: demo-reviews, weight: 1}
  - {dataset: demo-code, weight: 1}
END
try plan "$home/recipe.yaml"
try run "$home/recipe.yaml"
try verify tried
try task list

echo "try-package: admix serve"
port=$((20000 + $$ % 20000))
admix serve --quiet --port "$port" >"$work/out" 2>&1 &
serving=$!
waited=0
until curl -sf "http://127.0.0.1:$port/health/ready" >/dev/null; do
  sleep 0.1
  waited=$((waited + 1))
  [ "$waited" -lt 600 ] && kill -0 "$serving" 2>/dev/null || { cat "$work/out"; echo "try-package: FAILED: admix serve" >&2; exit 1; }
done
echo "try-package: ready within about $((waited / 10 + 1)) s"
echo "try-package: all passed"
