#!/bin/sh
# Every command on a small sample clinic, and what goes wrong with files.
. "$(dirname "$0")/tap.sh"

run sample c.uk -n 30 --date 2026-11-20; done_well 'sample'
run verify --clinic c.uk; done_well 'verify'
run sample c.uk -n 30; fails 1 'exists' 'an existing clinic is not overwritten'
family=$(sqlite3 c.uk "SELECT family FROM patient WHERE chart = 'P-000006'")
native=$(sqlite3 c.uk "SELECT family_native FROM patient WHERE chart = 'P-000006'")
run search --clinic=c.uk "$(echo "$family" | tr A-Z a-z)"; says "^P-000006	$family .*$native.*	JPN\$" 'search by name'
run --clinic c.uk search "$native"; says '^P-000006' 'search in its own script'
run --clinic c.uk search xyzzy; done_well 'nobody found is no error'
[ ! -s .out ]; result $? 'and prints nothing'
for what in inventory daysheet clinic; do
  run --clinic c.uk export $what --date 2026-11-20 -o $what.xml; done_well "export $what"
  run check $what.xml; done_well "check $what"
done
run --clinic c.uk export patient --patient P-000001 -o patient.xml; done_well 'export patient'
run export patient --patient P-000001 -o - --clinic c.uk; done_well 'export to standard output'
cp .out stdout.xml; run check stdout.xml; done_well 'which is valid too'
run --clinic c.uk export patient --patient NONE -o none.xml; fails 1 'NONE' 'no such chart number'
run --clinic c.uk export clinic -o clinic.xml; fails 1 'exist' 'an existing export is not overwritten'
run --clinic c.uk export clinic -o clinic.xml --force; done_well 'unless forced'
run --clinic c.uk export clinic -o nowhere/x.xml; fails 1 'nowhere' 'a folder that is not there'
run letters; done_well 'letters'
says '^consent	en ja' 'with their languages'
run --clinic c.uk letters -p P-000001 --date 2026-11-20; done_well 'what each lacks for a patient'
cp .out lacks; tab=$(printf '\t')
while IFS=$tab read -r letter languages missing; do
  case $letter in day-sheet*|day-close|pick-list*) continue ;; esac
  for language in en ja; do
    case " $languages " in *" $language "*) ;; *) continue ;; esac
    run --clinic c.uk print "$letter" -p P-000001 -l $language --date 2026-11-20 -o "$letter-$language.pdf"
    if [ -z "$missing" ]; then
      done_well "print $letter $language"
      holds 'a PDF that can be read' pdftotext "$letter-$language.pdf" -
    else
      fails 1 "$(echo "$missing" | sed 's/[,:].*//')" "$letter lacks something"; absent 'and is not there' "$letter-$language.pdf"
    fi
  done
done < lacks
run --clinic c.uk print consent -p P-000001 -l en -o number.pdf; done_well 'a letter'
paper=$(cat .out)
[ -n "$paper" ]; result $? 'has its number'
run --clinic c.uk reprint "$(echo "$paper" | tr A-Z a-z)" -o copy.pdf; done_well 'and is printed again by it'
[ "$(sqlite3 c.uk "SELECT group_concat (how || state, ' ') FROM issued_print JOIN issued i ON i.id = issued_id WHERE number = '$paper'")" = 'pdfdone pdfdone' ]
result $? 'as the register tells'
! cmp -s number.pdf copy.pdf; result $? 'with the mark of a copy'
run --clinic c.uk export register -o register.xml; done_well 'the register as XML'
run check register.xml; done_well 'which is valid'
grep -q "number=\"$paper\"" register.xml; result $? 'and names the letter'
run --clinic c.uk export patient -p P-000001 -o with.xml; grep -q '<issued_print ' with.xml; result $? 'so does the export of the patient'
run --clinic c.uk reprint Y99-1 -o none.pdf; fails 1 'Y99-1' 'no letter of that number'
run --clinic c.uk print visa-certificate -p P-000001 -l vi -o none.pdf; fails 1 'vi' 'a language it is not written in'
run --clinic c.uk print no-letter -p P-000001 -o none.pdf; fails 1 'no-letter' 'unknown letter'
chart=$(sqlite3 c.uk 'SELECT chart FROM patient WHERE merged_into IS NULL AND id NOT IN (SELECT patient_id FROM quote) LIMIT 1')
run --clinic c.uk print quote -p "$chart" -o none.pdf; fails 1 "$chart has no quote yet" 'who has no quote'
run --clinic c.uk print quote -p P-000001 --subject Q00-1 -o none.pdf; fails 1 'Q00-1' 'a quote that is not there'
absent 'no paper of what is not there' none.pdf
run --clinic c.uk print consent -p P-000001 -o consent-en.pdf; fails 1 'exist' 'an existing letter is not overwritten'
run --clinic c.uk print consent -p P-000001 -o -; done_well 'print to standard output'
[ "$(head -c 5 .out)" = '%PDF-' ]; result $? 'which is a PDF'
run --clinic c.uk print blackout -o blackout.pdf; done_well 'print the black-out pack'
head -c 5 blackout.pdf | grep -q '%PDF-'; result $? 'which is a PDF'
run --clinic c.uk print blackout -o blackout.pdf; fails 1 'exist' 'an existing pack is not overwritten'
run --clinic c.uk print blackout -p P-000001 -o one.pdf; fails 2 'no single patient' 'the pack is of no single patient'
run --clinic c.uk print consent -o none.pdf; fails 2 'patient' 'a letter is of a patient'

run --clinic none.uk verify; fails 1 'none.uk' 'a missing clinic'
run --clinic . verify; fails 1 'not a file' 'a folder as clinic'
echo 'Dear Sir or Madam' > text.uk; run --clinic text.uk search a; fails 1 'not a clinic' 'a foreign file'
sqlite3 other.uk 'CREATE TABLE t (a)'; run --clinic other.uk verify; fails 1 'another program' 'a foreign database'
head -c 60000 c.uk > short.uk; run --clinic short.uk verify; fails 1 'cut off' 'a truncated clinic'
cp c.uk new.uk; sqlite3 new.uk 'PRAGMA user_version = 99' > .out; run --clinic new.uk export clinic -o n.xml; fails 1 'newer' 'a newer clinic'
cp c.uk forged.uk; sqlite3 forged.uk "DROP TRIGGER audit_fixed; UPDATE audit SET action = 'x'"
run --clinic forged.uk verify; fails 1 'audit trail' 'a forged audit trail'
run check text.uk; fails 1 'text.uk\|line' 'check of what is no XML'
head -c 2000 clinic.xml > cut.xml; run check cut.xml; fails 1 '.' 'check of a truncated export'
absent 'no export of a newer clinic' n.xml

mkdir ro; cp c.uk ro/c.uk; chmod a-w ro/c.uk ro
run --clinic ro/c.uk search "$native"; says '^P-000006' 'a read-only clinic can be searched'
run --clinic ro/c.uk export clinic -o ro.xml; done_well 'and exported'
holds 'and stays as it was' cmp c.uk ro/c.uk

"$ctl" --clinic c.uk export clinic -o - > /dev/full 2> .err; status=$?; fails 1 '.' 'standard output on a full disk'
"$ctl" --clinic c.uk search a > /dev/full 2> .err; status=$?; fails 1 'standard output' 'a list on a full disk'
(ulimit -f 40; "$ctl" --clinic c.uk export clinic -o full.xml > .out 2> .err); status=$?; fails 1 '.' 'an export on a full disk'
(ulimit -f 200; "$ctl" sample full.uk -n 30 > .out 2> .err); status=$?; fails 1 '.' 'a sample on a full disk'
absent 'leave nothing behind' full* .full*
mkdir plain; run sample plain/x/c.uk; fails 1 'x' 'a sample in no folder'
mkdir -p taken.uk.files; run sample taken.uk -n 2; fails 1 'taken.uk.files' 'papers of another clinic are not mixed in'

"$ctl" sample stopped.uk -n 200000 > .out 2> .err & pid=$!
while [ ! -e "$(echo stopped.uk.*.part)" ] && kill -0 $pid; do sleep 0.1; done
kill -INT $pid; wait $pid; status=$?; fails 1 'ancel' 'a sample that is stopped'
absent 'leaves nothing' stopped*

# Names as no passport has them: markup, line ends and tabs, ten thousand letters.
long=$(printf '%010000d' 0 | tr 0 W)
sqlite3 c.uk "UPDATE patient SET family = '<b>&amp;' || char (9, 10, 7) || 'X' WHERE chart = 'P-000006';
              UPDATE patient SET family = '$long', family_native = '漢' || '$long' WHERE chart = 'P-000005'" > .out
run --clinic c.uk search P-000006; done_well 'search finds an odd name'
[ "$(wc -l < .out)" = 1 ] && [ "$(tr -cd '\t' < .out | wc -c)" = 4 ]; result $? 'as one line of five fields'
run --clinic c.uk search P-000005; says "$(printf '%.100s' "$long")" 'search finds a long name'
run --clinic c.uk export clinic -o odd.xml; done_well 'export of odd names'
run check odd.xml; done_well 'is valid'
run --clinic c.uk print consent -p P-000006 -o odd.pdf; done_well 'a letter for an odd name'
run --clinic c.uk print consent -p P-000005 -o long.pdf; done_well 'a letter for a long name'
plan
