#!/usr/bin/env python3
"""Turns the schema steps into one C table of strings: embed.py OUT.h 001.sql 002.sql …"""
import sys

def literal(path):
    with open(path, encoding='utf-8') as source:
        for line in source:
            text = line.rstrip('\n').replace('\\', '\\\\').replace('"', '\\"')
            yield '  "%s\\n"\n' % text

with open(sys.argv[1], 'w', encoding='utf-8') as out:
    out.write('/* Made by embed.py from schema/. */\n#pragma once\n\nstatic const char *const desk_schema_steps[] = {\n')
    for path in sys.argv[2:]:
        out.writelines(literal(path))
        out.write('  ,\n')
    out.write('};\n')
