#include "desk-blackout.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "desk-bank-sheet.h"
#include "desk-bank-walk.h"
#include "desk-cells.h"
#include "desk-clinics.h"
#include "desk-day.h"
#include "desk-pack.h"
#include "desk-publish.h"
#include "desk-tanks.h"

/* A box with more columns is told as a list of the places that are taken. */
#define MAP_COLS 12

/* Everything in both languages of the house: who reads this stands in the dark and may be anybody. */
#define TITLE "Black-out pack · 停電時の保管庫一覧"

typedef struct
{
  DeskDb *db;
  DeskPack *pack;
  GPtrArray *walks;  /* of walks (GPtrArray of DeskWalkStop), one for each outermost container */
  GHashTable *boxes; /* id → DeskWalkStop */
  GHashTable *where; /* id → the place from the top, in words */
  DeskClinic *clinic;
  GPtrArray *tanks;  /* of DeskTank */
  GTimeZone *zone;
  gint64 now, audit_seq;
  char *audit_hash;
} Sheet;

static void
sheet_free (Sheet *sheet)
{
  g_clear_pointer (&sheet->walks, g_ptr_array_unref);
  g_clear_pointer (&sheet->boxes, g_hash_table_unref);
  g_clear_pointer (&sheet->where, g_hash_table_unref);
  desk_clinic_free (sheet->clinic);
  g_clear_pointer (&sheet->tanks, g_ptr_array_unref);
  g_clear_pointer (&sheet->zone, g_time_zone_unref);
  g_free (sheet->audit_hash);
  g_free (sheet);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

/* "2026-11-22 20:00" in the clinic's zone. */
static char *
instant_words (const Sheet *sheet, gint64 instant)
{
  g_autofree char *day = desk_day_format (desk_instant_day (instant, sheet->zone));
  int minute = desk_instant_minute (instant, sheet->zone);

  return g_strdup_printf ("%s %02d:%02d", day, minute / 60, minute % 60);
}

/* Where each stop is, from its tank on: the room is known to whoever stands in it. */
static void
name_stops (Sheet *sheet, const GPtrArray *walk)
{
  gsize cut = 0;
  int depth = G_MAXINT;

  for (guint i = 0; i < walk->len; i++)
    {
      DeskWalkStop *stop = walk->pdata[i];

      if (stop->depth <= depth)
        {
          cut = 0;
          depth = G_MAXINT;
        }
      if (depth == G_MAXINT && (strcmp (stop->kind, "tank") == 0 || strcmp (stop->kind, "freezer") == 0))
        {
          cut = strlen (stop->place) - strlen (stop->name);
          depth = stop->depth;
        }
      g_hash_table_insert (sheet->boxes, &stop->id, stop);
      g_hash_table_insert (sheet->where, &stop->id, g_strdup (stop->place + cut));
    }
}

static gboolean
walk_all (Sheet *sheet, GError **error)
{
  g_autoptr (GArray) tops = desk_bank_tops (sheet->db, error);

  sheet->walks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  sheet->boxes = g_hash_table_new (g_int64_hash, g_int64_equal);
  sheet->where = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  for (guint i = 0; tops && i < tops->len; i++)
    {
      GPtrArray *walk = desk_bank_walk (sheet->db, g_array_index (tops, gint64, i), error);

      if (!walk)
        return FALSE;
      g_ptr_array_add (sheet->walks, walk);
      name_stops (sheet, walk);
    }
  return tops != NULL;
}

static Sheet *
sheet_new (DeskDb *db, GError **error)
{
  g_autoptr (Sheet) sheet = g_new0 (Sheet, 1);

  sheet->db = db;
  sheet->now = g_get_real_time () / G_USEC_PER_SEC;
  sheet->zone = desk_clinic_zone (db, error);
  sheet->clinic = sheet->zone ? desk_clinic_load (db, error) : NULL;
  sheet->tanks = sheet->clinic ? desk_tank_list (db, sheet->now, error) : NULL;
  if (!sheet->tanks || !walk_all (sheet, error) || !desk_audit_head (db, &sheet->audit_seq, &sheet->audit_hash, error))
    return NULL;
  return g_steal_pointer (&sheet);
}

/* ── the first page ──────────────────────────────────────────────────────────────────────────── */

static void
put_tank (Sheet *sheet, const DeskTank *tank)
{
  const DeskTankCheck *last = tank->checks->len ? tank->checks->pdata[tank->checks->len - 1] : NULL;
  g_autofree char *units = g_strdup_printf ("%d", tank->used);
  g_autofree char *level = tank->look.level == DESK_TANK_NONE ? g_strdup ("–") : g_strdup_printf ("%d mm", tank->look.level);
  g_autofree char *tenths = desk_tank_format_tenths (tank->look.temperature);
  g_autofree char *warm = *tenths ? g_strdup_printf ("%s °C", tenths) : g_strdup ("–");
  g_autofree char *at = last ? instant_words (sheet, last->at) : g_strdup ("–");
  const char *cells[] = { tank->name, tank->place, units, level, warm, at, tank->rule && *tank->rule->phone ? tank->rule->phone : "–" };

  desk_pack_row (sheet->pack, cells);
}

static void
put_cover (Sheet *sheet)
{
  static const double shares[] = { 0.2, 0.23, 0.07, 0.09, 0.1, 0.15, 0.16 };
  static const char *const heads[] = { "Tank タンク", "Where 場所", "n 本数", "Level 液面", "Temp. 温度", "Checked 点検", "Call 連絡先" };
  g_autofree char *printed = instant_words (sheet, sheet->now);
  g_autofree char *when = g_strdup_printf ("Printed 印刷日時: %s", printed);
  g_autofree char *phone = g_strdup_printf ("Clinic 医院: %s %s · ☎ %s", sheet->clinic->name, sheet->clinic->name_ja, sheet->clinic->phone);
  g_autofree char *head = g_strdup_printf ("Audit trail 監査記録: no. %" G_GINT64_FORMAT, sheet->audit_seq);

  desk_pack_heading (sheet->pack, TITLE, 100);
  desk_pack_line (sheet->pack, when, TRUE);
  desk_pack_line (sheet->pack, phone, FALSE);
  desk_pack_line (sheet->pack, head, FALSE);
  desk_pack_line (sheet->pack, sheet->audit_hash, FALSE);
  desk_pack_heading (sheet->pack, "Tanks and telephone numbers · タンクと緊急連絡先", 60);
  desk_pack_columns (sheet->pack, shares, heads, G_N_ELEMENTS (heads));
  for (guint i = 0; i < sheet->tanks->len; i++)
    put_tank (sheet, sheet->tanks->pdata[i]);
}

/* ── maps ────────────────────────────────────────────────────────────────────────────────────── */

/* ── states ──────────────────────────────────────────────────────────────────────────────────── */

/* What the desk's own map says of a unit, in both languages; given: a dose that can go to its patient as it stands. */
static const struct
{
  const char *code, *words;
  gboolean given;
} states[] = {
  { "available", "available 使用可", TRUE },      { "reserved", "reserved 予約済", TRUE },     { "held", "ON HOLD 保留", FALSE },
  { "quarantine", "quarantine 未出荷", FALSE },   { "expired", "EXPIRED 期限切れ", FALSE },    { "recalled", "RECALLED 回収", FALSE },
  { "rejected", "REJECTED 不合格", FALSE },       { "consent-ended", "consent over 同意終了", FALSE },
  { "unlabelled", "no label ラベル未確認", FALSE }, { "filled", "filled 充填済", FALSE },      { "stored", "not a dose 製剤以外", FALSE },
};

static gboolean
read_state (Sheet *sheet, gint64 unit_id, const char **words, gboolean *given, GError **error)
{
  g_autoptr (DeskUnit) unit = desk_unit_load (sheet->db, unit_id, error);

  if (!unit)
    return FALSE;
  const char *code = desk_unit_headline (unit, desk_instant_day (sheet->now, sheet->zone));
  *words = code;
  *given = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (strcmp (states[i].code, code) == 0)
      {
        *words = states[i].words;
        *given = states[i].given;
      }
  return TRUE;
}

/* ── boxes ───────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  Sheet *sheet;
  const DeskWalkStop *stop;
  DeskPackPlace *places; /* of a map, by row and column */
  GPtrArray *rows;       /* of a list: position, number, patient as one string array */
  guint used;
} Box;

static gboolean
collect (const DeskSheetUnit *unit, gpointer user_data, GError **error)
{
  Box *box = user_data;
  g_autofree char *name = g_strchomp (g_strdup_printf ("%s %s", unit->family, unit->given));
  const char *words;
  gboolean given;

  if (!read_state (box->sheet, unit->unit_id, &words, &given, error))
    return FALSE;
  g_autofree char *number = g_strconcat (given ? "" : "✕ ", unit->number, NULL);
  box->used++;
  if (box->places && unit->row <= box->stop->rows && unit->col <= box->stop->cols)
    {
      DeskPackPlace *place = &box->places[(unit->row - 1) * box->stop->cols + unit->col - 1];

      g_free (place->number);
      g_free (place->whose);
      place->number = g_steal_pointer (&number);
      place->whose = g_steal_pointer (&name);
      return TRUE;
    }
  char **row = g_new0 (char *, 5);
  row[0] = desk_walk_position (box->stop, unit->row, unit->col);
  row[1] = g_steal_pointer (&number);
  row[2] = g_steal_pointer (&name);
  row[3] = g_strdup (unit->chart);
  g_ptr_array_add (box->rows, row);
  return TRUE;
}

static void
put_map (Sheet *sheet, const Box *box, const char *title)
{
  DeskContainer container = desk_walk_stop_container (box->stop);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free), cols = g_ptr_array_new_with_free_func (g_free);

  for (int r = 1; r <= container.rows; r++)
    g_ptr_array_add (rows, desk_place_row_name (&container, r));
  for (int c = 1; c <= container.cols; c++)
    g_ptr_array_add (cols, desk_place_col_name (&container, c));
  desk_pack_map (sheet->pack, title, (const char *const *) rows->pdata, rows->len, (const char *const *) cols->pdata, cols->len, box->places);
}

static void
put_list (Sheet *sheet, const Box *box, const char *title)
{
  static const double shares[] = { 0.15, 0.25, 0.45, 0.15 };
  static const char *const heads[] = { "Place 位置", "Number 番号", "Patient 患者", "Chart カルテ番号" };

  desk_pack_heading (sheet->pack, title, 40);
  desk_pack_columns (sheet->pack, shares, heads, G_N_ELEMENTS (heads));
  for (guint i = 0; i < box->rows->len; i++)
    desk_pack_row (sheet->pack, box->rows->pdata[i]);
}

static gboolean
put_box (Sheet *sheet, const DeskWalkStop *stop, GError **error)
{
  gboolean map = stop->cols <= MAP_COLS;
  g_autofree DeskPackPlace *places = map ? g_new0 (DeskPackPlace, stop->rows * stop->cols) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  Box box = { sheet, stop, places, rows, 0 };

  if (!desk_bank_sheet_box (sheet->db, stop->id, collect, &box, error))
    return FALSE;
  g_autofree char *title = g_strdup_printf ("%s (%u)", (char *) g_hash_table_lookup (sheet->where, &stop->id), box.used);
  if (box.used && map)
    put_map (sheet, &box, title);
  if (rows->len)
    put_list (sheet, &box, title);
  for (int i = 0; map && i < stop->rows * stop->cols; i++)
    {
      g_free (places[i].number);
      g_free (places[i].whose);
    }
  return TRUE;
}

/* Tank by tank; a box that is empty takes no paper. */
static gboolean
put_maps (Sheet *sheet, GError **error)
{
  for (guint i = 0; i < sheet->walks->len; i++)
    {
      const GPtrArray *walk = sheet->walks->pdata[i];

      for (guint j = 0; j < walk->len; j++)
        {
          const DeskWalkStop *stop = walk->pdata[j];

          if (strcmp (stop->kind, "tank") == 0 || strcmp (stop->kind, "freezer") == 0)
            {
              desk_pack_break (sheet->pack);
              desk_pack_heading (sheet->pack, stop->place, 60);
              desk_pack_line (sheet->pack, "✕ not to be given as it stands · 現状では投与不可", FALSE);
            }
          if (desk_walk_stop_is_box (stop) && !put_box (sheet, stop, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* ── patients ────────────────────────────────────────────────────────────────────────────────── */

static gboolean
put_unit (const DeskSheetUnit *unit, gpointer user_data, GError **error)
{
  Sheet *sheet = user_data;
  const DeskWalkStop *stop = g_hash_table_lookup (sheet->boxes, &unit->container_id);
  g_autofree char *name = g_strdup_printf ("%s %s", unit->family, unit->given);
  g_autofree char *position = stop ? desk_walk_position (stop, unit->row, unit->col) : NULL;
  g_autofree char *place = stop ? g_strdup_printf ("%s %s", (char *) g_hash_table_lookup (sheet->where, &unit->container_id), position) : g_strdup ("?");
  const char *words;
  gboolean given;

  if (!read_state (sheet, unit->unit_id, &words, &given, error))
    return FALSE;
  const char *cells[] = { g_strchomp (name), unit->chart, unit->birth, unit->number, words, unit->use_until, place };

  desk_pack_row (sheet->pack, cells);
  return TRUE;
}

static gboolean
put_patients (Sheet *sheet, GError **error)
{
  static const double shares[] = { 0.19, 0.09, 0.09, 0.12, 0.15, 0.09, 0.27 };
  static const char *const heads[] = { "Patient 患者", "Chart 番号", "Born 生年", "Unit 細胞", "State 判定", "Use by 期限", "Where 場所" };

  desk_pack_break (sheet->pack);
  desk_pack_heading (sheet->pack, "By patient · 患者別", 60);
  desk_pack_columns (sheet->pack, shares, heads, G_N_ELEMENTS (heads));
  return desk_bank_sheet_patients (sheet->db, put_unit, sheet, error);
}

static gboolean
put_all (DeskPack *pack, gpointer data, GError **error)
{
  Sheet *sheet = data;

  sheet->pack = pack;
  put_cover (sheet);
  return put_maps (sheet, error) && put_patients (sheet, error);
}

static gboolean
fill (int fd, gpointer user_data, GError **error)
{
  g_autoptr (Sheet) sheet = sheet_new (user_data, error);

  if (!sheet)
    return FALSE;
  g_autofree char *printed = instant_words (sheet, sheet->now);
  g_autofree char *title = g_strdup_printf ("%s · %s · %s", TITLE, sheet->clinic->name, printed);
  g_autofree char *foot = g_strdup_printf ("Audit %" G_GINT64_FORMAT " %s", sheet->audit_seq, sheet->audit_hash);
  return desk_pack_write (fd, title, foot, put_all, sheet, error);
}

/* Writes the pack as PDF and notes that it was written. DESK_ERROR_EXISTS for a file that is there, without overwrite. */
gboolean
desk_blackout_write (DeskDb *db, const char *path, gboolean overwrite, GError **error)
{
  g_autoptr (GError) unlogged = NULL;

  if (!desk_publish (path, overwrite, fill, db, error))
    return FALSE;
  /* A file that can only be read gets its pack all the same. */
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, &unlogged);
  if (txn && (!desk_txn_log (txn, "blackout.print", DESK_KIND_CLINIC, 1, NULL, &unlogged) || !desk_txn_commit (txn, &unlogged)))
    g_warning ("the black-out pack was written and not noted: %s", unlogged->message);
  return TRUE;
}

/* ── every night ─────────────────────────────────────────────────────────────────────────────── */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

/* Takes away all but the newest; their names are their days. */
static void
forget_old (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, "blackout-") && g_str_has_suffix (name, ".pdf") && strlen (name) == strlen ("blackout-2026-01-01.pdf"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = DESK_BLACKOUT_KEPT; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      g_unlink (path);
    }
}

/* From the evening's hour on writes the day's pack into the folder, once, and keeps the last seven. written says whether
 * it was this call that did. */
gboolean
desk_blackout_nightly (DeskDb *db, const char *folder, gint64 now, gboolean *written, GError **error)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (db, error);
  g_autofree char *day = NULL, *name = NULL, *path = NULL;

  *written = FALSE;
  if (!zone)
    return FALSE;
  if (desk_instant_minute (now, zone) < DESK_BLACKOUT_HOUR * 60)
    return TRUE;
  day = desk_day_format (desk_instant_day (now, zone));
  name = g_strdup_printf ("blackout-%s.pdf", day);
  path = g_build_filename (folder, name, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, DESK_ERROR, DESK_ERROR_IO, "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  if (!desk_blackout_write (db, path, FALSE, error))
    return FALSE;
  forget_old (folder);
  *written = TRUE;
  return TRUE;
}
