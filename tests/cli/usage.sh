#!/bin/sh
# Help, man page, wrong usage, and what the program is made of.
. "$(dirname "$0")/tap.sh"

run --help
done_well 'help'
for command in sample search export check print reprint letters letter-text letter-save mrz labels calendar command-sheet papers plan plan-patient plan-all intake-scan verify money numbers; do
  grep -qE "^  (--clinic FILE )?$command( |\$)" .out
  result $? "help names $command"
done
# The commands and options of the help text stand word for word in the man page.
man=$source/data/uketsukectl.1
sed 's/\\-/-/g; s/\\&//g' "$man" | sed -n 's/^\.B //p' | sort > man.txt
sed -n 's/^  \(\(--clinic FILE \)\{0,1\}[a-z].*\)$/\1/p; s/^  \(-[a-zA-Z], --[a-z-]*\(=[A-Z]*\)\{0,1\}\) .*$/\1/p' .out | sort > help.txt
grep -E '^(-[a-zA-Z], |--clinic|[a-z-]+ [A-Z]|letters|mrz |command-sheet )' man.txt > man-list.txt
holds 'help text and man page agree' diff help.txt man-list.txt
run --version
says '^uketsukectl [0-9]' 'version'
ldd "$ctl" > .out
! grep -qE 'libgtk|libadwaita|libgdk|libpoppler' .out
result $? 'no window toolkit is linked'

run; fails 2 'no command' 'no command'
run frobnicate; fails 2 'frobnicate' 'unknown command'
run verify; fails 2 '--clinic' 'an option that must be there'
run sample; fails 2 'usage' 'too few arguments'
run sample a b; fails 2 'usage' 'too many arguments'
run sample a --patients 0; fails 2 'patients' 'no patients'
run sample a --patients 1000001; fails 2 'patients' 'too many patients'
run sample a --patients -3; fails 2 'patients' 'negative patients'
run sample a --seed x; fails 2 'seed' 'a seed that is no number'
run sample a --date 2026-02-30; fails 2 'date' 'a day that does not exist'
run sample a --language en; fails 2 'language' 'an option of another command'
run sample --frob; fails 2 'frob' 'unknown option'
run sample a --seed; fails 2 'seed' 'an option without its value'
run --clinic c export everything -o x; fails 2 'everything' 'unknown export'
run --clinic c export patient -o x; fails 2 '--patient' 'export patient without a patient'
run --clinic c export clinic; fails 2 '--output' 'export without output'
run --clinic c print consent -o x; fails 2 'patient' 'a letter of nobody'
run --clinic c print day-sheet -p 1 -o x; fails 2 'no single patient' 'a day sheet of somebody'
run letters -p 1; fails 2 'clinic' 'letters of a patient of no clinic'
run --clinic c print consent --patient 1 --language xx -o x; fails 2 'language' 'unknown language'
run --clinic '' verify; fails 2 'clinic' 'an empty path'
run --clinic c calendar -o x; fails 2 '--patient' 'a calendar of nobody'
run "$(printf 'co\377mmand')"; fails 2 'unknown command' 'a command that is not UTF-8'
run --clinic c search "$(printf 'na\377me')"; fails 2 'UTF-8' 'a text that is not UTF-8'
run --clinic c export patient -p "$(printf '\377')" -o x; fails 2 'UTF-8' 'a chart number that is not UTF-8'
absent 'wrong usage writes nothing' a x

holds 'desktop entry' desktop-file-validate "$source/data/org.uketsuke.Uketsuke.desktop"
holds 'metainfo and file type are XML' xmllint --noout "$source"/data/org.uketsuke.Uketsuke.m*.xml
plan
