#!/bin/sh
# Passport lines: fields in their order, problems after them, the exit status.
. "$(dirname "$0")/tap.sh"
one='P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<'
two='L898902C36UTO7408122F1204159ZE184226B<<<<<10'
cat > want <<'TEXT'
document P
type TD3
issuer UTO
family ERIKSSON
given ANNA MARIA
number L898902C3
nationality UTO
birth 1974-08-12
sex F
expiry 2012-04-15
warning expiry far-off
TEXT

mrz () { # TEXT, as printf writes it
  printf "$1" > lines
  run mrz --date 2026-03-15 < lines
  cp .out got
}
same () { # NAME
  done_well "$1"
  holds "$1: the fields" diff want got
}

mrz "$one\n$two\n"; same 'lines'
mrz "$one\r$two\r"; same 'a lone CR'
mrz "$one\r\n$two\r\n"; same 'CR and LF'
mrz "$one$two"; same '88 characters'

mrz 'P<IDNSATRIYA<SUDARPA<<<<<<<<<<<<<<<<<<<<<<<<\nP0012345<4IDN70<<<<9<3001019<<<<<<<<<<<<<<06\n'
done_well 'one name, a partial date, no sex'
says '^given$' 'an empty value leaves its name'
says '^birth 1970$' 'a partial date'
says '^sex X$' 'no sex is X'

mrz 'IDBEL592000112<2333<8501010010\n8501019M3301018BEL<<<<<<<<<<<4\nPEETERS<<JAN<<<<<<<<<<<<<<<<<<\n'
cp got .out
fails 1 'check digit' 'a wrong check digit'
says '^number 592000112233$' 'what was read is printed all the same'
says '^problem number check-digit$' 'with the field'
says '^problem composite check-digit$' 'and the composite'

mrz 'Anna Maria Eriksson\n'; fails 1 'machine-readable' 'no such lines'
mrz ''; fails 1 'machine-readable' 'nothing at all'
mrz '\377\376\000P<'; fails 1 'machine-readable' 'bytes that are no text'
head -c 1000000 /dev/urandom > lines
run mrz < lines; fails 1 'machine-readable' 'a million bytes of anything'
run mrz lines; fails 2 'usage' 'an argument'
plan
