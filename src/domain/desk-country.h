/* Countries by ISO 3166-1 alpha-3 code, named from the iso-codes package at build time, so that a letter
 * can name them in its own language whatever the computer's is. Taiwan is shown by its common name. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *alpha3, *alpha2;
  const char *name, *name_ja;
  const char *name_other[6]; /* zh, zh-TW, ko, ar, ru, vi */
} DeskCountry;

const DeskCountry *desk_countries (guint *n_countries);
const DeskCountry *desk_country_find (const char *alpha3);
const char *desk_country_name (const char *alpha3, const char *language);

G_END_DECLS
