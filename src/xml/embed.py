#!/usr/bin/env python3
"""Turns one text file into a C string: embed.py OUT.h NAME FILE"""
import sys

out_path, name, path = sys.argv[1:]
with open(path, encoding='utf-8') as source, open(out_path, 'w', encoding='utf-8') as out:
    out.write('/* Made by embed.py. */\n#pragma once\n\nstatic const char %s[] =\n' % name)
    for line in source:
        text = line.rstrip('\n').replace('\\', '\\\\').replace('"', '\\"')
        out.write('  "%s\\n"\n' % text)
    out.write(';\n')
