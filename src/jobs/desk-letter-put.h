/* Sets fields of letters in every language that days and names are known in (desk_letter_date_languages ()). What has
 * no text in a language reads English there. */
#pragma once

#include "desk-day.h"
#include "desk-letter.h"

G_BEGIN_DECLS

/* What one thing is called, in the order of desk_letter_date_languages (); NULL reads English. */
typedef struct
{
  const char *code;
  const char *in[8]; /* en ja zh zh-TW ko ar ru vi */
} DeskLetterWord;

void desk_letter_put_both (DeskFields *fields, const char *name, const char *english, const char *japanese);
void desk_letter_put_word (DeskFields *fields, const char *name, const DeskLetterWord *words, guint n, const char *code);
void desk_letter_put_day (DeskFields *fields, const char *name, DeskDay day, gboolean weekday);
void desk_letter_put_partial (DeskFields *fields, const char *name, const char *iso);
void desk_letter_put_moment (DeskFields *fields, const char *name, gint64 instant, GTimeZone *zone);
void desk_letter_put_country (DeskFields *fields, const char *name, const char *alpha3);
void desk_letter_put_flag (DeskFields *fields, const char *name, gboolean holds);
void desk_letter_put_number (DeskFields *fields, const char *name, gint64 number);
const char *desk_letter_name_forms (const char *nationality);

G_END_DECLS
