/* Entering a result of a lot, and reading it a second time. */
#include "desk-cells-lot-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-toast.h"
#include "desk-words.h"

static const DeskLotTest *
chosen_test (DeskCellsDialog *dialog)
{
  GPtrArray *tests = g_object_get_data (G_OBJECT (dialog), "tests");

  return tests->pdata[desk_cells_dialog_get_choice (dialog, "test")];
}

/* The limit as it stands, and what the laboratory's unit is likely to be. */
static void
on_test (DeskCellsDialog *dialog)
{
  const DeskLotTest *test = chosen_test (dialog);
  gboolean per_kg = strcmp (test->unit, "EU/kg") == 0;
  g_autofree char *limit = desk_lot_test_limit (test);
  g_autofree char *words = *limit ? g_strdup_printf (_("Limit in force: %s. A result outside it puts the whole lot on hold."), limit)
                                  : g_strdup (_("There is no limit for this test."));
  g_autofree char *note = per_kg ? g_strdup_printf ("%s %s", words, _("For a value by millilitre, write volume and weight, too.")) : NULL;

  desk_cells_dialog_set_text (dialog, "unit", per_kg ? "EU/mL" : test->unit);
  desk_cells_dialog_set_note (dialog, note ? note : words);
}

static gboolean
ask_result (DeskCellsDialog *dialog, const DeskLot *lot)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tests = desk_lot_tests (desk_page_get_reader (page), &error);
  g_autofree char *today = desk_day_format (desk_page_get_today (page));
  const char *names[65] = { NULL };
  gint64 ids[64];

  if (!tests || tests->len == 0 || tests->len > 64)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return FALSE;
    }
  for (guint i = 0; i < tests->len; i++)
    {
      names[i] = desk_words ("test", ((const DeskLotTest *) tests->pdata[i])->code);
      ids[i] = i;
    }
  g_object_set_data_full (G_OBJECT (dialog), "tests", g_ptr_array_ref (tests), (GDestroyNotify) g_ptr_array_unref);
  desk_cells_dialog_add_choice (dialog, "test", _("Test"), names, ids, 0);
  desk_cells_dialog_add_text (dialog, "value", _("Value, as reported: 91, 1.2×10⁹, <0.5, negative"), NULL);
  desk_cells_dialog_add_text (dialog, "unit", _("Unit"), NULL);
  desk_cells_dialog_add_text (dialog, "volume", _("Volume of a dose, mL"), NULL);
  desk_cells_dialog_add_text (dialog, "weight", _("Weight of the patient, kg"), NULL);
  desk_cells_dialog_add_choice (dialog, "stage", _("Stage of the result"),
                                (const char *const[]){ desk_words ("stage", "preliminary"), desk_words ("stage", "final"), NULL },
                                (gint64[]){ 0, 1 }, 1);
  desk_cells_dialog_add_text (dialog, "sampled", _("Sampled on"), *lot->harvested_on ? lot->harvested_on : today);
  desk_cells_dialog_add_text (dialog, "reported", _("Reported on"), today);
  desk_cells_dialog_add_text (dialog, "method", _("Method or laboratory"), NULL);
  desk_cells_dialog_add_text (dialog, "why", _("Why, if it takes the place of a final result"), NULL);
  on_test (dialog);
  desk_cells_dialog_on_choice (dialog, "test", on_test);
  return TRUE;
}

static gboolean
read_amount (DeskCellsDialog *dialog, const char *key, double *value)
{
  const char *text = desk_cells_dialog_get_text (dialog, key);
  char bound = 0;

  if (*text == '\0')
    return TRUE;
  return (desk_amount_parse (text, value, &bound, NULL) && !bound && *value > 0)
         || desk_cells_dialog_refuse (dialog, key, _("This is not a number."));
}

/* Which result this takes the place of: the last of the same test that stands. */
static gboolean
find_superseded (DeskCellsDialog *dialog, DeskLotAct *act, const char *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = desk_lot_results (desk_page_get_reader (desk_cells_dialog_get_page (dialog)), act->lot_id, &error);

  if (!results)
    {
      g_autofree char *words = desk_words_error (error);
      return desk_cells_dialog_refuse (dialog, NULL, words);
    }
  for (guint i = 0; i < results->len; i++)
    {
      const DeskResult *result = results->pdata[i];

      if (strcmp (result->test, test) == 0 && result->unit_id == 0)
        act->id = result->id;
    }
  return TRUE;
}

static gboolean
collect_result (DeskCellsDialog *dialog, DeskLotAct *act)
{
  const DeskLotTest *test = chosen_test (dialog);

  g_ptr_array_add (act->texts, g_strdup (test->code));
  act->flag = desk_cells_dialog_get_choice (dialog, "stage") == 1;
  return desk_lot_act_read (dialog, act, "value", TRUE) && desk_lot_act_read (dialog, act, "unit", FALSE)
         && read_amount (dialog, "volume", &act->basis.volume_ml) && read_amount (dialog, "weight", &act->basis.weight_kg)
         && desk_lot_act_read_day (dialog, act, "sampled", FALSE) && desk_lot_act_read_day (dialog, act, "reported", TRUE)
         && desk_lot_act_read (dialog, act, "method", FALSE) && desk_lot_act_read (dialog, act, "why", FALSE)
         && find_superseded (dialog, act, test->code);
}

static gboolean
add_result (DeskDb *db, const DeskLotAct *act, GError **error)
{
  char **texts = (char **) act->texts->pdata;
  DeskResult result = { .lot_id = act->lot_id, .test = texts[0], .value = texts[1], .unit = texts[2], .sampled_on = texts[3],
                        .reported_on = texts[4], .method = texts[5], .why = texts[6], .stage = (char *) (act->flag ? "final" : "preliminary"),
                        .entered_by = act->by, .supersedes = act->id };

  return desk_result_add_with (db, &result, &act->basis, error);
}

/* ── the second reading ──────────────────────────────────────────────────────────────────────── */

static gboolean
ask_check (DeskCellsDialog *dialog, const DeskLot *lot)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = desk_lot_results (desk_page_get_reader (page), lot->id, &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  for (guint i = 0; results && i < results->len; i++)
    {
      const DeskResult *result = results->pdata[i];
      g_autofree char *line = g_strdup_printf ("%s: %s %s · %s · %s", desk_words ("test", result->test), result->value, result->unit,
                                               desk_words ("stage", result->stage), result->enterer);

      if (result->checked_by)
        continue;
      g_strv_builder_add (words, line);
      g_array_append_val (ids, result->id);
    }
  if (ids->len == 0)
    {
      if (error)
        desk_toast_error (GTK_WIDGET (page), error);
      else
        desk_toast (GTK_WIDGET (page), _("All results have been read by a second person."));
      return FALSE;
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "result", _("Result"), (const char *const *) lines, (gint64 *) (gpointer) ids->data, 0);
  desk_cells_dialog_set_note (dialog, _("Read value, unit and day against the laboratory’s report. Whoever entered a result cannot check it."));
  return TRUE;
}

static gboolean
collect_check (DeskCellsDialog *dialog, DeskLotAct *act)
{
  act->id = desk_cells_dialog_get_choice (dialog, "result");
  return TRUE;
}

static gboolean
check_result (DeskDb *db, const DeskLotAct *act, GError **error)
{
  return desk_result_check (db, act->id, act->by, error);
}

const DeskLotDialog desk_cells_result_dialogs[] = {
  { "result", N_("Enter Result"), N_("Enter"), FALSE, ask_result, collect_result, add_result },
  { "check", N_("Check Result"), N_("It Agrees"), FALSE, ask_check, collect_check, check_result },
  { NULL }
};
