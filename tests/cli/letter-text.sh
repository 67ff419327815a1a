#!/bin/sh
# letter-text and letter-save: a letter comes out, is changed, and goes back as a version. Needs bubblewrap for the way back.
. "$(dirname "$0")/tap.sh"

run sample c.uketsuke --patients 20; done_well 'a sample clinic'
run --clinic c.uketsuke letter-text consent; fails 2 output 'without an output'
run --clinic c.uketsuke letter-text nothing -o n.xml; fails 1 'nothing' 'no such letter'
run --clinic c.uketsuke letter-text treatment-schedule -o a.xml; done_well 'a built-in letter comes out'
run --clinic c.uketsuke letter-text treatment-schedule -o a.xml; fails 1 'a.xml' 'a file that is there is left alone'
if bwrap --unshare-all --ro-bind / / true 2> /dev/null; then
  run --clinic c.uketsuke letter-save a.xml --number 1.0; fails 1 'letter-version-lower' 'the number of the built-in letter is taken'
  sed 's/{{clinic.name}}/{{clinic.nam}}/' a.xml > bad.xml
  run --clinic c.uketsuke letter-save bad.xml --number 7; fails 1 'problem' 'an unknown field is not saved'
  run --clinic c.uketsuke letter-save a.xml --number 7 --comment 'as it was'; done_well 'a version is saved'
  says '^treatment-schedule 7$' 'and said'
  run --clinic c.uketsuke letter-save a.xml --number 7; fails 1 'letter-version-lower' 'a number is not used twice'
  run --clinic c.uketsuke letter-text treatment-schedule -o b.xml; done_well 'it comes out again'
  run letter-check b.xml; done_well 'and is a letter'
  grep -q 'version="7"' b.xml; run --clinic c.uketsuke verify; done_well 'the file is whole'
fi
plan
