#!/bin/sh
# letter-check: every problem of a template with its line; what is hostile is refused fast. Needs bubblewrap.
. "$(dirname "$0")/tap.sh"

# letter BLOCKS
letter () {
  printf '<letter xmlns="urn:uketsuke:letter:1" name="x" version="1" languages="en ja"><title>T</title><foot>F</foot>\n%s</letter>\n' "$1"
}

run letter-check; fails 2 usage 'without a file'
run letter-check nowhere.xml; fails 1 'nowhere.xml' 'a file that is not there'
if bwrap --unshare-all --ro-bind / / true 2> /dev/null; then
  for file in "$source"/data/letters/*.xml; do
    run letter-check "$file"
    done_well "$(basename "$file") has no problem"
  done
  letter '<p>{{patient.name}} {{patient.nam}}</p>
<p each="visits" as="v">{{v.what}} {{v.dat}}</p>
<p>{{patient.name</p>
<p><t lang="en">a</t></p>
<barcode field="patient.chart" kind="aztec"/>' > bad.xml
  run letter-check bad.xml; fails 1 'problems' 'a letter with problems'
  says '^bad.xml:2: nobody fills the field patient.nam$' 'a field nobody fills'
  says '^bad.xml:3: nobody fills the field v.dat$' 'nor in a list'
  says '^bad.xml:4: .*patient.name$' 'braces without their end'
  says '^bad.xml:5: no text in the language ja$' 'a language without a text'
  says '^bad.xml:6: .*aztec' 'an unknown barcode'
  printf '<!DOCTYPE letter [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n' > dtd.xml
  letter '<p>&a;</p>' >> dtd.xml
  run letter-check dtd.xml; fails 1 problem 'a DOCTYPE'
  says 'DOCTYPE' 'is refused'
  head -c 10000000 /dev/zero | tr '\0' 'x' > large.xml
  run letter-check large.xml; fails 1 problem 'ten megabytes'
  says 'at most 1 MB' 'are refused'
  : > empty.xml
  run letter-check empty.xml; fails 1 problem 'an empty file'
  head -c 100000 /dev/urandom > noise.xml
  run letter-check noise.xml; fails 1 problem 'noise'
fi
plan
