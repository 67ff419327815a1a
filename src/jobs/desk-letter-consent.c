#include "desk-letter-consent.h"

#include "desk-letter-put.h"

/* Storing is usually agreed for two years at a time. */
#define STORED_MONTHS 24

/* Who signed, with the strokes or the typed name, each on the day; and the boxes that were ticked. */
void
desk_letter_put_signed (DeskFields *fields, const GPtrArray *signers, const GPtrArray *items, const char *signed_on, const char *until_on)
{
  if (until_on && *until_on)
    desk_letter_put_partial (fields, "consent.until", until_on);
  for (guint i = 0; signers && i < signers->len; i++)
    {
      const DeskConsentSigner *signer = signers->pdata[i];
      g_autofree char *name = g_strconcat ("consent.", signer->role, NULL);
      g_autofree char *ink = g_strconcat (name, "_ink", NULL), *typed = g_strconcat (name, "_typed", NULL);
      g_autofree char *date = g_strconcat (name, "_date", NULL);
      g_autofree char *written = *signer->relation ? g_strdup_printf ("%s, %s", signer->name, signer->relation) : g_strdup (signer->name);
      g_autofree char *mark = g_strdup_printf ("/%s/", signer->name);

      desk_fields_set (fields, name, written);
      if (*signer->ink)
        desk_fields_set (fields, ink, signer->ink);
      if (signer->typed)
        desk_fields_set (fields, typed, mark);
      desk_letter_put_partial (fields, date, signed_on);
    }
  for (guint i = 0; items && i < items->len; i++)
    {
      const DeskConsentItem *item = items->pdata[i];
      g_autofree char *name = desk_letter_box_field (item->code);

      desk_letter_put_flag (fields, name, item->agreed);
    }
}

static void
take_over (const DeskFieldValue *value, gpointer data)
{
  desk_fields_put (data, value);
}

/* What was given with the wish (somebody signs just now), else until when storing would be agreed from today. */
gboolean
desk_letter_set_consent (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autofree char *until = desk_day_format (desk_day_add_months (today, STORED_MONTHS));

  desk_letter_put_partial (fields, "consent.until", until);
  if (wanted->given)
    desk_fields_foreach (wanted->given, take_over, fields);
  return TRUE;
}
