#!/bin/sh
# How a patient stands, what a day brought, numbers passed over, and all of it as XML.
. "$(dirname "$0")/tap.sh"
export XDG_STATE_HOME="$work/state"

run sample c.uk -n 60 --date 2026-11-20; done_well 'sample'
chart=$(sqlite3 c.uk 'SELECT chart FROM patient WHERE id = 1')
run --clinic c.uk money --patient "$chart" --date 2026-11-20; done_well 'the balance of a patient'
says '^billed	JPY	[1-9]' 'says what was billed'
open=$(sed -n 's/^open	JPY	//p' .out)
known=$(sqlite3 c.uk "SELECT sum (total) - (SELECT sum (amount) FROM payment_part WHERE patient_id = 1) FROM invoice WHERE patient_id = 1 AND kind = 'invoice'")
[ "$open" = "$known" ]; result $? 'and what is open'
run --clinic c.uk money --patient nobody; fails 1 'nobody' 'a patient who is not there'
run --clinic c.uk money --date 2026-11-16; done_well 'a closed day'
says '^cash	JPY	300000	299900$' 'as expected and as counted'
run --clinic c.uk money --date 2026-11-20; done_well 'a day that is open'
says '^cash	USD	2000.00$' 'in each currency'
run --clinic c.uk print day-close --date 2026-11-16 --language en -o close.pdf; done_well 'the paper of a closed day'
says '^Y26-' 'has a number of the register'
pdftotext -layout close.pdf close.txt
holds 'says what differs' grep -q '300,000 *299,900 *−100' close.txt
holds 'and its receipts' grep -q "first R26-" close.txt
run --clinic c.uk print day-close --date 2026-11-20 -o open.pdf; fails 1 '' 'of an open day there is none'
absent 'no file of an open day' open.pdf
run --clinic c.uk numbers; done_well 'numbers of a sound clinic'
[ ! -s .out ]; result $? 'have no gap'

run --clinic c.uk export money -o all.xml; done_well 'export money'
run check all.xml; done_well 'is valid'
holds 'with every invoice' test "$(grep -c '<invoice ' all.xml)" = "$(sqlite3 c.uk 'SELECT count (*) FROM invoice')"
run --clinic c.uk export money --patient "$chart" -o one.xml; done_well 'export the money of one'
run check one.xml; done_well 'is valid too'
[ "$(grep -c '<account ' one.xml)" = 1 ]; result $? 'and of nobody else'
credit=$(sqlite3 c.uk "SELECT number FROM invoice WHERE kind = 'credit'")
run --clinic c.uk export invoice --number "$credit" -o credit.xml; done_well 'export a credit note'
run check credit.xml; done_well 'which is valid'
run --clinic c.uk export invoice --number N99-000001-X -o x.xml; fails 1 'N99' 'an invoice that is not there'
absent 'no file of what is not there' x.xml

run --clinic c.uk verify; done_well 'the sums are sound'
sqlite3 c.uk 'DROP TRIGGER invoice_fixed; UPDATE invoice SET net = net + 1, total = total + 1 WHERE id = 3'
run --clinic c.uk verify; fails 1 'money' 'an invoice written past the program'
says '^invoice-sum	N26-' 'is named'
plan
