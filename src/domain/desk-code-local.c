/* Numbers that this program gives, read back. */
#include "desk-code-private.h"

#include <stdlib.h>
#include <string.h>

#define MAX_GROUPS 6
#define MAX_DIGITS 9
#define GENERATION 5 /* signs of it */

static const struct
{
  const char *prefix;
  gboolean year;    /* two digits of it follow at once */
  DeskCodeKind kind;
  guint more;       /* groups that may follow the number: all of them or none */
  DeskCodeKind with; /* what it is with them */
  gboolean paper;   /* a generation may stand before the number */
} series[] = {
  { DESK_LOCAL_COLLECTION, TRUE, DESK_CODE_COLLECTION, 0, DESK_CODE_UNKNOWN },
  { DESK_LOCAL_LOT, TRUE, DESK_CODE_LOT, 1, DESK_CODE_UNIT },
  { DESK_LOCAL_COI, TRUE, DESK_CODE_COI, 0, DESK_CODE_UNKNOWN },
  { DESK_LOCAL_SHIPMENT, TRUE, DESK_CODE_SHIPMENT, 0, DESK_CODE_UNKNOWN },
  { DESK_LOCAL_CONTAINER, FALSE, DESK_CODE_CONTAINER, 2, DESK_CODE_PLACE },
  { DESK_LOCAL_PATIENT, FALSE, DESK_CODE_PATIENT, 0, DESK_CODE_UNKNOWN },
  { DESK_LOCAL_DEVICE, FALSE, DESK_CODE_DEVICE, 0, DESK_CODE_UNKNOWN },
  { DESK_LOCAL_STAFF, FALSE, DESK_CODE_STAFF, 0, DESK_CODE_UNKNOWN },
  { DESK_LOCAL_LETTER, TRUE, DESK_CODE_PAPER, 0, DESK_CODE_UNKNOWN, TRUE },
  { DESK_LOCAL_QUOTE, TRUE, DESK_CODE_QUOTE, 0, DESK_CODE_UNKNOWN, TRUE },
  { DESK_LOCAL_INVOICE, TRUE, DESK_CODE_INVOICE, 0, DESK_CODE_UNKNOWN, TRUE },
  { DESK_LOCAL_CREDIT, TRUE, DESK_CODE_INVOICE, 0, DESK_CODE_UNKNOWN, TRUE },
  { DESK_LOCAL_RECEIPT, TRUE, DESK_CODE_PAYMENT, 0, DESK_CODE_UNKNOWN, TRUE },
  { DESK_LOCAL_REFUND, TRUE, DESK_CODE_REFUND, 0, DESK_CODE_UNKNOWN, TRUE },
};

static gboolean
all_digits (const char *text)
{
  gsize n = strspn (text, "0123456789");

  return n >= 2 && n <= MAX_DIGITS && text[n] == '\0';
}

/* Takes the check character, if there is one, off the groups; FALSE when it is wrong. */
static gboolean
take_check (DeskCode *code, const char *text, char **groups, guint *n)
{
  if (strlen (groups[*n - 1]) != 1)
    return TRUE;
  (*n)--;
  code->checked = desk_check_sign (text, strlen (text) - 2) == *groups[*n];
  return code->checked;
}

static gboolean
read_command (DeskCode *code, const char *text, char **groups, guint n)
{
  code->kind = DESK_CODE_COMMAND;
  code->command = desk_code_command_read (groups[1]);
  if (n < 3)
    code->problem = "code-short";
  else if (!take_check (code, text, groups, &n) || n != 2)
    code->problem = "code-check";
  else if (code->command == DESK_COMMAND_NONE)
    code->problem = "code-unknown";
  return TRUE;
}

static void
set_place (DeskCode *code, char **groups)
{
  g_autofree char *bare = g_strdup_printf ("%s-%s", groups[0], groups[1]);

  g_free (code->container);
  code->container = desk_code_with_check (bare);
  code->row = atoi (groups[2]);
  code->col = atoi (groups[3]);
}

/* The sign of a copy of the file, as desk_series_next () makes it. */
static gboolean
is_generation (const char *text)
{
  return strlen (text) == GENERATION && strspn (text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == GENERATION;
}

/* X26-000123 or X26-4F2K9-000123, with or without the check character. */
static gboolean
read_paper (DeskCode *code, const char *text, char **groups, guint n, guint which)
{
  gboolean right = n < 3 || take_check (code, text, groups, &n), fits = n == 2 || (n == 3 && is_generation (groups[1]));

  if (!fits || !all_digits (groups[n - 1]) || strlen (groups[n - 1]) < 6)
    {
      code->checked = FALSE;
      return FALSE;
    }
  code->kind = series[which].kind;
  if (!right)
    code->problem = "code-check";
  return TRUE;
}

static gboolean
read_series (DeskCode *code, const char *text, char **groups, guint n, guint which)
{
  gboolean right = n < 3 || take_check (code, text, groups, &n), fits = n == 2 || n == 2 + series[which].more;

  for (guint i = 1; fits && i < n; i++)
    fits = all_digits (groups[i]);
  if (!fits)
    {
      code->checked = FALSE;
      return FALSE;
    }
  code->kind = n == 2 ? series[which].kind : series[which].with;
  if (!right)
    code->problem = "code-check";
  if (code->kind == DESK_CODE_PLACE)
    set_place (code, groups);
  return TRUE;
}

/* Whether text is one of our numbers or commands, in capitals: sets kind, checked and problem. */
gboolean
desk_code_read_local (DeskCode *code, const char *text)
{
  g_auto (GStrv) groups = g_strsplit (text, "-", MAX_GROUPS + 1);
  guint n = g_strv_length (groups);

  if (n < 2 || n > MAX_GROUPS)
    return FALSE;
  if (g_str_equal (groups[0], "DO"))
    return read_command (code, text, groups, n);
  for (guint i = 0; i < G_N_ELEMENTS (series); i++)
    {
      const char *rest = groups[0] + 1;

      if (groups[0][0] != series[i].prefix[0])
        continue;
      if (series[i].year ? strlen (rest) == 2 && g_ascii_isdigit (rest[0]) && g_ascii_isdigit (rest[1]) : *rest == '\0')
        return series[i].paper ? read_paper (code, text, groups, n, i) : read_series (code, text, groups, n, i);
    }
  return FALSE;
}
