#!/bin/sh
# From an empty slot to booked, by real keys: how many groups of keystrokes. A group is one key, or what is typed in one
# go. For somebody new, then for somebody who is on file. quick.sh PROGRAM CTL FOLDER
program=$1 ctl=$2 folder=$3
set -u
rm -rf "$folder"; mkdir -p "$folder"
clinic=$folder/clinic.uketsuke
export GSK_RENDERER=cairo GDK_DEBUG=gl-disable GTK_A11Y=none GSETTINGS_BACKEND=memory GDK_BACKEND=x11
export XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data LANGUAGE=en
groups=0 most=4

fail () {
  echo "quick: $*" >&2
  command -v import >/dev/null && import -window root "$folder/failed.png"
  [ -n "${pid:-}" ] && kill -9 "$pid" 2>/dev/null; kill "$wm" 2>/dev/null
  exit 1
}
key () { for k in "$@"; do xdotool key --clearmodifiers "$k"; sleep 0.4; done; }
group () { groups=$((groups + 1)); "$@"; sleep 1.5; }
typed () { xdotool type --delay 30 "$1"; }
wait_for () { # COMMAND: up to 40 seconds
  i=0
  until sh -c "$1" >/dev/null 2>&1; do
    i=$((i + 1)); [ $i -lt 200 ] || fail "waited in vain for: $1"
    sleep 0.2
  done
}
booked () { # FAMILY NAME, HOW MANY
  wait_for "[ \$(sqlite3 '$clinic' \"SELECT count (*) FROM visit v JOIN patient p ON p.id = v.patient_id WHERE p.family = '$1' AND v.status = 'booked'\") = $2 ]"
}

openbox >/dev/null 2>&1 & wm=$!
"$ctl" sample "$clinic" --patients 20 || fail "no sample"
"$program" "$clinic" > "$folder/program.txt" 2>&1 &
pid=$!
wait_for "xdotool search --onlyvisible --pid $pid"
xdotool windowactivate --sync "$(xdotool search --onlyvisible --pid "$pid" | tail -n 1)"
sleep 2

# A Tuesday seven weeks on, on an empty slot.
key alt+2
days=$(( (9 - $(date +%u)) % 7 + 49 ))
xdotool key --delay 120 --repeat "$days" Next
sleep 2
key Down Down

group key Return
group typed 'Quickstep Anna'
group key ctrl+n
group key Return
booked Quickstep 1
[ $groups -le $most ] || fail "$groups groups of keystrokes for somebody new"
echo "somebody new: $groups groups of keystrokes"

groups=0
sleep 1
key Down Down Down Down Down Down
group key Return
group typed 'quickst'
group key Return
group key Return
booked Quickstep 2
[ $groups -le $most ] || fail "$groups groups of keystrokes"
echo "somebody on file: $groups groups of keystrokes"

# As fast as keys go: Enter comes before the results are shown. It takes who is on file, and never makes somebody new.
on_file () { sqlite3 "$clinic" "SELECT count (*) FROM patient WHERE family LIKE '$1%'"; }
hasty () { xdotool type --delay 0 "$1"; xdotool key --delay 0 Return; sleep 1.5; }
key Down Down Down Down Down Down Down Down Down Down Down Down
key Return
hasty quickstep
key Return
booked Quickstep 3
[ "$(on_file quickstep)" = 1 ] || fail "a hasty Enter registered somebody"
key Down Down Down Down Down Down
key Return
hasty xqzz
key Return Return
[ "$(on_file xqzz)" = 0 ] || fail "Enter registered somebody whom nobody chose to register"

# By the arrows the new one is chosen; of two namesakes Enter takes none, the list is asked.
xdotool key --clearmodifiers ctrl+a
typed 'Quickstep Berta'
key Down Return
sleep 1
key Return
booked Quickstep 4
key Next Return
hasty quickstep
[ "$(sqlite3 "$clinic" "SELECT count (*) FROM visit v JOIN patient p ON p.id = v.patient_id WHERE p.family = 'Quickstep'")" = 4 ] || fail "booked for one of two namesakes"
key Return
sleep 1
key Return
booked Quickstep 5
[ "$(on_file quickstep)" = 2 ] || fail "$(on_file quickstep) of that name"
echo "hasty: nobody registered, nobody guessed"

grep -E 'CRITICAL|WARNING' "$folder/program.txt" && fail "the program complained"
kill "$pid"; wait "$pid" 2>/dev/null
kill "$wm"
exit 0
