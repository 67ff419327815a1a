#include "desk-isbt-codes.h"

#include <string.h>

#include "desk-cells-private.h"
#include "desk-clinics.h"

const char *const desk_isbt_kinds[DESK_N_ISBT_KINDS] = { "dose_frozen", "dose_fresh", "intermediate", "source", "retained", "qc" };

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* ── what the clinic entered ─────────────────────────────────────────────────────────────────── */

static int
index_of (const char *kind)
{
  for (int i = 0; i < DESK_N_ISBT_KINDS; i++)
    if (g_str_equal (desk_isbt_kinds[i], kind))
      return i;
  return -1;
}

static gboolean
load_products (DeskDb *db, DeskIsbtCodes *codes, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT kind, code, words FROM isbt_product ORDER BY kind", "");
  DeskStep step = DESK_STEP_ERROR;

  while (stmt && (step = desk_stmt_step (stmt, error)) == DESK_STEP_ROW)
    {
      int i = index_of (desk_stmt_text (stmt, 0));

      if (i < 0)
        continue;
      codes->products[i].code = desk_stmt_dup_text (stmt, 1);
      codes->products[i].words = desk_stmt_dup_text (stmt, 2);
    }
  for (int i = 0; i < DESK_N_ISBT_KINDS; i++)
    if (!codes->products[i].code)
      {
        codes->products[i].code = g_strdup ("");
        codes->products[i].words = g_strdup ("");
      }
  return step == DESK_STEP_DONE;
}

/* Free with desk_isbt_codes_free (). */
DeskIsbtCodes *
desk_isbt_codes_load (DeskDb *db, GError **error)
{
  g_autoptr (DeskIsbtCodes) codes = g_new0 (DeskIsbtCodes, 1);
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT code FROM isbt_facility WHERE id = 1", "");
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ERROR)
    return NULL;
  codes->facility = step == DESK_STEP_ROW ? desk_stmt_dup_text (stmt, 0) : g_strdup ("");
  return load_products (db, codes, error) ? g_steal_pointer (&codes) : NULL;
}

void
desk_isbt_codes_free (DeskIsbtCodes *codes)
{
  if (!codes)
    return;
  g_free (codes->facility);
  for (int i = 0; i < DESK_N_ISBT_KINDS; i++)
    {
      g_free (codes->products[i].code);
      g_free (codes->products[i].words);
    }
  g_free (codes);
}

/* Takes the clinic's facility code, or with "" goes back to local numbers; what has a number keeps it either way.
 * DESK_ERROR_REFUSED "isbt-facility" when it is none, "person-needed" when nobody enters it. */
gboolean
desk_isbt_facility_save (DeskDb *db, const char *facility, gint64 by, GError **error)
{
  if (*facility && !desk_isbt_facility_valid (facility))
    return desk_refuse (error, "isbt-facility");
  if (by == 0)
    return desk_refuse (error, "person-needed");

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  if (*facility ? !desk_db_run (db, error,
                                "INSERT INTO isbt_facility (id, code, entered_at, entered_by) VALUES (1, $1, $2, $3)"
                                " ON CONFLICT (id) DO UPDATE SET code = $1, entered_at = $2, entered_by = $3",
                                "tii", facility, now (), by)
                : !desk_db_run (db, error, "DELETE FROM isbt_facility WHERE id = 1", ""))
    return FALSE;
  return desk_txn_log (txn, "clinic.isbt-facility", DESK_KIND_CLINIC, 1, facility, error) && desk_txn_commit (txn, error);
}

/* The product code of a kind of unit, with its words; "" for none. DESK_ERROR_REFUSED "isbt-product" when it is none, or
 * "isbt-product-divided" when it does not end with 00: the division is given here, one for each unit. */
gboolean
desk_isbt_product_save (DeskDb *db, const char *kind, const char *code, const char *words, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%s %s %s", kind, code, words);

  if (index_of (kind) < 0 || (*code && !desk_isbt_product_valid (code)))
    return desk_refuse (error, "isbt-product");
  if (*code && !g_str_has_suffix (code, "00"))
    return desk_refuse (error, "isbt-product-divided");

  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  if (!txn)
    return FALSE;
  if (*code ? !desk_db_run (db, error,
                            "INSERT INTO isbt_product (kind, code, words) VALUES ($1, $2, $3)"
                            " ON CONFLICT (kind) DO UPDATE SET code = $2, words = $3",
                            "ttt", kind, code, words)
            : !desk_db_run (db, error, "DELETE FROM isbt_product WHERE kind = $1", "t", kind))
    return FALSE;
  return desk_txn_log (txn, "clinic.isbt-product", DESK_KIND_CLINIC, 1, detail, error) && desk_txn_commit (txn, error);
}

/* ── what is given ───────────────────────────────────────────────────────────────────────────── */

/* The next donation number of the facility and year that no collection has, an imported one neither. NULL on error. */
static char *
next_din (DeskDb *db, const char *facility, int year, GError **error)
{
  g_autofree char *counter = g_strdup_printf ("din-%s-%02d", facility, year % 100);

  for (;;)
    {
      gint64 n, taken;

      if (!desk_counter_next (db, counter, &n, error))
        return NULL;
      g_autofree char *din = n <= G_MAXINT ? desk_isbt_din (facility, year, (int) n) : NULL;
      if (!din)
        {
          desk_refuse (error, "isbt-used-up");
          return NULL;
        }
      if (!desk_db_value (db, &taken, error, "SELECT count (*) FROM isbt_collection WHERE din = $1", "t", din))
        return NULL;
      if (!taken)
        return g_steal_pointer (&din);
    }
}

/* Gives a new collection its donation number, inside the transaction that adds it; nothing without a facility code. */
gboolean
desk_isbt_give_collection (DeskDb *db, gint64 collection_id, int year, GError **error)
{
  g_autoptr (DeskStmt) stmt = desk_db_query (db, error, "SELECT code FROM isbt_facility WHERE id = 1", "");
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step != DESK_STEP_ROW)
    return step == DESK_STEP_DONE;
  g_autofree char *din = next_din (db, desk_stmt_text (stmt, 0), year, error);
  return din
         && desk_db_run (db, error, "INSERT INTO isbt_collection (collection_id, din) VALUES ($1, $2)", "it", collection_id, din);
}

/* What a new unit's number is made of. */
typedef struct
{
  char *din, *product;
  DeskDay until;
} Source;

static void
source_clear (Source *source)
{
  g_free (source->din);
  g_free (source->product);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

/* din stays NULL where the collection has no donation number, or this kind of unit no product code. */
static gboolean
read_source (DeskDb *db, gint64 unit_id, Source *source, GError **error)
{
  g_autoptr (DeskStmt) stmt
      = desk_db_query (db, error,
                       "SELECT c.din, p.code, u.use_until FROM unit u JOIN lot l ON l.id = u.lot_id"
                       " JOIN isbt_collection c ON c.collection_id = l.collection_id JOIN isbt_product p ON p.kind = u.kind"
                       " WHERE u.id = $1 AND EXISTS (SELECT 1 FROM isbt_facility WHERE id = 1)",
                       "i", unit_id);
  DeskStep step = stmt ? desk_stmt_step (stmt, error) : DESK_STEP_ERROR;

  if (step == DESK_STEP_ROW)
    {
      source->din = desk_stmt_dup_text (stmt, 0);
      source->product = desk_stmt_dup_text (stmt, 1);
      if (!desk_day_parse (desk_stmt_text (stmt, 2), &source->until))
        return desk_refuse (error, "expired");
    }
  return step != DESK_STEP_ERROR;
}

/* The n-th division of a product, from 1: A0 … Z0 in the code itself, then 99 there and structure 032, whose first level
 * is 27 … 99, then AA … ZZ (ST-001: the code says "read structure 032"). FALSE when there are no more. */
static gboolean
divide (char *product, gint64 n, char division[7])
{
  division[0] = '\0';
  if (n <= 26)
    {
      product[6] = (char) ('A' + n - 1);
      product[7] = '0';
      return TRUE;
    }
  product[6] = product[7] = '9';
  if (n <= 99)
    g_snprintf (division, 7, "%02d0000", (int) n);
  else if (n - 100 < 26 * 26)
    g_snprintf (division, 7, "%c%c0000", (char) ('A' + (n - 100) / 26), (char) ('A' + (n - 100) % 26));
  return *division != '\0';
}

/* Gives a new unit its product code and division under its collection's donation number, and its label the code of all of
 * it with the expiry: inside the transaction that fills it. Nothing where one of them is missing. */
gboolean
desk_isbt_give_unit (DeskDb *db, gint64 unit_id, GError **error)
{
  g_auto (Source) source = { 0 };
  char division[7];
  gint64 n;

  if (!read_source (db, unit_id, &source, error))
    return FALSE;
  if (!source.din)
    return TRUE;
  /* Units are never taken away: their number is that of the divisions given. */
  if (!desk_db_value (db, &n, error, "SELECT count (*) FROM isbt_unit WHERE din = $1 AND substr (product, 1, 6) = substr ($2, 1, 6)",
                      "tt", source.din, source.product))
    return FALSE;
  if (!divide (source.product, n + 1, division))
    return desk_refuse (error, "isbt-used-up");
  g_autofree char *expiry = desk_isbt_expiry (source.until, -1);
  g_autofree char *code = desk_isbt_unit (source.din, source.product, division, expiry);
  return desk_db_run (db, error, "INSERT INTO isbt_unit (unit_id, din, product, division) VALUES ($1, $2, $3, $4)", "ittt", unit_id,
                      source.din, source.product, division)
         && desk_db_run (db, error, "UPDATE unit SET barcode = $2 WHERE id = $1", "it", unit_id, code);
}
