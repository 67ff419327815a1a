#include "desk-issued-words.h"

#include <glib/gi18n.h>

#include "desk-letter.h"
#include "desk-print-range.h"
#include "desk-template-words.h"
#include "desk-words.h"

/* "Consent form · Y26-000123-X"; the caller frees it. */
char *
desk_issued_words_title (const DeskIssued *issued)
{
  return g_strdup_printf ("%s · %s", desk_words ("letter", issued->name), issued->number);
}

/* What a field of a letter is called; the caller frees it. */
char *
desk_issued_words_field (const char *field)
{
  const DeskFieldInfo *info = desk_letter_field_info (field);

  return g_strdup (info ? desk_template_field_words (info) : field);
}

static char *
differs_words (const DeskIssued *issued)
{
  g_auto (GStrv) fields = g_strsplit (issued->differs, " ", -1);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; fields[i]; i++)
    {
      g_autofree char *name = desk_issued_words_field (fields[i]);
      g_string_append_printf (names, "%s%s", i ? _(", ") : "", name);
    }
  return g_strdup_printf (_("⚠ The record says something else now: %s"), names->str);
}

/* How it stands, the gravest first; the caller frees it. */
char *
desk_issued_words_state (const DeskIssued *issued, GTimeZone *zone)
{
  if (issued->void_at)
    {
      g_autofree char *when = desk_words_when (issued->void_at, zone);
      return g_strdup_printf (_("✖ Void since %s: %s"), when, issued->void_why);
    }
  if (issued->replaced_by)
    return g_strdup (_("✖ Replaced by a newer one"));
  if (*issued->differs)
    return differs_words (issued);
  if (g_strcmp0 (issued->print_state, "failed") == 0)
    return g_strdup (_("⚠ The last print failed"));
  if (g_strcmp0 (issued->print_state, "unknown") == 0)
    return g_strdup (_("⚠ Nobody knows how the last print ended"));
  if (g_strcmp0 (issued->print_state, "begun") == 0)
    return g_strdup (_("On its way to the printer"));
  if (issued->prints == 0)
    return g_strdup (_("Not printed yet"));
  return g_strdup_printf (g_dngettext (NULL, "✔ Went out %u time", "✔ Went out %u times", issued->prints), issued->prints);
}

/* One print on one line; the caller frees it. */
char *
desk_issued_words_print (const DeskIssuedPrint *print, GTimeZone *zone)
{
  g_autofree char *when = desk_words_when (print->at, zone);
  g_autofree char *pages = *print->pages ? g_strdup_printf (_("pages %s"), print->pages) : g_strdup ("");
  g_autofree char *copies = print->copies > 1 ? g_strdup_printf (g_dngettext (NULL, "%u copy", "%u copies", print->copies), print->copies) : g_strdup ("");
  gboolean not_sent = g_str_equal (print->reason, DESK_PRINT_NOT_SENT);
  const char *facts[] = { when,
                          g_str_equal (print->how, "pdf") ? _("PDF") : g_str_equal (print->how, "screen") ? _("on the screen") : print->target,
                          pages, copies, desk_words ("print-end", print->state), not_sent ? _("nothing came out") : print->reason,
                          desk_words_pick (print->by, print->by_ja) };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}
