# Sourced by ./admix of the source tree and by bin/admix of a package, with the arguments of the command. They have set:
# java (the program), lib (the folder of jars and caches), train (what makes the service's cache, or nothing).
# Answers go to stdout, everything else to stderr. ADMIX_JAVA_OPTS is passed to Java, for example -Xmx256m.

# Sets commands and service: the class path of either, in the order in which the caches were trained.
. "$lib/class-path.sh"

# The command: the first word that is neither an option nor an option's value. Where the catalogue is, as far as command line and
# environment tell.
command=
option=
home=${ADMIX_HOME:-${XDG_DATA_HOME:-${HOME:-}/.local/share}/admix}
database=${ADMIX_DB:-}
for word in "$@"; do
  if [ -n "$option" ]; then
    case $option in
      --home) home=$word ;;
      --db) database=$word ;;
    esac
    option=
    continue
  fi
  case $word in
    --home | --db | -c | --setting) option=$word ;;
    --home=*) home=${word#--home=} ;;
    --db=*) database=${word#--db=} ;;
    -*) ;;
    *) command=${command:-$word} ;;
  esac
done

# The service's cache takes longer to make than most commands run: only who serves waits for it, once.
if [ "$command" = serve ] && [ -n "$train" ] && [ ! -f "$lib/service.trained" ]; then
  case " $* " in
    *" --help "* | *" -h "*) ;;
    *)
      # It ends with 130 where it was interrupted, and then nothing is started; where there is no cache, the start is slower.
      "$train" "$java" "$lib" service || {
        status=$?
        [ "$status" -lt 128 ] || exit "$status"
      }
      ;;
  esac
fi

# The jar for Spark: a package has it, a source tree makes it for who asks.
spark_jar=$lib/spark/admix-spark.jar
if [ "$command" = spark ] && [ -n "$train" ]; then
  spark_jar=$root/spark/target/admix-spark.jar
  case " $* " in
    *" --help "* | *" -h "*) ;;
    *) "$root/scripts/build-spark.sh" "$root" || exit 1 ;;
  esac
fi

# The locale of the caller decides which characters may be drawn; Java itself always runs in UTF-8, so that every file name can be read.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *UTF-8* | *utf8* | *utf-8* | *UTF8*) set -- -Dadmix.utf8=true io.admix.cli.Main "$@" ;;
  *) set -- io.admix.cli.Main "$@" ;;
esac
[ "$command" != spark ] || set -- "-Dadmix.spark.jar=$spark_jar" "$@"
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

# C1 alone: most commands end before optimised code pays for its making. A mix of 100,000 of 300,000 files takes a tenth longer with C2,
# one of 1,000,000 of 3,000,000 a third less: both compilers where the catalogue is so large that plans and mixes of it will be (512 MiB),
# and where its size is not known here: PostgreSQL, no find(1). -XX:TieredStopAtLevel=4 (both) or =1 (C1 alone) in ADMIX_JAVA_OPTS decides
# otherwise.
tiers=-XX:TieredStopAtLevel=1
case " $* " in
  *" --help "* | *" -h "* | *" help "*) ;;
  *" plan "* | *" run "* | *" verify "* | *" task resume "* | *" dataset add "* | *" dataset rescan "*)
    case $database in
      jdbc:postgresql:*) catalogue= tiers=-XX:TieredStopAtLevel=4 ;;
      jdbc:sqlite:*) catalogue=${database#jdbc:sqlite:} catalogue=${catalogue%%\?*} ;;
      *) catalogue=$home/catalog.db ;;
    esac
    if [ -f "$catalogue" ]; then
      large=$(find "$catalogue" -size +1048576 2>/dev/null) && [ -z "$large" ] || tiers=-XX:TieredStopAtLevel=4
    fi
    ;;
esac
# shellcheck disable=SC2086
LC_ALL=C.UTF-8 exec "$java" -XX:AOTCache="$lib/admix.aot" -Xlog:disable -XX:+UseSerialGC $tiers \
  --enable-native-access=ALL-UNNAMED "-Dorg.sqlite.lib.path=$lib/sqlite" ${ADMIX_JAVA_OPTS:-} -cp "$commands" "$@"
