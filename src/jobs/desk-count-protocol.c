#include "desk-count-protocol.h"

#include "desk-clinics.h"
#include "desk-counts.h"
#include "desk-day.h"
#include "desk-pack.h"
#include "desk-publish.h"

typedef struct
{
  DeskDb *db;
  gint64 count_id;
} Wanted;

typedef struct
{
  DeskCount *count;
  GPtrArray *boxes, *differences;
  DeskClinic *clinic;
  GTimeZone *zone;
} Protocol;

/* In both languages of the house, as the other papers of the cell room. */
static const struct
{
  const char *code, *words;
} words[] = {
  { "scanning", "being counted 棚卸し中" }, { "comparing", "to be resolved 確認中" }, { "closed", "closed 完了" }, { "abandoned", "abandoned 中止" },
  { "missing", "missing 紛失" }, { "foreign", "foreign 別の場所" }, { "elsewhere", "elsewhere 場所違い" }, { "doubled", "read twice 重複" },
  { "unknown", "unknown 不明" }, { "found", "found 記録どおり" }, { "moved", "moved 移動" }, { "record_wrong", "record put right 記録訂正" },
  { "not_ours", "not ours 当院外" }, { "counted_wrong", "scanned wrongly 読取誤り" },
};

static const char *
word (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].code, code))
      return words[i].words;
  return code;
}

static void
protocol_free (Protocol *protocol)
{
  desk_count_free (protocol->count);
  g_clear_pointer (&protocol->boxes, g_ptr_array_unref);
  g_clear_pointer (&protocol->differences, g_ptr_array_unref);
  desk_clinic_free (protocol->clinic);
  g_clear_pointer (&protocol->zone, g_time_zone_unref);
  g_free (protocol);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Protocol, protocol_free)

static Protocol *
load (const Wanted *wanted, GError **error)
{
  g_autoptr (Protocol) protocol = g_new0 (Protocol, 1);

  protocol->zone = desk_clinic_zone (wanted->db, error);
  protocol->clinic = protocol->zone ? desk_clinic_load (wanted->db, error) : NULL;
  protocol->count = protocol->clinic ? desk_count_load (wanted->db, wanted->count_id, error) : NULL;
  protocol->boxes = protocol->count ? desk_count_boxes (wanted->db, wanted->count_id, error) : NULL;
  protocol->differences = protocol->boxes ? desk_count_differences (wanted->db, wanted->count_id, error) : NULL;
  return protocol->differences ? g_steal_pointer (&protocol) : NULL;
}

static char *
instant_words (const Protocol *protocol, gint64 instant)
{
  g_autofree char *day = instant ? desk_day_format (desk_instant_day (instant, protocol->zone)) : NULL;
  int minute = instant ? desk_instant_minute (instant, protocol->zone) : 0;

  return day ? g_strdup_printf ("%s %02d:%02d", day, minute / 60, minute % 60) : g_strdup ("–");
}

static void
put_step (DeskPack *pack, const Protocol *protocol, const char *what, gint64 at, const char *who, const char *with)
{
  g_autofree char *when = instant_words (protocol, at);
  g_autofree char *line = g_strdup_printf ("%s: %s  %s%s%s", what, when, who ? who : "", with ? " + " : "", with ? with : "");

  if (at)
    desk_pack_line (pack, line, FALSE);
}

static void
put_head (DeskPack *pack, const Protocol *protocol)
{
  const DeskCount *count = protocol->count;
  g_autofree char *heading = g_strdup_printf ("Stocktake 棚卸し %s", count->number);
  g_autofree char *clinic = g_strdup_printf ("%s %s", protocol->clinic->name, protocol->clinic->name_ja);
  g_autofree char *numbers = g_strdup_printf ("Boxes ボックス %u / %u · codes read 読み取り %u · differences 差異 %u · open 未解決 %u", count->boxes_done,
                                              count->boxes, count->scans, count->differences, count->unresolved);
  g_autofree char *state = g_strdup_printf ("State 状態: %s%s%s", word (desk_count_state_code (count->state)), *count->note ? ": " : "", count->note);

  desk_pack_heading (pack, heading, 120);
  desk_pack_line (pack, count->place, TRUE);
  desk_pack_line (pack, clinic, FALSE);
  desk_pack_line (pack, state, FALSE);
  desk_pack_line (pack, numbers, FALSE);
  put_step (pack, protocol, "Opened 開始", count->opened_at, count->opened_by, NULL);
  put_step (pack, protocol, "Scanning ended 読み取り終了", count->counted_at, count->counted_by, NULL);
  put_step (pack, protocol, "Closed 完了", count->closed_at, count->closed_by, count->closed_with);
}

static void
put_differences (DeskPack *pack, const Protocol *protocol)
{
  static const double shares[] = { 0.13, 0.14, 0.19, 0.16, 0.2, 0.18 };
  static const char *const heads[] = { "Difference 差異", "Unit 細胞", "Where 場所", "Resolved 解決", "Cause 原因", "By 担当・立会" };

  desk_pack_heading (pack, "Differences · 差異", 40);
  if (protocol->differences->len == 0)
    {
      desk_pack_line (pack, protocol->count->counted_at ? "none なし" : "not compared 照合なし", FALSE);
      return;
    }
  desk_pack_columns (pack, shares, heads, G_N_ELEMENTS (heads));
  for (guint i = 0; i < protocol->differences->len; i++)
    {
      const DeskCountDifference *d = protocol->differences->pdata[i];
      g_autofree char *who = d->resolved ? g_strdup_printf ("%s + %s", d->resolved_by, d->witness) : g_strdup ("");
      const char *cells[] = { word (desk_difference_code (d->kind)), d->number ? d->number : d->code, d->place,
                              d->resolved ? word (desk_resolution_code (d->resolution)) : "open 未解決", d->cause, who };

      desk_pack_row (pack, cells);
    }
}

static void
put_boxes (DeskPack *pack, const Protocol *protocol)
{
  static const double shares[] = { 0.6, 0.2, 0.2 };
  static const char *const heads[] = { "Box ボックス", "Counted 計数", "Codes read 読み取り" };

  desk_pack_heading (pack, "Boxes · ボックス", 40);
  desk_pack_columns (pack, shares, heads, G_N_ELEMENTS (heads));
  for (guint i = 0; i < protocol->boxes->len; i++)
    {
      const DeskCountBox *box = protocol->boxes->pdata[i];
      g_autofree char *scans = g_strdup_printf ("%u", box->scans);
      const char *cells[] = { box->place, box->done ? "✓" : "–", scans };

      desk_pack_row (pack, cells);
    }
}

static gboolean
put_all (DeskPack *pack, gpointer data, GError **error)
{
  const Protocol *protocol = data;

  put_head (pack, protocol);
  put_differences (pack, protocol);
  put_boxes (pack, protocol);
  desk_pack_heading (pack, "Signatures · 署名", 70);
  desk_pack_line (pack, "Counted 計数 ______________________________    Second person 立会 ______________________________", FALSE);
  desk_pack_line (pack, "", FALSE);
  desk_pack_line (pack, "Date 日付 ______________________________", FALSE);
  return TRUE;
}

static gboolean
fill (int fd, gpointer user_data, GError **error)
{
  g_autoptr (Protocol) protocol = load (user_data, error);

  if (!protocol)
    return FALSE;
  g_autofree char *title = g_strdup_printf ("Stocktake 棚卸し %s · %s", protocol->count->number, protocol->clinic->name);
  g_autofree char *printed = instant_words (protocol, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *foot = g_strdup_printf ("Printed 印刷日時 %s", printed);
  return desk_pack_write (fd, title, foot, put_all, protocol, error);
}

/* Writes the protocol as PDF. DESK_ERROR_EXISTS for a file that is there, without overwrite. */
gboolean
desk_count_protocol_write (DeskDb *db, gint64 count_id, const char *path, gboolean overwrite, GError **error)
{
  Wanted wanted = { db, count_id };

  return desk_publish (path, overwrite, fill, &wanted, error);
}
