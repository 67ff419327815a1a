#!/bin/sh
# Things that are no clinic file in the place of one, and several programs at one file.
. "$(dirname "$0")/tap.sh"

# Whatever lies there, the answer comes in time.
patient_run () {
  timeout 20 "$ctl" "$@" > "$work/.out" 2> "$work/.err" < /dev/null
  status=$?
}
refused () { # FILE PATTERN NAME
  for command in verify 'search a' 'export clinic -o out.xml' 'print consent -p P-000001 -o out.pdf'; do
    patient_run --clinic "$1" $command; fails 1 "$2" "$3: $command"
  done
  absent "$3: nothing is written" out.*
}
# The main file, without what only a log holds.
value () { # FILE SQL
  sqlite3 "$1" ".timeout 20000" "$2"
}

run sample c.uk -n 20 --date 2026-11-20; done_well 'sample'

mkdir folder.uk; refused folder.uk 'not a file' 'a folder'
mkfifo pipe.uk; refused pipe.uk 'not a file' 'a pipe'
refused /dev/null 'not a file' 'a device'
: > empty.uk; refused empty.uk 'not a clinic' 'an empty file'
ln -s nowhere.uk lost.uk; refused lost.uk 'lost.uk' 'a link to nothing'
ln -s loop.uk loop.uk; refused loop.uk 'loop.uk' 'a link to itself'
ln -s c.uk link.uk; patient_run --clinic link.uk verify; done_well 'a link to the clinic'
sqlite3 other.uk 'PRAGMA user_version = 1; CREATE TABLE clinic (a); CREATE TABLE patient (a)'
refused other.uk 'another program' 'a database of another program'
sqlite3 claims.uk 'PRAGMA application_id = 0x554b5453; PRAGMA user_version = 1; CREATE TABLE t (a)'
refused claims.uk 'no such table' 'a database that only claims to be ours'
patient_run sample folder.uk -n 2; fails 1 'exists' 'no sample over a folder'
patient_run sample pipe.uk -n 2; fails 1 'exists' 'nor over a pipe'
patient_run sample lost.uk -n 2; fails 1 'exists' 'nor through a link'

# A writer killed in the middle leaves its log: what it committed is there, what not is not.
mkfifo feed; sqlite3 c.uk < feed > ready.txt & writer=$!
exec 3> feed
echo "PRAGMA wal_autocheckpoint = 0; UPDATE patient SET family = 'ZZCOMMITTED' WHERE chart = 'P-000003';
      BEGIN IMMEDIATE; UPDATE patient SET family = 'ZZOPEN' WHERE chart = 'P-000004'; SELECT 'ready';" >&3
while ! grep -q ready ready.txt; do sleep 0.1; done
patient_run --clinic c.uk search P-000004; done_well 'reading while somebody writes'
! grep -q ZZOPEN .out; result $? 'shows nothing that is not committed'
kill -9 $writer; wait $writer 2> .err
exec 3>&-
[ -s c.uk-wal ]; result $? 'a killed writer leaves its log'
cp c.uk old.uk; cp c.uk-wal old.uk-wal
patient_run --clinic old.uk search P-000003; says 'ZZCOMMITTED' 'the log is read'
patient_run --clinic old.uk search P-000004; ! grep -q ZZOPEN .out; result $? 'and what was open is gone'
patient_run --clinic old.uk verify; done_well 'the file with its log is sound'
cp c.uk torn.uk; head -c 5000 c.uk-wal > torn.uk-wal
patient_run --clinic torn.uk verify; done_well 'so it is with a log that was cut'
cp c.uk noise.uk; head -c 100000 /dev/urandom > noise.uk-wal
patient_run --clinic noise.uk verify; done_well 'and with a log that is none'

# Two write at once, one reads: nobody fails, nothing is lost.
sqlite3 c.uk 'CREATE TABLE tally (n INTEGER)'
for desk in 1 2; do
  (for i in 1 2 3 4 5 6 7 8 9 10; do value c.uk 'INSERT INTO tally VALUES (1)' || echo failed; done) > "desk$desk.txt" 2>&1 &
done
for i in 1 2 3 4 5; do
  patient_run --clinic c.uk export clinic -o "busy$i.xml"; done_well "export $i while two write"
done
wait
[ ! -s desk1.txt ] && [ ! -s desk2.txt ] && [ "$(value c.uk 'SELECT count (*) FROM tally')" = 20 ]; result $? 'both have written all'
patient_run --clinic c.uk verify; done_well 'the file is sound after that'
plan
