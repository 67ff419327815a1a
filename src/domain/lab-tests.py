#!/usr/bin/env python3
"""Writes the table of laboratory tests: lab-tests.py IN.tsv OUT.h"""
import json
import sys

TEXTS = 15  # of the columns; the rest are flags

with open(sys.argv[1], encoding='utf-8') as source:
    rows = [line.rstrip('\n').split('\t') for line in source if not line.startswith('#')]
with open(sys.argv[2], 'w', encoding='utf-8') as out:
    out.write('/* Made by lab-tests.py from data/lab-tests.tsv. */\nstatic const DeskLabTest tests[] = {\n')
    for row in rows:
        cells = [json.dumps(text, ensure_ascii=False) for text in row[:TEXTS]] + [str(int(flag)) for flag in row[TEXTS:]]
        if len(cells) != TEXTS + 3:
            sys.exit('%s: %d columns' % (row[0], len(cells)))
        out.write('  { %s },\n' % ', '.join(cells))
    out.write('};\n')
