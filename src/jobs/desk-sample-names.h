/* Invented people: what is needed to make believable ones of a nation. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names are lists "LATIN/own script/kana;…" as the passport, the patient and the desk write them; an empty
 * own script means Latin letters. In patterns '#' is a digit, '@' a capital letter. */
typedef struct
{
  const char *alpha3;
  int weight;            /* share among the patients */
  const char *languages;
  const char *zone;
  const char *phone;     /* with country code */
  const char *passport;
  const char *cities;
  const char *families;
  const char *women, *men; /* given names; families alone for one-name persons */
} DeskSampleNation;

const DeskSampleNation *desk_sample_nations (guint *n_nations);

G_END_DECLS
