# Sourced by ./admix of the source tree and by bin/admix of a package, with the arguments of the command. They have set:
# java (the program), lib (the folder of jars and caches).
# Answers go to stdout, everything else to stderr. ADMIX_JAVA_OPTS is passed to Java, for example -Xmx256m.

# Sets commands and service: the class path of either, in the order in which the caches were trained.
. "$lib/class-path.sh"

# The command: the first word that is neither an option nor an option's value.
command=
value=
for word in "$@"; do
  case $value$word in
    value*) value= ;;
    --home | --db | -c | --setting) value=value ;;
    -*) ;;
    *)
      command=$word
      break
      ;;
  esac
done

# The locale of the caller decides which characters may be drawn; Java itself always runs in UTF-8, so that every file name can be read.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *UTF-8* | *utf8* | *utf-8* | *UTF8*) set -- -Dadmix.utf8=true io.admix.cli.Main "$@" ;;
  *) set -- io.admix.cli.Main "$@" ;;
esac
if [ -t 2 ]; then
  columns=$(stty size 2>/dev/null <&2)
  set -- -Dadmix.stderr.terminal=true "-Dadmix.columns=${columns#* }" "$@"
fi
[ -t 1 ] && set -- -Dadmix.stdout.terminal=true "$@"

# A cache that does not fit this Java is passed over in silence (-Xlog:disable: the JVM's own warnings would go to stdout).
#
# The service: its libraries, a log of its own, both compilers. It lives long. A request within SQLite or a system call keeps the
# thread that carries it: there are more of those than processors, so that the others go on.
if [ "$command" = serve ]; then
  # shellcheck disable=SC2086
  LC_ALL=C.UTF-8 exec "$java" -XX:AOTCache="$lib/service.aot" -Xlog:disable --enable-native-access=ALL-UNNAMED \
    -Djdk.virtualThreadScheduler.parallelism=16 "-Dorg.sqlite.lib.path=$lib/sqlite" ${ADMIX_JAVA_OPTS:-} -cp "$service" "$@"
fi

# C1 alone: most commands end before optimised code pays for its making. A mix of 100,000 files spends half its processor time in
# the C2 compiler otherwise; planning 3,000,000 rows takes a third longer without it. -XX:TieredStopAtLevel=4 in ADMIX_JAVA_OPTS
# turns C2 on, for plans of tens of millions.
# shellcheck disable=SC2086
LC_ALL=C.UTF-8 exec "$java" -XX:AOTCache="$lib/admix.aot" -Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  --enable-native-access=ALL-UNNAMED "-Dorg.sqlite.lib.path=$lib/sqlite" ${ADMIX_JAVA_OPTS:-} -cp "$commands" "$@"
