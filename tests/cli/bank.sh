#!/bin/sh
# The proof of the bank: a sound clinic, one whose guards somebody dropped, and files that cannot be read.
. "$(dirname "$0")/tap.sh"

run sample c.uk -n 60 --date 2026-11-20; done_well 'sample'
run --clinic c.uk bank verify; done_well 'a sound bank'
[ "$(cat .out)" = ok ]; result $? 'is ok, in a word'
cp c.uk moved.uk
sqlite3 moved.uk "DROP TRIGGER placement_fixed; UPDATE placement SET row = 99 WHERE id = (SELECT min (id) FROM placement WHERE until IS NULL)"
run --clinic moved.uk bank verify; fails 1 'moved.uk' 'a unit moved past the program'
says '^no-such-place	[^	]*	' 'code, number and words'
[ "$(cut -f 2 .out | sort -u | wc -l)" = 1 ]; result $? 'of that unit alone'
cp c.uk stolen.uk
sqlite3 stolen.uk "DROP TRIGGER unit_life; UPDATE unit SET life = 'x' || char (10, 9) || 'y' WHERE id = 1"
run --clinic stolen.uk bank verify; fails 1 'stolen.uk' 'a state that no event made'
[ "$(grep -vc '^[a-z-]*	[^	]*	[^	]*$' .out)" = 0 ]; result $? 'stays one line of three fields each'

# One thing each, by its number.
lot=$(sqlite3 c.uk 'SELECT number FROM lot LIMIT 1'); unit=$(sqlite3 c.uk "SELECT number FROM unit WHERE life = 'infused' LIMIT 1")
count=$(sqlite3 c.uk 'SELECT number FROM stock_count LIMIT 1')
for thing in "lot $lot" "custody $unit" "stocktake $count"; do
  run --clinic c.uk export ${thing% *} --number "${thing#* }" -o "${thing% *}.xml"; done_well "export $thing"
  run check "${thing% *}.xml"; done_well 'is valid'
done
run --clinic c.uk export lot -o x.xml; fails 2 'number' 'a lot without its number'
run --clinic c.uk export lookback -u B99 -o x.xml; fails 1 'B99' 'a look-back that is not there'
absent 'no file of what is not there' x.xml
lookback=$(sqlite3 c.uk 'SELECT number FROM lookback LIMIT 1')
run --clinic c.uk print lookback --number "$lookback" -o lookback.pdf; done_well 'print a look-back'
[ "$(head -c 5 lookback.pdf)" = '%PDF-' ]; result $? 'which is a PDF'
run --clinic c.uk print lookback -u B99 -o none.pdf; fails 1 'B99' 'no paper of a look-back that is not there'
run --clinic c.uk print lookback -o none.pdf; fails 2 'number' 'a look-back is printed by its number'
absent 'no paper of what is not there' none.pdf

run --clinic none.uk bank verify; fails 2 'none.uk' 'a missing clinic'
echo 'Dear Sir' > text.uk; run --clinic text.uk bank verify; fails 2 'text.uk\|clinic' 'a foreign file'
head -c 60000 c.uk > short.uk; run --clinic short.uk bank verify; fails 2 '.' 'a truncated clinic'
run --clinic c.uk bank; fails 2 '.' 'bank alone'
run --clinic c.uk bank rob; fails 2 '.' 'another word'
run bank verify; fails 2 '.' 'no clinic'
"$ctl" --clinic moved.uk bank verify > /dev/full 2> .err; status=$?; fails 1 '.' 'standard output on a full disk'
plan
