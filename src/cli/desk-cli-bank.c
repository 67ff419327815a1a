/* Commands about the bank of cells. */
#include "desk-cli.h"

#include <glib/gi18n.h>

#include "desk-bank-verify.h"

/* Names are what people typed: nothing in them may break a line. */
static void
print_fault (const DeskBankFault *fault, gpointer user_data)
{
  g_autofree char *line = g_strdup_printf ("%s\x01%s\x01%s", fault->code, fault->number, fault->words);

  for (char *p = line; *p; p++)
    *p = *p == '\x01' ? '\t' : (guchar) *p < ' ' || *p == 0x7f ? ' ' : *p;
  g_print ("%s\n", line);
}

/* --clinic FILE bank verify */
gboolean
desk_cli_bank (const DeskCliArgs *args, GError **error)
{
  g_autoptr (GError) unread = NULL;
  g_autoptr (DeskDb) db = desk_cli_open (args, &unread);
  gint64 faults = 0;

  if (!db || !desk_bank_verify (db, print_fault, NULL, &faults, &unread))
    {
      g_set_error_literal (error, DESK_CLI_ERROR, DESK_CLI_ERROR_USAGE, unread->message);
      return FALSE;
    }
  if (faults > 0)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_CORRUPT, _ ("%s: what must never be was found in the bank"), args->clinic);
      return FALSE;
    }
  g_print ("ok\n");
  return TRUE;
}
