#include "desk-lookback-paper.h"

#include "desk-clinics.h"
#include "desk-day.h"
#include "desk-lookbacks.h"
#include "desk-pack.h"
#include "desk-publish.h"

typedef struct
{
  DeskDb *db;
  gint64 lookback_id;
} Wanted;

typedef struct
{
  DeskLookback *lookback;
  DeskClinic *clinic;
  GTimeZone *zone;
} Paper;

/* In both languages of the house, as the other papers of the cell room. */
static const struct
{
  const char *code, *words;
} words[] = {
  { "cause", "cause 原因" }, { "lot", "of the lot 同ロット" }, { "input", "grown on in 継代先" }, { "grown-from", "grown from 継代元" },
  { "collection", "same collection 同じ採取" }, { "reagent", "same reagent lot 同じ試薬" }, { "incubator", "same incubator 同じ培養器" },
  { "bench", "same bench 同じ安全台" }, { "centrifuge", "same centrifuge 同じ遠心機" }, { "freezing", "same freezing run 同じ凍結" },
  { "bath", "same bath 同じ恒温槽" }, { "device", "same device 同じ機器" }, { "shipment", "same shipment 同じ輸送" },
  { "container", "stood in 同じ容器" }, { "person", "handled by 同じ担当者" }, { "day", "that day 同じ日" }, { "infused", "was given 投与" },
  { "reserved", "is promised 予約" }, { "next-visit", "next visit 次の来院" },
  { "keep", "stays held 保留継続" }, { "reject", "to be rejected 不合格" }, { "cleared", "cleared 保留解除" }, { "discard", "to be discarded 廃棄" },
  { "test", "sent for testing 検査へ" }, { "tested", "tested 検査済" }, { "receiver-told", "receiver told 移送先連絡済" }, { "told", "told 説明済" },
  { "companion-told", "companion told 付添人に連絡済" }, { "not-reached", "not reached 連絡不能" }, { "not-needed", "need not be told 連絡不要" },
  { "stays", "stays as booked 予定どおり" }, { "other-dose", "another dose 別の投与分" }, { "moved", "moved 日程変更" }, { "cancelled", "cancelled 中止" },
  { "processor", "Processing centre 加工施設へ連絡" }, { "harm-7", "Committee, 7 days 委員会（7日）" }, { "minister", "Minister 厚生労働大臣" },
  { "harm-15", "Committee, 15 days 委員会（15日）" }, { "harm-60", "Committee, 60-day period 委員会（60日）" },
  { "reported", "reported 報告済" }, { "not-due", "not due 不要" },
  { "result", "Result of a test 検査結果" },
};

static const char *
word (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].code, code) == 0)
      return words[i].words;
  return code ? code : "";
}

static void
paper_free (Paper *paper)
{
  g_clear_pointer (&paper->lookback, desk_lookback_free);
  desk_clinic_free (paper->clinic);
  g_clear_pointer (&paper->zone, g_time_zone_unref);
  g_free (paper);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paper, paper_free)

static Paper *
load (const Wanted *wanted, GError **error)
{
  g_autoptr (Paper) paper = g_new0 (Paper, 1);

  paper->zone = desk_clinic_zone (wanted->db, error);
  paper->clinic = paper->zone ? desk_clinic_load (wanted->db, error) : NULL;
  paper->lookback = paper->clinic ? desk_lookback_load (wanted->db, wanted->lookback_id, error) : NULL;
  return paper->lookback ? g_steal_pointer (&paper) : NULL;
}

static char *
instant_words (const Paper *paper, gint64 instant)
{
  g_autofree char *day = instant ? desk_day_format (desk_instant_day (instant, paper->zone)) : NULL;
  int minute = instant ? desk_instant_minute (instant, paper->zone) : 0;

  return day ? g_strdup_printf ("%s %02d:%02d", day, minute / 60, minute % 60) : g_strdup ("");
}

/* "told 説明済 · MORI", or a box to tick where nobody decided. */
static char *
decision_words (const DeskLookbackItem *item)
{
  if (item->reviewed_at)
    return g_strdup_printf ("%s · %s", word (item->decision), item->reviewed_by);
  return item->tried ? g_strdup_printf ("□ tried 不在 %u", item->tried) : g_strdup ("□");
}

static void
put_head (DeskPack *pack, const Paper *paper)
{
  const DeskLookback *lookback = paper->lookback;
  g_autofree char *heading = g_strdup_printf ("Look-back 遡及調査 %s", lookback->number);
  g_autofree char *about = g_strdup_printf ("%s%s%s%s%s", *lookback->test ? lookback->test : word (desk_lookback_cause_code (lookback->cause)),
                                            *lookback->about ? " · " : "", lookback->about, *lookback->words ? " · " : "", lookback->words);
  g_autofree char *clinic = g_strdup_printf ("%s %s · ☎ %s", paper->clinic->name, paper->clinic->name_ja, paper->clinic->phone);
  g_autofree char *known = desk_day_format (lookback->known);
  g_autofree char *opened_at = instant_words (paper, lookback->opened_at);
  g_autofree char *opened = g_strdup_printf ("Known since 判明日: %s · opened 開始: %s %s", known, opened_at, lookback->opened_by);
  g_autofree char *counts = g_strdup_printf ("Listed 対象 %u · not decided 未決 %u", lookback->n_items, lookback->n_unreviewed);

  desk_pack_heading (pack, heading, 120);
  desk_pack_line (pack, about, TRUE);
  desk_pack_line (pack, clinic, FALSE);
  desk_pack_line (pack, opened, FALSE);
  desk_pack_line (pack, counts, FALSE);
  if (lookback->closed_at)
    {
      g_autofree char *at = instant_words (paper, lookback->closed_at);
      g_autofree char *closed = g_strdup_printf ("Closed 終了: %s %s", at, lookback->closed_by);

      desk_pack_line (pack, closed, FALSE);
      desk_pack_line (pack, lookback->conclusion, FALSE);
    }
}

static void
put_clocks (DeskPack *pack, const Paper *paper)
{
  static const double shares[] = { 0.34, 0.14, 0.26, 0.26 };
  static const char *const heads[] = { "Report 報告", "Due 期限", "Done 結果", "Note 備考" };

  desk_pack_heading (pack, "Reports · 報告", 60);
  if (paper->lookback->clocks->len == 0)
    {
      desk_pack_line (pack, "none なし", FALSE);
      return;
    }
  desk_pack_columns (pack, shares, heads, G_N_ELEMENTS (heads));
  for (guint i = 0; i < paper->lookback->clocks->len; i++)
    {
      const DeskLegalClock *clock = paper->lookback->clocks->pdata[i];
      g_autofree char *due = desk_day_format (clock->due);
      g_autofree char *done = clock->done_at ? g_strdup_printf ("%s · %s", word (clock->outcome), clock->done_by) : g_strdup ("□");
      const char *cells[] = { word (desk_clock_code (clock->rule)), due, done, clock->note };

      desk_pack_row (pack, cells);
    }
}

/* Two lines for each: the patient, then the companion who may be told. */
static void
put_patient (DeskPack *pack, const Paper *paper, const DeskLookbackItem *item)
{
  g_autofree char *decision = decision_words (item), *given = instant_words (paper, item->at);
  g_autofree char *companion = *item->companion ? g_strdup_printf ("↳ %s", item->companion) : NULL;
  const char *own[] = { item->patient, item->chart, item->phone, item->email, item->languages, given, decision };
  const char *other[] = { companion, "may be told 可", item->companion_phone, item->companion_email, "", "", "" };

  desk_pack_row (pack, own);
  if (companion)
    desk_pack_row (pack, other);
}

/* Where it is and how it came there: the roads one below the other, so that none is cut off. */
static void
put_thing (DeskPack *pack, const Paper *paper, const DeskLookbackItem *item)
{
  g_autofree char *decision = decision_words (item), *when = item->kind == DESK_ITEM_VISIT ? instant_words (paper, item->at) : NULL;
  guint n = 0;

  for (guint i = 0; i < item->roads->len || i == 0; i++)
    {
      const DeskLookbackRoad *road = i < item->roads->len ? item->roads->pdata[i] : NULL;
      g_autofree char *day = road && road->day != DESK_DAY_NONE ? desk_day_format (road->day) : NULL;
      g_autofree char *how = road ? g_strdup_printf ("%s%s%s%s%s", word (desk_road_code (road->road)), *road->ref ? ": " : "", road->ref,
                                                     day ? ", " : "", day ? day : "")
                                  : g_strdup ("");
      const char *first[] = { when ? when : item->label, item->patient, item->chart, how, decision, item->place };
      const char *more[] = { "", "", "", how, "", "" };

      desk_pack_row (pack, n++ ? more : first);
    }
}

static void
put_group (DeskPack *pack, const Paper *paper, DeskItemKind kind, const char *title)
{
  static const double patient_shares[] = { 0.2, 0.1, 0.15, 0.2, 0.07, 0.13, 0.15 };
  static const char *const patient_heads[] = { "Patient 患者", "Chart 番号", "☎", "E-mail", "言語", "Given 投与", "Told 連絡" };
  /* Only doses and samples stand somewhere; the roads need the room that is left. */
  static const double placed_shares[] = { 0.12, 0.15, 0.08, 0.26, 0.2, 0.19 };
  static const double shares[] = { 0.13, 0.17, 0.08, 0.39, 0.23 };
  static const char *const heads[] = { "No. 番号", "Patient 患者", "Chart", "Road 経路", "Decision 判断", "Place 場所" };
  gboolean placed = kind == DESK_ITEM_UNIT || kind == DESK_ITEM_SAMPLE;
  guint n = 0;

  for (guint i = 0; i < paper->lookback->items->len; i++)
    n += ((DeskLookbackItem *) paper->lookback->items->pdata[i])->kind == kind;
  if (n == 0)
    return;
  g_autofree char *heading = g_strdup_printf ("%s (%u)", title, n);
  desk_pack_heading (pack, heading, 60);
  if (kind == DESK_ITEM_PATIENT)
    desk_pack_columns (pack, patient_shares, patient_heads, G_N_ELEMENTS (patient_heads));
  else
    desk_pack_columns (pack, placed ? placed_shares : shares, heads, placed ? G_N_ELEMENTS (placed_shares) : G_N_ELEMENTS (shares));
  for (guint i = 0; i < paper->lookback->items->len; i++)
    {
      const DeskLookbackItem *item = paper->lookback->items->pdata[i];

      if (item->kind == kind)
        (kind == DESK_ITEM_PATIENT ? put_patient : put_thing) (pack, paper, item);
    }
}

static gboolean
put_all (DeskPack *pack, gpointer data, GError **error)
{
  const Paper *paper = data;

  put_head (pack, paper);
  put_clocks (pack, paper);
  put_group (pack, paper, DESK_ITEM_PATIENT, "Patients to call · 連絡する患者");
  put_group (pack, paper, DESK_ITEM_UNIT, "Doses held · 保留中の細胞");
  put_group (pack, paper, DESK_ITEM_LOT, "Lots · ロット");
  put_group (pack, paper, DESK_ITEM_VISIT, "Visits · 来院予定");
  put_group (pack, paper, DESK_ITEM_SAMPLE, "Samples · 検体");
  return TRUE;
}

static gboolean
fill (int fd, gpointer user_data, GError **error)
{
  g_autoptr (Paper) paper = load (user_data, error);

  if (!paper)
    return FALSE;
  g_autofree char *title = g_strdup_printf ("Look-back 遡及調査 %s · %s", paper->lookback->number, paper->clinic->name);
  g_autofree char *printed = instant_words (paper, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *foot = g_strdup_printf ("Printed 印刷日時 %s", printed);
  return desk_pack_write (fd, title, foot, put_all, paper, error);
}

/* Writes the look-back as PDF. DESK_ERROR_EXISTS for a file that is there, without overwrite. */
gboolean
desk_lookback_paper_write (DeskDb *db, gint64 lookback_id, const char *path, gboolean overwrite, GError **error)
{
  Wanted wanted = { db, lookback_id };

  return desk_publish (path, overwrite, fill, &wanted, error);
}
