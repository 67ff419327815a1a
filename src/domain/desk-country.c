#include "desk-country.h"

#include <stdlib.h>
#include <string.h>

#include "desk-countries.h"

/* Lends all countries, ordered by alpha-3 code. */
const DeskCountry *
desk_countries (guint *n_countries)
{
  *n_countries = G_N_ELEMENTS (countries);
  return countries;
}

static int
compare (const void *key, const void *country)
{
  return strcmp (key, ((const DeskCountry *) country)->alpha3);
}

/* Lends the country of that code, or NULL. */
const DeskCountry *
desk_country_find (const char *alpha3)
{
  return alpha3 ? bsearch (alpha3, countries, G_N_ELEMENTS (countries), sizeof *countries, compare) : NULL;
}

/* The country's name in a language of letters, or else in English; an unknown code is its own name. */
const char *
desk_country_name (const char *alpha3, const char *language)
{
  const DeskCountry *country = desk_country_find (alpha3);

  if (!country)
    return alpha3;
  if (g_strcmp0 (language, "ja") == 0)
    return country->name_ja;
  for (guint i = 0; i < G_N_ELEMENTS (other_languages); i++)
    if (g_strcmp0 (language, other_languages[i]) == 0)
      return country->name_other[i];
  return country->name;
}
