#!/bin/sh
# The desk's day by keys alone, as a person would, against the real program; then the power goes. Everything the
# screen called saved must be there. Pictures of the way stay in the folder given.
# day.sh PROGRAM CTL FOLDER
program=$1 ctl=$2 folder=$3
set -u
rm -rf "$folder"; mkdir -p "$folder"
clinic=$folder/clinic.uketsuke
export GSK_RENDERER=cairo GDK_DEBUG=gl-disable GTK_A11Y=none GSETTINGS_BACKEND=memory GDK_BACKEND=x11
export XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data LANGUAGE=en

fail () { echo "day: $*" >&2; [ -n "${pid:-}" ] && kill -9 "$pid" 2>/dev/null; kill "$wm" 2>/dev/null; exit 1; }
key () { for k in "$@"; do xdotool key --clearmodifiers "$k"; sleep 0.25; done; }
say () { xdotool type --delay 30 "$1"; sleep 0.4; }
wait_for () { # COMMAND: up to 20 seconds
  i=0
  until sh -c "$1" >/dev/null 2>&1; do
    i=$((i + 1)); [ $i -lt 100 ] || fail "waited in vain for: $1"
    sleep 0.2
  done
}
start () {
  "$program" "$clinic" > "$folder/program.txt" 2>&1 &
  pid=$!
  wait_for "xdotool search --onlyvisible --pid $pid"
  window=$(xdotool search --onlyvisible --pid "$pid" | tail -n 1)
  xdotool windowactivate --sync "$window"
  sleep 1
}

openbox >/dev/null 2>&1 & wm=$!
"$ctl" sample "$clinic" --patients 60 || fail "no sample"
start

# A new patient: six fields, saved with Ctrl+S.
key alt+3 ctrl+n
say '1985-04-03'
key Tab Tab; say 'Quigleysmith'; key Tab; say 'Anna Maria'
key Tab Tab Tab Tab Tab Tab; say 'Ireland'
key ctrl+s
wait_for "'$ctl' --clinic '$clinic' search 'quigleysmith anna' | grep -q IRL"

chart=$("$ctl" --clinic "$clinic" search 'quigleysmith anna' | cut -f1)

# Her first visit, at the time that is offered; a warning wants a reason.
sleep 1; key ctrl+b; sleep 1
key Return; sleep 1
import_if_there () { command -v import >/dev/null && import -window root "$folder/$1.png"; }
import_if_there visit
visits () { "$ctl" --clinic "$clinic" export patient --patient "$chart" -o - | grep -c '<visit[ >]'; }
i=0
until [ "$(visits)" = 1 ]; do i=$((i + 1)); [ $i -lt 40 ] || fail "no visit was booked"; sleep 0.3; done

# Nothing misleading was printed, and then the power goes.
grep -E 'CRITICAL|WARNING' "$folder/program.txt" && fail "the program complained"
kill -9 "$pid"; wait "$pid" 2>/dev/null
"$ctl" --clinic "$clinic" verify || fail "the file is not sound"
"$ctl" --clinic "$clinic" search 1985-04-03 | grep -q 'QUIGLEYSMITH\|Quigleysmith' || fail "the patient is lost"

[ "$(visits)" = 1 ] || fail "the visit is lost"

# It opens again without a question.
start
kill "$pid"; wait "$pid" 2>/dev/null
kill "$wm"
exit 0
