#!/bin/sh
# Every code a form may be told has a sentence. Letters are left out: their problems are for whoever writes a template.
cd "$1" || exit 2
find src -name '*.c' ! -name desk-letter.c -exec cat {} + | tr '\n' ' ' \
  | grep -oE 'desk_problems_add \([^;,]*,[^;,]*, *"[a-z-]+"' | sed 's/.*"\([a-z-]*\)"$/\1/' | sort -u >"$2/problem-codes"
[ -s "$2/problem-codes" ] || { echo "no codes found"; exit 1; }
status=0
while read -r code; do
  grep -qE "\\{ \"(problem|refused)\", \"$code\"" src/app/desk-words.c || { echo "no words for $code"; status=1; }
done <"$2/problem-codes"

# Why a plan is not booked: what moved since, what stands in the way, and what the schema refuses.
grep -hoE 'add \(look, "[a-z]+", "[a-z-]+"' src/store/desk-plan-red.c | sed 's/.*"\([a-z-]*\)"$/\1/' >"$2/plan-red-codes"
sed -n '/^way /,/^}/p' src/store/desk-plan-red.c | grep -oE '"[a-z-]+"' | tr -d '"' >>"$2/plan-red-codes"
[ "$(sort -u "$2/plan-red-codes" | wc -l)" -ge 8 ] || { echo "no codes of plans that moved found"; exit 1; }
for code in $(sort -u "$2/plan-red-codes"); do
  grep -qE "\\{ \"plan-red\", \"$code\"" src/app/desk-words.c || { echo "no words for a plan that is $code"; status=1; }
done
{ grep -hoE '(tell \(booking, "[a-z]+"|refuse \(error), "[a-z-]+"' src/store/desk-plan*.c | sed 's/.*"\([a-z-]*\)"$/\1/'
  grep -hoE "ABORT, '[a-z-]+'" src/store/schema/004/3-plans.sql | sed "s/.*'\(.*\)'/\1/"; } >"$2/plan-codes"
[ "$(sort -u "$2/plan-codes" | wc -l)" -ge 15 ] || { echo "no codes of refused plans found"; exit 1; }
for code in $(sort -u "$2/plan-codes"); do
  grep -qE "\\{ \"(problem|refused)\", \"$code\"" src/app/desk-words.c || { echo "no words for the refusal $code"; status=1; }
done

# What the letters of data/letters are called, and what the schema of papers and money refuses.
for letter in data/letters/*.xml; do
  name=$(basename "$letter" .xml)
  grep -qF "{ \"letter\", \"$name\"" src/app/desk-words.c || { echo "no words for the letter $name"; status=1; }
done
# Those of journals cannot be met by anything the window does.
for code in $(grep -hoE "ABORT, '[a-z-]+'" src/store/schema/005/*.sql | sed "s/.*'\(.*\)'/\1/" | sort -u | grep -vE '^(journal-only-grows|number-reuse|merge-step|owner-is-fixed|issued-fixed|consent-fixed|quote-fixed|consent-begins-open)$'); do
  grep -qE "\\{ \"(problem|refused)\", \"$code\"" src/app/desk-words.c || { echo "no words for the refusal $code"; status=1; }
done
exit $status
