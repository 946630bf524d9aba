# Sourced by ./admix and ./check. Sets and exports JAVA_HOME to a JDK 25.0.3 or a later 25, told by its `release` file.
# Earlier builds of 25 are passed over: their G1 can corrupt the heap in silence (JDK-8377811).

is_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    [ "$key" = JAVA_VERSION ] || continue
    case $value in
      '"25"' | '"25.0.0"' | '"25.0.1"' | '"25.0.2"' | '"25.0.0.'* | '"25.0.1.'* | '"25.0.2.'*) return 1 ;;
      '"25.'*) return 0 ;;
    esac
    return 1
  done <"$1/release"
  return 1
}

find_jdk() {
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /opt/java/* /opt/jdk*; do
    if [ -n "$candidate" ] && is_jdk "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  {
    echo "admix: no JDK 25.0.3 or later 25 was found (looked at JAVA_HOME, /usr/lib/jvm, ~/.sdkman, ~/.jdks, /opt)."
    if [ -r /etc/debian_version ] && [ "$(id -u)" = 0 ]; then
      echo "Install one with:  apt-get update && apt-get install -y openjdk-25-jdk-headless"
      echo "or, where Debian has none yet, temurin-25-jdk from adoptium.net."
    elif [ -r /etc/debian_version ]; then
      echo "Install one with:  sudo apt-get install openjdk-25-jdk-headless   (or temurin-25-jdk from adoptium.net)"
    else
      echo "Install one, for example from adoptium.net, or set JAVA_HOME to it."
    fi
    echo "Nothing was built or changed."
  } >&2
  return 1
}
