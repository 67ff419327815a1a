#include "desk-label-job.h"

#include "desk-cells.h"
#include "desk-codes.h"
#include "desk-error.h"
#include "desk-label-load.h"
#include "desk-labels.h"
#include "desk-publish.h"

static GPtrArray *
new_labels (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) desk_label_data_free);
}

static gboolean
add (DeskDb *db, GPtrArray *labels, DeskLabelKind kind, gint64 id, GError **error)
{
  DeskLabelData *data = desk_label_load (db, kind, id, error);

  if (data)
    g_ptr_array_add (labels, data);
  return data != NULL;
}

/* The label of that kind for one unit, of DeskLabelData. */
GPtrArray *
desk_label_of_unit (DeskDb *db, DeskLabelKind kind, gint64 unit_id, GError **error)
{
  g_autoptr (GPtrArray) labels = new_labels ();

  return add (db, labels, kind, unit_id, error) ? g_steal_pointer (&labels) : NULL;
}

static gboolean
add_lot (DeskDb *db, GPtrArray *labels, DeskLabelKind kind, gint64 lot_id, GError **error)
{
  g_autoptr (GPtrArray) units = desk_unit_of_lot (db, lot_id, error);

  for (guint i = 0; units && i < units->len; i++)
    if (!desk_unit_is_final (units->pdata[i]) && !add (db, labels, kind, ((const DeskUnit *) units->pdata[i])->id, error))
      return FALSE;
  return units != NULL;
}

static DeskLabelKind
kind_of_person (const char *size)
{
  static const DeskLabelKind kinds[] = { DESK_LABEL_WRISTBAND, DESK_LABEL_APPOINTMENT, DESK_LABEL_ADDRESS };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (size, desk_label_kind_name (kinds[i])) == 0)
      return kinds[i];
  return DESK_LABEL_CARD;
}

/* The labels of what the code names: of a unit or all units of a lot their identity labels (size "release": their tags),
 * of a patient the card, or what size names: wristband, appointment, address. Labels of cells that come this way are copies: only the window, which records the
 * printing, makes one to be put on. */
GPtrArray *
desk_label_of_code (DeskDb *db, const char *text, const char *size, GError **error)
{
  g_autoptr (DeskCode) code = desk_code_read (text);
  g_autoptr (GPtrArray) labels = new_labels ();
  DeskLabelKind cells = g_strcmp0 (size, "release") == 0 ? DESK_LABEL_RELEASE : DESK_LABEL_UNIT;
  DeskFound found;
  gboolean added = FALSE;

  if (!desk_code_find (db, code, &found, error))
    return NULL;
  if (found.problem || code->kind == DESK_CODE_COMMAND)
    g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "“%s”: %s", text, found.problem ? found.problem : "a command");
  else if (found.kind == DESK_CODE_UNIT)
    added = add (db, labels, cells, found.id, error);
  else if (found.kind == DESK_CODE_LOT)
    added = add_lot (db, labels, cells, found.id, error);
  else if (found.kind == DESK_CODE_COLLECTION)
    added = add (db, labels, DESK_LABEL_TUBE, found.id, error);
  else if (found.kind == DESK_CODE_PATIENT)
    added = add (db, labels, kind_of_person (size), found.id, error);
  else if (found.kind == DESK_CODE_CONTAINER)
    added = add (db, labels, DESK_LABEL_CONTAINER, found.id, error);
  else if (found.kind == DESK_CODE_DEVICE)
    added = add (db, labels, DESK_LABEL_DEVICE, found.id, error);
  else
    g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "“%s” has no label", text);
  for (guint i = 0; i < labels->len; i++)
    ((DeskLabelData *) labels->pdata[i])->copy = cells == DESK_LABEL_UNIT;
  return added ? g_steal_pointer (&labels) : NULL;
}

/* Refuses what must not be printed: the code of the first problem. */
gboolean
desk_label_ready (const GPtrArray *labels, GError **error)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (labels->len == 0)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED, "label-nothing");
      return FALSE;
    }
  for (guint i = 0; i < labels->len; i++)
    desk_label_data_check (labels->pdata[i], problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);

      if (problem->warning)
        continue;
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_REFUSED,
                           g_str_equal (problem->code, "missing") ? problem->field : problem->code);
      return FALSE;
    }
  return TRUE;
}

/* The paper of that name, or with NULL the usual one; DESK_ERROR_INVALID when the labels do not go on it. */
const DeskLabelStock *
desk_label_paper (const GPtrArray *labels, const char *size, GError **error)
{
  DeskLabelKind kind = labels->len ? ((const DeskLabelData *) labels->pdata[0])->kind : DESK_LABEL_UNIT;
  const DeskLabelStock *stock
      = size && kind != DESK_LABEL_RELEASE && kind != DESK_LABEL_APPOINTMENT ? desk_label_stock (size) : desk_label_stock_for (kind);

  if (stock && desk_label_stock_takes (stock, kind))
    return stock;
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "such a label is not printed on %s", size);
  return NULL;
}

typedef struct
{
  const GPtrArray *labels;
  const DeskLabelStock *stock;
} Print;

static gboolean
fill_labels (int fd, gpointer user_data, GError **error)
{
  const Print *print = user_data;

  return desk_labels_write_pdf (print->labels, print->stock, fd, error);
}

/* Writes the labels, one a page of the paper's size. */
gboolean
desk_label_print_pdf (const GPtrArray *labels, const DeskLabelStock *stock, const char *path, gboolean overwrite, GError **error)
{
  Print print = { labels, stock };

  return desk_label_ready (labels, error) && desk_publish (path, overwrite, fill_labels, &print, error);
}

/* In both languages: the sheet hangs where people of both work. */
static const char *const command_words[DESK_N_COMMANDS] = {
  [DESK_COMMAND_CONFIRM] = "Confirm 確認",     [DESK_COMMAND_NEXT] = "Next 次へ",       [DESK_COMMAND_BACK] = "Back 戻る",
  [DESK_COMMAND_UNDO] = "Undo 取り消し",       [DESK_COMMAND_CANCEL] = "Cancel 中止",   [DESK_COMMAND_FINISH] = "Finish 終了",
  [DESK_COMMAND_COUNT] = "Start count 棚卸開始", [DESK_COMMAND_PLACE] = "Place 収納",    [DESK_COMMAND_LABEL] = "Print label ラベル印刷",
  [DESK_COMMAND_FIND] = "Find 検索",           [DESK_COMMAND_HELP] = "Help ヘルプ",
};

static gboolean
fill_sheet (int fd, gpointer user_data, GError **error)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  DeskLabelCommand commands[DESK_N_COMMANDS];
  guint n = 0;

  for (int i = DESK_COMMAND_NONE + 1; i < DESK_N_COMMANDS; i++)
    {
      g_ptr_array_add (codes, desk_code_command_code ((DeskCodeCommand) i));
      commands[n] = (DeskLabelCommand){ command_words[i], codes->pdata[n] };
      n++;
    }
  return desk_labels_write_sheet ("Uketsuke: commands to scan  読み取り用コマンド", commands, n, fd, error);
}

/* Writes the sheet of commands to scan. */
gboolean
desk_command_sheet_print_pdf (const char *path, gboolean overwrite, GError **error)
{
  return desk_publish (path, overwrite, fill_sheet, NULL, error);
}
