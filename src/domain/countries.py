#!/usr/bin/env python3
"""Writes the table of countries from Debian's iso-codes: countries.py OUT.h"""
import gettext
import json
import sys

# The first is DeskCountry.name_ja, the others are name_other.
LANGUAGES = ['ja', 'zh_CN', 'zh_TW', 'ko', 'ar', 'ru', 'vi']

with open('/usr/share/iso-codes/json/iso_3166-1.json', encoding='utf-8') as source:
    countries = json.load(source)['3166-1']
catalogs = [gettext.translation('iso_3166-1', '/usr/share/locale', [language], fallback=True) for language in LANGUAGES]
# Not in ISO 3166, but on passports (ICAO 9303-3); the others are written in English in all languages but Japanese.
extra = [('RKS', 'XK', 'Kosovo', 'コソボ'), ('XXA', '', 'Stateless', '無国籍'), ('XXB', '', 'Refugee', '難民'),
         ('XXC', '', 'Refugee (not of the 1951 convention)', '難民(1951年条約によらない)'),
         ('GBD', '', 'British Overseas Territories citizen', '英国海外領土市民'),
         ('GBN', '', 'British National (Overseas)', '英国国民(海外)'), ('GBO', '', 'British Overseas citizen', '英国海外市民'),
         ('GBP', '', 'British protected person', '英国保護民'), ('GBS', '', 'British subject', '英国臣民'),
         ('XXX', '', 'Unspecified nationality', '国籍不明')]
# Where iso-codes has no translation, or one that nobody uses on a letter.
better = {
    'CZE': {'ja': 'チェコ', 'vi': 'Cộng hòa Séc'},
    'HKG': {'vi': 'Hồng Kông'},
    'KOR': {'zh_CN': '韩国', 'zh_TW': '南韓', 'ar': 'كوريا الجنوبية', 'vi': 'Hàn Quốc'},
    'PRK': {'ar': 'كوريا الشمالية', 'vi': 'Triều Tiên'},
    'MKD': {'ja': '北マケドニア', 'vi': 'Bắc Macedonia'},
    'RUS': {'ko': '러시아', 'ru': 'Россия', 'ar': 'روسيا', 'vi': 'Nga', 'zh_TW': '俄羅斯'},
    'SAU': {'ar': 'السعودية', 'vi': 'Ả Rập Xê Út'},
    'SWZ': {'ja': 'エスワティニ', 'vi': 'Eswatini'},
    'TUR': {'ja': 'トルコ', 'ar': 'تركيا', 'ru': 'Турция', 'vi': 'Thổ Nhĩ Kỳ'},
    'USA': {'ar': 'الولايات المتحدة', 'ru': 'США', 'vi': 'Hoa Kỳ'},
    'VNM': {'ar': 'فيتنام', 'vi': 'Việt Nam'},
}


# Not every common name is translated ("South Korea"): the official one is better than English.
def in_language(country, index):
    catalog = catalogs[index]
    names = [country.get('common_name'), country['name']]
    mended = better.get(country['alpha_3'], {}).get(LANGUAGES[index])
    return mended or next((catalog.gettext(n) for n in names if n and catalog.gettext(n) != n), names[0] or names[1])


rows = [(c['alpha_3'], c['alpha_2'], c.get('common_name', c['name']), [in_language(c, i) for i in range(len(LANGUAGES))])
        for c in countries]
rows += [(alpha3, alpha2, name, [japanese] + [name] * (len(LANGUAGES) - 1)) for alpha3, alpha2, name, japanese in extra]
with open(sys.argv[1], 'w', encoding='utf-8') as out:
    out.write('/* Made by countries.py from iso-codes. */\n')
    languages = ', '.join(json.dumps(language.replace('zh_CN', 'zh').replace('_', '-')) for language in LANGUAGES[1:])
    out.write('static const char *const other_languages[] = { %s };\n\n' % languages)
    out.write('static const DeskCountry countries[] = {\n')
    for alpha3, alpha2, name, names in sorted(rows):
        japanese, *others = [json.dumps(text, ensure_ascii=False) for text in names]
        out.write('  { %s, %s, %s, %s, { %s } },\n'
                  % (json.dumps(alpha3), json.dumps(alpha2), json.dumps(name, ensure_ascii=False), japanese, ', '.join(others)))
    out.write('};\n')
