#!/usr/bin/env python3
"""Writes the table of countries from Debian's iso-codes: countries.py OUT.h"""
import gettext
import json
import sys

with open('/usr/share/iso-codes/json/iso_3166-1.json', encoding='utf-8') as source:
    countries = json.load(source)['3166-1']
japanese = gettext.translation('iso_3166-1', '/usr/share/locale', ['ja'], fallback=True)
# Not in ISO 3166, but on passports (ICAO 9303-3).
extra = [('RKS', 'XK', 'Kosovo', 'コソボ'), ('XXA', '', 'Stateless', '無国籍'), ('XXB', '', 'Refugee', '難民'),
         ('XXC', '', 'Refugee (not of the 1951 convention)', '難民(1951年条約によらない)'),
         ('GBD', '', 'British Overseas Territories citizen', '英国海外領土市民'),
         ('GBN', '', 'British National (Overseas)', '英国国民(海外)'), ('GBO', '', 'British Overseas citizen', '英国海外市民'),
         ('GBP', '', 'British protected person', '英国保護民'), ('GBS', '', 'British subject', '英国臣民'),
         ('XXX', '', 'Unspecified nationality', '国籍不明')]

# Not every common name is translated ("South Korea"): the official one is better than English.
def in_japanese(country):
    names = [country.get('common_name'), country['name']]
    return next((japanese.gettext(n) for n in names if n and japanese.gettext(n) != n), country['name'])

rows = [(c['alpha_3'], c['alpha_2'], c.get('common_name', c['name']), in_japanese(c)) for c in countries] + extra
with open(sys.argv[1], 'w', encoding='utf-8') as out:
    out.write('/* Made by countries.py from iso-codes. */\nstatic const DeskCountry countries[] = {\n')
    for row in sorted(rows):
        out.write('  { %s },\n' % ', '.join(json.dumps(text, ensure_ascii=False) for text in row))
    out.write('};\n')
