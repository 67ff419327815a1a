#!/bin/sh
# Labels and the command sheet as PDF, the codes read back with other people's readers.
. "$(dirname "$0")/tap.sh"

matrix () { # PDF CODE WORDS
  pdftoppm -png -singlefile -r 300 "$1" "${1%.pdf}" && dmtxread -N1 -m4000 "${1%.pdf}.png" > .read
  [ "$(cat .read)" = "$2" ]; result $? "$3"
}

run sample c.uk -n 60 --date 2026-11-20; done_well 'sample'
unit=$(sqlite3 c.uk "SELECT number FROM unit WHERE quality = 'released' AND life = 'frozen' ORDER BY id LIMIT 1")
shut=$(sqlite3 c.uk "SELECT number FROM unit WHERE quality = 'quarantine' ORDER BY id LIMIT 1")
lot=$(sqlite3 c.uk "SELECT number FROM lot WHERE id = (SELECT lot_id FROM unit WHERE number = '$unit')")
for size in 25x13 50x25; do
  run --clinic c.uk labels "$unit" --size $size -o $size.pdf; done_well "a unit on $size"
  matrix $size.pdf "$unit" 'read back byte for byte'
done
pdftotext -raw 50x25.pdf - | tr -d '[:space:]' > .words
grep -q 'COPY,NOTALABEL' .words; result $? 'it says that it is a copy'
grep -q 'FORAUTOLOGOUSUSEONLY' .words; result $? 'and whose alone the cells are'
run --clinic c.uk labels "$lot" -o lot.pdf; done_well 'every unit of a lot'
[ "$(pdfinfo lot.pdf | sed -n 's/^Pages: *//p')" -ge 1 ]; result $? 'a page each'
run --clinic c.uk labels "$unit" --size release -o tag.pdf; done_well 'a release tag'
matrix tag.pdf "$unit" 'read back'
if [ -n "$shut" ]; then
  run --clinic c.uk labels "$shut" --size release -o no.pdf; fails 1 'not released' 'no tag for what is not released'
  [ ! -e no.pdf ]; result $? 'and no file'
fi
run --clinic c.uk labels P-000001 --size card -o card.pdf; done_well 'a card'
matrix card.pdf P-000001 'read back'
pdftoppm -png -singlefile -r 300 card.pdf card && [ "$(zbarimg -q --raw -Scode128.enable=1 card.png | head -n 1)" = P-000001 ]
result $? 'and by its Code 128'
run --clinic c.uk labels P-000001 --size wristband -o band.pdf; done_well 'a wristband'
run sample now.uk -n 20; done_well 'a clinic of today'
soon=$(sqlite3 now.uk "SELECT p.chart FROM visit v JOIN patient p ON p.id = v.patient_id
  WHERE v.status = 'booked' AND v.starts_at > unixepoch () + 86400 ORDER BY v.starts_at LIMIT 1")
run --clinic now.uk labels "$soon" --size appointment -o appointment.pdf; done_well 'an appointment card'
pdftotext -raw appointment.pdf - | grep -q 'NEXT VISITS'; result $? 'says when'
pdftoppm -png -singlefile -r 300 appointment.pdf appointment && [ "$(zbarimg -q --raw -Sdisable -Sqrcode.enable=1 appointment.png)" = "$soon" ]
result $? 'and whose it is by its QR code'
run --clinic c.uk labels P-000001 --size address -o address.pdf; done_well 'an address label'
run --clinic c.uk labels P-000001 --size 25x13 -o no.pdf; fails 1 '25x13' 'no card on a vial label'
run --clinic c.uk labels NOBODY -o no.pdf; fails 1 'NOBODY' 'a code that nothing has'
run --clinic c.uk labels '^A99991712345600' -o no.pdf; fails 1 'layout' 'a mangled code'
run --clinic c.uk labels "$unit" --size 1x1 -o no.pdf; fails 2 'size' 'no such size'
run --clinic c.uk labels "$unit" -o 25x13.pdf; fails 1 'exist' 'a file that is there is not overwritten'
run command-sheet -o sheet.pdf; done_well 'the command sheet'
pdftoppm -png -singlefile -r 150 sheet.pdf sheet && dmtxread -n -m20000 sheet.png > .read
[ "$(grep -c '^DO-' .read)" -ge 11 ]; result $? 'every command can be read'
plan
