#!/bin/sh
# plan: a problem in, plans out; what is hostile or contradicts itself is refused fast and in little memory. Needs bubblewrap.
. "$(dirname "$0")/tap.sh"

schema=$source/data/schema/plan.xsd
# problem ATTRIBUTES BODY
problem () {
  printf '<?xml version="1.0" encoding="UTF-8"?>\n<plan-problem xmlns="https://uketsuke.org/ns/plan/1" %s first="2026-05-01" last="2027-04-30">%s</plan-problem>\n' \
    "$1" "$2"
}
usual='<gap min="7" max="14"/><culture min="14" max="21" fresh-days="1" fresh-per-draw="1" release-days="14"/><stay days="30"/><travel before="1" after="1" home-days="7"/><closed first="2026-05-03" last="2026-05-06"/>'

run plan; fails 2 usage 'without a file'
run plan nowhere.xml; fails 1 'nowhere.xml' 'a file that is not there'
run --clinic c plan-patient; fails 2 '--patient' 'plan-patient without a patient'
if bwrap --unshare-all --ro-bind / / true 2> /dev/null; then
  problem 'strategy="one_draw" infusions="6"' "$usual" > good.xml
  holds 'the problem is valid' xmllint --noout --schema "$schema" good.xml
  run plan good.xml
  done_well 'plans are found'
  says '^1\. 3 trips, 37 days in Japan, last infusion on 2026-06-30$' 'the one with the fewest trips first'
  says '2026-05-23  infusion, fresh from draw 1' 'what an infusion is given from'
  says '^5\. 7 trips, 21 days in Japan, last infusion on 2026-07-09$' 'and the one with the fewest days'
  run plan good.xml -o answer.xml
  done_well 'they are written'
  holds 'the answer is valid' xmllint --noout --schema "$schema" answer.xml
  cp answer.xml .out
  says '<plan trips="3" days="37" draws="1" fresh="1" end="2026-06-30">' 'with the same numbers'
  run plan good.xml -o answer.xml; fails 1 'answer.xml' 'an answer is not overwritten'
  run plan good.xml -o answer.xml --force
  done_well 'but with --force'
  run plan good.xml -o -
  done_well 'standard output'
  says '<plan-answer ' 'has the document'

  problem 'strategy="one_draw" infusions="6"' "$usual<window first=\"2026-06-01\" last=\"2026-06-20\"/>" > tight.xml
  run plan tight.xml
  done_well 'nothing fits: an answer too'
  says '^Nothing fits' 'it says so'
  says '^  windows: without it' 'and what would help'
  run plan tight.xml -o tight-answer.xml
  done_well 'the conflict is written'
  holds 'and valid' xmllint --noout --schema "$schema" tight-answer.xml
  cp tight-answer.xml .out
  says '<relaxation rule="windows" in-conflict="true">' 'with the rule'

  problem 'strategy="banked" infusions="2"' "$usual<dose id=\"7\" ready=\"2026-05-01\" expiry=\"2026-12-31\" count=\"2\"/><paper code=\"viral\" good-until=\"2026-05-07\" for=\"infusion\"/>" > banked.xml
  run plan banked.xml
  says 'infusion, banked dose 7' 'from the bank'
  says 'too old by then, to be made anew: viral' 'what gets stale'

  problem 'strategy="one_draw" infusions="6"' '<gap min="14" max="7"/>' > wrong.xml
  run plan wrong.xml; fails 1 'gap_max: out-of-range' 'numbers that contradict each other'
  problem 'strategy="one_draw" infusions="0"' '' > wrong.xml
  run plan wrong.xml; fails 1 'infusions: out-of-range' 'no infusion'
  problem 'strategy="one_draw" infusions="-2147483648"' '<gap min="-5" max="7"/>' > wrong.xml
  run plan wrong.xml; fails 1 'infusions: negative, gap_min: negative' 'negative numbers, all of them named'
  problem 'strategy="one_draw" infusions="2000000000"' '' > wrong.xml
  run plan wrong.xml; fails 1 'infusions: too-many' 'two thousand million infusions'
  problem 'strategy="one_draw" infusions="99999999999999999999"' '' > wrong.xml
  run plan wrong.xml; fails 1 'line 2: .*infusions' 'a number that is none'
  sed 's/last="2027-04-30"/last="9999-12-31"/' good.xml > wrong.xml
  run plan wrong.xml; fails 1 'last: ' 'eight thousand years'
  sed 's/last="2027-04-30"/last="2026-04-30"/' good.xml > wrong.xml
  run plan wrong.xml; fails 1 'last: before-first' 'an end before the beginning'
  sed 's/one_draw/any/' good.xml > wrong.xml
  run plan wrong.xml; fails 1 'line 2: .*strategy' 'a strategy that nobody knows'
  sed 's/<gap /<gasp /' good.xml > wrong.xml
  run plan wrong.xml; fails 1 'line 2: .*gasp' 'an element that nobody knows'

  # A million windows: too large a document; and as many as one can hold.
  { problem 'strategy="one_draw" infusions="6"' "$usual" | sed 's/<\/plan-problem>//'
    yes '<window first="2026-06-01" last="2026-06-20"/>' | head -n 1000000; echo '</plan-problem>'; } > million.xml
  begun=$(date +%s%N)
  (ulimit -v 400000; exec "$ctl" plan million.xml) > .out 2> .err; status=$?
  taken=$((($(date +%s%N) - begun) / 1000000))
  fails 1 'larger than 1 MB' 'a million windows are refused, in 400 MB of address space'
  [ "$taken" -lt 1000 ]; result $? 'within a second'
  { head -c 1040000 million.xml | sed '$d'; echo '</plan-problem>'; } > many.xml
  begun=$(date +%s%N)
  (ulimit -v 400000; exec "$ctl" plan many.xml) > .out 2> .err; status=$?
  taken=$((($(date +%s%N) - begun) / 1000000))
  fails 1 'windows: too-many' 'as many as a document holds are refused'
  [ "$taken" -lt 1000 ]; result $? 'within a second'

  { echo '<!DOCTYPE plan-problem [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'; sed 1d good.xml; } > wrong.xml
  run plan wrong.xml; fails 1 'DOCTYPE' 'a DOCTYPE'
  printf '<!DOCTYPE plan-problem SYSTEM "file:///etc/passwd"><plan-problem/>' > wrong.xml
  run plan wrong.xml; fails 1 'DOCTYPE' 'a DOCTYPE from outside'
  head -c 300 good.xml > wrong.xml
  run plan wrong.xml; fails 1 'line ' 'a document that is cut off'
  echo 'no XML at all' > wrong.xml
  run plan wrong.xml; fails 1 'line 1' 'no XML'
  : > wrong.xml
  run plan wrong.xml; fails 1 'wrong.xml' 'an empty file'
  head -c 100000 /dev/urandom > wrong.xml
  run plan wrong.xml; fails 1 'wrong.xml' 'noise'
  cp answer.xml wrong.xml
  run plan wrong.xml; fails 1 'not a problem' 'an answer for a problem'
  i=0; while [ $i -lt 5000 ]; do printf '<a>'; i=$((i + 1)); done > wrong.xml
  run plan wrong.xml; fails 1 'line 1' 'elements without end'
  mkfifo pipe
  run plan pipe; fails 1 'pipe' 'a pipe is not waited for'
fi
"$ctl" sample small.uketsuke --patients 20 --date 2026-06-03 2> .err
run --clinic small.uketsuke plan-patient --patient nobody; fails 1 'nobody' 'a patient that is not'
chart=$("$ctl" --clinic small.uketsuke export clinic -o - | grep -o 'chart="[^"]*"' | head -n 1 | cut -d '"' -f 2)
run --clinic small.uketsuke plan-patient --patient "$chart" --template nothing; fails 1 'nothing' 'a course that is not'
run --clinic small.uketsuke plan-patient --patient "$chart" --template preventive --date 2026-06-03
done_well 'a patient of the clinic'
run --clinic small.uketsuke plan-patient --patient "$chart" --date 2026-06-03 -o patient.xml
done_well 'as XML'
holds 'that is valid' xmllint --noout --schema "$schema" patient.xml
run --clinic small.uketsuke plan-all --date 2026-06-03
done_well 'nobody waits'
says '^0 of 0 have a plan' 'and nobody has a plan'
sqlite3 small.uketsuke "INSERT INTO waiting (patient_id, type, priority, added_at) SELECT id, 'infusion', 1 + id % 3, id FROM patient WHERE id <= 6 AND merged_into IS NULL" 2> .err
run --clinic small.uketsuke plan-all --template preventive --date 2026-06-03
done_well 'six wait'
says ' of 6 have a plan' 'and are planned'
run --clinic small.uketsuke plan-all --template preventive --date 2026-06-03 -o all.xml
done_well 'as XML'
holds 'that is valid' xmllint --noout --schema "$schema" all.xml
path=$PATH
PATH=$work
run plan good.xml
PATH=$path
if [ -e good.xml ]; then fails 1 'bubblewrap' 'without bubblewrap nothing is read'; fi
plan
