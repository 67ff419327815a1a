#!/bin/sh
# The sample clinic: the same for the same seed, sound, and of many nations.
. "$(dirname "$0")/tap.sh"

# All tables but the audit trail, which holds the time of making, the key, which is by chance, and where the file lies. When laboratory
# values were entered, letters issued and their patient changed is the time of making too.
dump () {
  for table in $(sqlite3 "$1" "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('audit', 'vault', 'series_home') ORDER BY name"); do
    echo "-- $table"
    case $table in
    lab_report | biohazard) sqlite3 "$1" "SELECT * FROM $table" | sed 's/|[0-9]\{10\}|/|made|/' ;;
    issued | issued_print | patient) sqlite3 "$1" "SELECT * FROM $table" | sed 's/|17[0-9]\{8\}\b/|made/g' ;;
    *) sqlite3 "$1" "SELECT * FROM $table" ;;
    esac
  done
}
for seed in 1 2; do
  run sample "$seed.uk" -n 12 -s $seed -d 2026-11-20; done_well "seed $seed"
done
run sample again.uk -n 12 --seed=1 --date=2026-11-20; done_well 'seed 1 again'
dump 1.uk > 1.txt; dump 2.uk > 2.txt; dump again.uk > again.txt
holds 'the same seed makes the same clinic' diff -q 1.txt again.txt
for clinic in 1 again; do run --clinic $clinic.uk papers; done_well 'and the same papers'; done
! diff -q 1.txt 2.txt > .out; result $? 'another seed makes another'

run sample big.uk -n 2500 --date 2026-11-22; done_well 'two and a half thousand, today a Sunday'
value () { # EXPECTED SQL NAME
  sqlite3 big.uk "$2" > .out 2> .err
  [ "$(cat .out)" = "$1" ]; result $? "$3"
}
value ok 'PRAGMA integrity_check' 'integrity'
value '' 'PRAGMA foreign_key_check' 'foreign keys'
value wal 'PRAGMA journal_mode' 'journal'
value 2500 'SELECT count (*) FROM patient' 'patients'
value 1 'SELECT count (DISTINCT nationality) >= 20 FROM patient' 'twenty nations'
value 0 "SELECT count (*) FROM patient p WHERE NOT EXISTS (SELECT 1 FROM patient_word w WHERE w.patient_id = p.id)" 'all can be found'
value 0 "SELECT count (*) FROM patient WHERE kana = '' OR passport = '' OR phone NOT LIKE '+%' OR zone NOT LIKE '%/%'" 'records are full'
value 1 "SELECT count (*) > 5 FROM patient WHERE given = ''" 'some have one name only'
value 1 'SELECT is_sample FROM clinic' 'marked as a sample'
value 11 'SELECT count (*) FROM staff' 'staff'
value culturing,failed,harvested "SELECT group_concat (status) FROM (SELECT DISTINCT status FROM lot ORDER BY 1)" 'lots in all stages'
value discarded,frozen,infused,infusing "SELECT group_concat (life) FROM (SELECT DISTINCT life FROM unit ORDER BY 1)" 'doses in all states'
value conditional,quarantine,rejected,released "SELECT group_concat (quality) FROM (SELECT DISTINCT quality FROM unit ORDER BY 1)" 'of all qualities'
value 1 'SELECT count (*) > 100 FROM reservation WHERE closed_at IS NULL' 'doses promised to visits'
value 1 'SELECT count (*) > 5 FROM hold' 'doses on hold'
value 2 "SELECT count (*) FROM plan WHERE status = 'proposed'" 'plans held as proposals'
value 1 "SELECT count (DISTINCT p.id) FROM plan p JOIN plan_hang h ON h.plan_id = p.id AND h.what = 'window' JOIN patient_window w ON w.id = h.row_id WHERE h.day NOT IN (w.first_day, w.last_day)" 'one of them red'
value 1 "SELECT count (*) >= 20 FROM visit WHERE date (starts_at + 32400, 'unixepoch') = '2026-11-22'" 'today is well filled'
value 1 "SELECT count (DISTINCT status) >= 5 FROM visit WHERE date (starts_at + 32400, 'unixepoch') = '2026-11-22'" 'in different states'
value 1 "SELECT count (*) >= 2 FROM (SELECT 1 FROM visit WHERE course_id > 0 AND type = 'infusion' GROUP BY course_id HAVING count (*) = 6)" 'courses of six'
value exempt,medical_visa,resident "SELECT group_concat (route) FROM (SELECT DISTINCT route FROM trip ORDER BY 1)" 'stays by three roads'
value 1 "SELECT count (*) > 20 FROM trip_companion" 'people who come along'
value 1 "SELECT count (*) >= 1 FROM trip WHERE entered_on <> '' AND departed_on = '' AND planned_departure < '2026-11-22' AND planned_departure <> ''" 'somebody who should have left'
value 1 "SELECT count (*) >= 1 FROM trip WHERE departed_on = '' AND permitted_until BETWEEN '2026-11-22' AND '2026-11-27'" 'a stay that ends soon'
value 1 "SELECT count (*) >= 1 FROM document WHERE state = 'requested' AND due_on < '2026-11-22' AND due_on <> ''" 'papers that did not come'
value 1 "SELECT count (*) = 2 FROM patient p JOIN patient q USING (family, given, birth, phone) WHERE p.id <> q.id" 'somebody who is registered twice'
value 0 "SELECT count (*) FROM visit WHERE status = 'done' AND date (starts_at + 32400, 'unixepoch') > '2026-11-22'" 'nothing is done in the future'
run --clinic big.uk verify; done_well 'verify'
run --clinic big.uk papers; done_well 'papers'
value 1 "SELECT count (*) > 100 FROM document WHERE digest <> '' AND media_type = 'application/pdf'" 'that came as PDF'
! grep -rlaE '%PDF-|endobj' big.uk.files > .out; result $? 'none of it in clear'
broken=$(find big.uk.files -name '*.enc' | head -n 1)
printf x | dd of="$broken" bs=1 seek=100 conv=notrunc 2> .err
run --clinic big.uk papers; fails 1 'damaged' 'a paper with one byte changed'
rm "$broken"; run --clinic big.uk papers; fails 1 'content' 'a paper that is gone'
plan
