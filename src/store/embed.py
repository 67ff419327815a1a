#!/usr/bin/env python3
"""Turns the schema steps into one C table of strings: embed.py OUT.h 001.sql 002.sql 003/1-bank.sql 003/2-lots.sql …
The files of a folder are the parts of one step, in their order."""
import itertools, os, sys

def literal(path):
    with open(path, encoding='utf-8') as source:
        for line in source:
            text = line.rstrip('\n').replace('\\', '\\\\').replace('"', '\\"')
            yield '  "%s\\n"\n' % text

def step_of(path):
    folder = os.path.basename(os.path.dirname(path))
    return folder if folder.isdigit() else os.path.basename(path)

with open(sys.argv[1], 'w', encoding='utf-8') as out:
    out.write('/* Made by embed.py from schema/. */\n#pragma once\n\nstatic const char *const desk_schema_steps[] = {\n')
    for _, parts in itertools.groupby(sys.argv[2:], step_of):
        for path in parts:
            out.writelines(literal(path))
        out.write('  ,\n')
    out.write('};\n')
