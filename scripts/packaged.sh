#!/bin/sh
# Runs Admix from its package: its own Java and libraries lie beside this folder.
set -u

self=$0
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in
    /*) self=$link ;;
    *) self=${self%/*}/$link ;;
  esac
done
case $self in
  */*) root=$(cd "${self%/*}/.." && pwd -P) ;;
  *) root=$(cd .. && pwd -P) ;;
esac
java=$root/runtime/bin/java
lib=$root/lib
train=
. "$lib/launch.sh"
