#!/bin/sh
# Holds that every library has the text of its licence: its jar carries it, or TEXTS has one by the library's name or its first word (its own copyright stands
# in it), or by the licence's (Apache 2.0, EPL 2.0: the same for all). Usage: licences.sh TEXTS LIB LIST...; names what lacks one and ends with 1.
set -u
texts=$1 lib=$2
shift 2

has_text() { # jar, line of the list, artifact
  grep -aqE '(META-INF/([A-Za-z0-9._-]+/)*|[^A-Za-z0-9._/-])(LICEN[SC]E|[Ll]icen[sc]e)(\.[a-z]+|[^A-Za-z0-9]|PK)' "$1" && return
  if [ -f "$texts/$3.txt" ] || [ -f "$texts/${3%%-*}.txt" ]; then
    return
  fi
  case $2 in
    *"(Apache"*2.0\)* | *"(The Apache"*2.0\)*) [ -f "$texts/Apache-2.0.txt" ] ;;
    *"(EPL-2.0)"* | *"(EPL 2.0)"*) [ -f "$texts/EPL-2.0.txt" ] ;;
    *) false ;;
  esac
}

# A line: (Licence) (Licence) Name (group:artifact:version - URL)
lacking=$(sed -n 's/^ *\((.*) .* ([^:()]*:\([^:]*\):\([^: ]*\) - .*)\)$/\2 \3 \1/p' "$@" | sort -u | while read -r artifact version line; do
  jar=$(find "$lib" -name "$artifact-$version.jar" | head -n 1)
  if [ -z "$jar" ]; then
    echo "$artifact $version: no such jar"
  elif ! has_text "$jar" "$line" "$artifact"; then
    echo "$line"
  fi
done)
[ -n "$lacking" ] || exit 0
printf 'No text of their licence was found:\n%s\n' "$lacking"
exit 1
