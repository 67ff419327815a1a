# What the tests of the command line share. The program under test is $ctl; $work is an empty folder.
set -u
export LC_ALL=C.UTF-8 LANGUAGE=
ctl=$(realpath "$1")
source=$(realpath "$2")
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 2
number=0

# Runs the program; leaves its status, standard output and standard error for the checks.
run () {
  "$ctl" "$@" > "$work/.out" 2> "$work/.err"
  status=$?
}
result () { # STATUS NAME
  number=$((number + 1))
  if [ "$1" = 0 ]; then
    echo "ok $number - $2"
  else
    echo "not ok $number - $2"
    sed 's/^/# out: /' .out | head -n 5
    sed 's/^/# err: /' .err | head -n 5
  fi
}
done_well () { # NAME: nothing to say on standard error
  [ "$status" = 0 ] && [ ! -s .err ]
  result $? "$1"
}
# One line that says why, and not the words of a library alone.
fails () { # STATUS PATTERN NAME
  [ "$status" = "$1" ] && [ "$(wc -l < .err)" = 1 ] && grep -q '^uketsukectl: ' .err && grep -qe "$2" .err
  result $? "$3"
}
says () { # PATTERN NAME
  grep -qe "$1" .out
  result $? "$2"
}
holds () { # NAME COMMAND…
  name=$1; shift
  "$@" > .out 2> .err
  result $? "$name"
}
absent () { # NAME FILE…
  name=$1; shift
  ls -A "$@" > .out 2> .err
  [ ! -s .out ]
  result $? "$name"
}
plan () {
  echo "1..$number"
}
