#!/bin/sh
# From the passport's scan to the patient on file with a first consultation booked, by keys alone against the real
# program: counts the key presses beyond the scan itself. scan.sh PROGRAM CTL FOLDER
program=$1 ctl=$2 folder=$3
set -u
most=9
rm -rf "$folder"; mkdir -p "$folder"
clinic=$folder/clinic.uketsuke
export GSK_RENDERER=cairo GDK_DEBUG=gl-disable GTK_A11Y=none GSETTINGS_BACKEND=memory GDK_BACKEND=x11
export XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data LANGUAGE=en
presses=0

fail () { echo "scan: $*" >&2; [ -n "${pid:-}" ] && kill -9 "$pid" 2>/dev/null; kill "$wm" 2>/dev/null; exit 1; }
press () { # A chord counts each of its keys.
  for chord in "$@"; do
    xdotool key --clearmodifiers "$chord"
    presses=$((presses + $(printf '%s' "$chord" | tr '+' '\n' | grep -c .)))
    sleep 0.5
  done
}
scan () { # As a keyboard scanner types: each line with Return.
  for line in "$@"; do
    xdotool type --delay 8 "$line"
    xdotool key Return
  done
  sleep 1.5
}
wait_for () { # COMMAND: up to 40 seconds
  i=0
  until sh -c "$1" >/dev/null 2>&1; do
    i=$((i + 1)); [ $i -lt 200 ] || fail "waited in vain for: $1"
    sleep 0.2
  done
}

openbox >/dev/null 2>&1 & wm=$!
"$ctl" sample "$clinic" --patients 60 || fail "no sample"
"$program" "$clinic" > "$folder/program.txt" 2>&1 &
pid=$!
wait_for "xdotool search --onlyvisible --pid $pid"
xdotool windowactivate --sync "$(xdotool search --onlyvisible --pid "$pid" | tail -n 1)"
sleep 2

press ctrl+n
sleep 1
scan 'PPVNMNGUYEN<<THI<HONG<<<<<<<<<<<<<<<<<<<<<<<' 'C1234567<0VNM0002299F3201015<<<<<<<<<<<<<<04'
press ctrl+s
wait_for "'$ctl' --clinic '$clinic' search C1234567 | grep -q '2000-02-29.*VNM'"
chart=$("$ctl" --clinic "$clinic" search C1234567 | cut -f1)
sleep 1
press ctrl+b
sleep 1
press Return
wait_for "'$ctl' --clinic '$clinic' export patient --patient '$chart' -o - | grep -q '<visit[ >]'"
"$ctl" --clinic "$clinic" export patient --patient "$chart" -o - | grep -q 'consultation' || fail "another kind of visit"
grep -E 'CRITICAL|WARNING' "$folder/program.txt" && fail "the program complained"
kill "$pid"; wait "$pid" 2>/dev/null
kill "$wm"
echo "keys pressed beyond the scan: $presses"
[ "$presses" -le "$most" ] || fail "$presses keys; at most $most"
