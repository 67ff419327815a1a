#!/bin/sh
# Keys typed right after Ctrl+K and Ctrl+F, before the window manager has given the new window the keyboard: not one is
# lost. The window manager is held until all are typed. keys.sh PROGRAM CTL FOLDER
program=$1 ctl=$2 folder=$3
set -u
rm -rf "$folder"; mkdir -p "$folder"
clinic=$folder/clinic.uketsuke
export GSK_RENDERER=cairo GDK_DEBUG=gl-disable GTK_A11Y=none GSETTINGS_BACKEND=memory GDK_BACKEND=x11
export XDG_CONFIG_HOME=$folder/config XDG_DATA_HOME=$folder/data LANGUAGE=en

fail () {
  echo "keys: $*" >&2
  kill -CONT "$wm"; [ -n "${pid:-}" ] && kill -9 "$pid" 2>/dev/null; kill "$wm" 2>/dev/null
  exit 1
}
key () { for k in "$@"; do xdotool key --clearmodifiers "$k"; sleep 0.5; done; }
wait_for () { # COMMAND: up to 40 seconds
  i=0
  until sh -c "$1" >/dev/null 2>&1; do
    i=$((i + 1)); [ $i -lt 200 ] || fail "waited in vain for: $1"
    sleep 0.2
  done
}

openbox >/dev/null 2>&1 & wm=$!
"$ctl" sample "$clinic" --patients 20 || fail "no sample"
"$program" "$clinic" > "$folder/program.txt" 2>&1 &
pid=$!
wait_for "xdotool search --onlyvisible --pid $pid"
xdotool windowactivate --sync "$(xdotool search --onlyvisible --pid "$pid" | tail -n 1)"
sleep 2

key alt+3
kill -STOP "$wm"
xdotool key --clearmodifiers ctrl+k
xdotool type --delay 20 'new patient'
sleep 1
kill -CONT "$wm"
wait_for "xdotool search --onlyvisible --pid $pid --name 'Search Everything'"
sleep 1
command -v import >/dev/null && import -window root "$folder/palette.png"
key Return
sleep 1
xdotool type --delay 30 '1985-04-03'
key Tab Tab
xdotool type --delay 30 'Quigleysmith'
key ctrl+s
wait_for "'$ctl' --clinic '$clinic' search quigleysmith | grep -q ."

# A name that nobody has, typed after Ctrl+F, becomes the name of the new patient.
sleep 1
xdotool key --clearmodifiers ctrl+f
xdotool type --delay 5 'Zwingenberger'
sleep 1
key ctrl+n
xdotool type --delay 30 '1985-04-04'
key ctrl+s
wait_for "'$ctl' --clinic '$clinic' search zwingenberger | grep -q ."
grep -E 'CRITICAL|WARNING' "$folder/program.txt" && fail "the program complained"
kill "$pid"; wait "$pid" 2>/dev/null
kill "$wm"
exit 0
