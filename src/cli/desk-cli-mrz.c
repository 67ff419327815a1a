/* mrz: the machine-readable zone on standard input, one field a line. */
#include "desk-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "desk-mrz.h"

#define MOST 65536 /* bytes read */

static void
print_field (const char *name, const char *value)
{
  printf ("%s%s%s\n", name, *value ? " " : "", value);
}

static void
print_fields (const DeskMrz *mrz)
{
  print_field ("document", mrz->document);
  print_field ("type", mrz->type);
  print_field ("issuer", mrz->issuer);
  print_field ("family", mrz->family);
  print_field ("given", mrz->given);
  print_field ("number", mrz->number);
  print_field ("nationality", mrz->nationality);
  print_field ("birth", mrz->birth);
  print_field ("sex", mrz->sex);
  print_field ("expiry", mrz->expiry);
}

static void
print_problems (const DeskMrz *mrz, gboolean warnings)
{
  for (guint i = 0; i < mrz->problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (mrz->problems, i);

      if (problem->warning == warnings)
        printf ("%s %s %s\n", warnings ? "warning" : "problem", problem->field, problem->code);
    }
}

/* mrz < LINES: prints what was read whether or not the check digits agree. */
gboolean
desk_cli_mrz (const DeskCliArgs *args, GError **error)
{
  g_autofree char *text = g_malloc (MOST + 1);
  DeskDay today = args->date == DESK_DAY_NONE ? desk_cli_today () : args->date;

  text[fread (text, 1, MOST, stdin)] = '\0';
  g_autoptr (DeskMrz) mrz = desk_mrz_parse (text, today);
  if (!mrz)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID,
                           _ ("there are no machine-readable lines of a passport, card or visa"));
      return FALSE;
    }
  print_fields (mrz);
  print_problems (mrz, FALSE);
  print_problems (mrz, TRUE);
  if (!desk_mrz_agrees (mrz))
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_INVALID, _ ("a check digit is wrong"));
      return FALSE;
    }
  return TRUE;
}
