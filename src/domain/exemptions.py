#!/usr/bin/env python3
"""Turns the table of visa exemptions into C: exemptions.py OUT.h visa-exemption.csv"""
import csv
import json
import sys

columns = ['nationality', 'mrz', 'days', 'extension_months', 'requires', 'confidence', 'as_of', 'note']
with open(sys.argv[2], encoding='utf-8', newline='') as source:
    rows = list(csv.DictReader(source))
if list(rows[0]) != columns:
    sys.exit('%s: the columns must be %s' % (sys.argv[2], ', '.join(columns)))

with open(sys.argv[1], 'w', encoding='utf-8') as out:
    out.write('/* Made by exemptions.py from visa-exemption.csv. */\n')
    out.write('static const char *const shipped[][%d] = {\n' % len(columns))
    for row in rows:
        out.write('  { %s },\n' % ', '.join(json.dumps(row[name], ensure_ascii=False) for name in columns))
    out.write('};\n')
