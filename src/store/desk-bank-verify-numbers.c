/* The numbers the program gives carry a check character; one that is not right was not given by it, or was changed. */
#include "desk-bank-verify-private.h"

#include <string.h>

#include "desk-code-check.h"

typedef struct
{
  char prefix;
  int groups; /* after the first, the check character's among them */
  const char *sql;
} Numbered;

static const Numbered numbered[] = {
  { 'C', 2, "SELECT number FROM collection" }, { 'L', 2, "SELECT number FROM lot" },
  { 'L', 3, "SELECT number FROM unit" },       { 'H', 2, "SELECT number FROM coi" },
  { 'T', 2, "SELECT number FROM shipment" },   { 'B', 2, "SELECT barcode FROM container WHERE barcode IS NOT NULL" },
  { 'P', 2, "SELECT chart FROM patient" },
};

/* Whether it is one of today's: its letter, groups of digits, and one sign for the check. Numbers of before have none. */
static gboolean
has_check (const char *number, const Numbered *kind)
{
  gsize length = number ? strlen (number) : 0;
  int groups = 0;

  if (length < 4 || number[0] != kind->prefix || number[length - 2] != '-')
    return FALSE;
  for (gsize i = 1; i < length - 1; i++)
    {
      if (number[i] != '-' && !g_ascii_isdigit (number[i]))
        return FALSE;
      groups += number[i] == '-';
    }
  return groups == kind->groups;
}

gboolean
desk_bank_prove_numbers (DeskBankProof *proof, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbered); i++)
    {
      g_autoptr (DeskStmt) stmt = desk_db_query (proof->db, error, numbered[i].sql, "");
      DeskStep step = DESK_STEP_ERROR;

      while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
        {
          const char *number = desk_stmt_text (stmt, 0);
          gsize length = strlen (number);

          if (has_check (number, &numbered[i]) && desk_check_sign (number, length - 2) != number[length - 1])
            desk_bank_fault (proof, "check-character", number, "its check character would be %c", desk_check_sign (number, length - 2));
        }
      if (step != DESK_STEP_DONE)
        return FALSE;
    }
  return TRUE;
}
