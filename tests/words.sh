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
exit $status
