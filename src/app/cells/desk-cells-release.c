/* Release of a lot's doses, under conditions for one visit, and recall. */
#include "desk-cells-lot-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-toast.h"
#include "desk-words.h"

/* The lot's units of that quality that are still there, into ids; their numbers in words. */
static char *
list_units (DeskCellsDialog *dialog, gint64 lot_id, const char *qualities, gboolean doses_only, GArray *ids)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) units = desk_unit_of_lot (desk_page_get_reader (page), lot_id, &error);
  g_auto (GStrv) wanted = g_strsplit (qualities, ",", -1);
  GString *numbers = g_string_new (NULL);

  for (guint i = 0; units && i < units->len; i++)
    {
      const DeskUnit *unit = units->pdata[i];

      if (!g_strv_contains ((const char *const *) wanted, unit->quality) || (doses_only && !desk_unit_is_dose (unit))
          || (desk_unit_is_final (unit) && strcmp (qualities, "released,conditional") != 0))
        continue;
      g_string_append_printf (numbers, "%s%s", numbers->len ? ", " : "", unit->number);
      g_array_append_val (ids, unit->id);
    }
  if (error)
    desk_toast_error (GTK_WIDGET (page), error);
  else if (ids->len == 0)
    desk_toast (GTK_WIDGET (page), _("This lot has no unit for that."));
  return g_string_free (numbers, FALSE);
}

static gboolean
keep_units (DeskCellsDialog *dialog, gint64 lot_id, const char *qualities, gboolean doses_only, const char *format)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *numbers = list_units (dialog, lot_id, qualities, doses_only, ids);
  g_autoptr (GString) note = g_string_new (format);

  g_object_set_data_full (G_OBJECT (dialog), "units", ids, (GDestroyNotify) g_array_unref);
  g_string_append_printf (note, "\n%s", numbers);
  desk_cells_dialog_set_note (dialog, note->str);
  return ids->len > 0;
}

static void
take_units (DeskCellsDialog *dialog, DeskLotAct *act)
{
  GArray *ids = g_object_get_data (G_OBJECT (dialog), "units");

  g_array_append_vals (act->units, ids->data, ids->len);
}

/* What still stands against a release, test by test. */
static void
warn (DeskCellsDialog *dialog, const DeskLot *lot)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  DeskDb *db = desk_page_get_reader (page);
  g_autoptr (GPtrArray) tests = desk_lot_tests (db, NULL);
  g_autoptr (GPtrArray) results = desk_lot_results (db, lot->id, NULL);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GString) words = g_string_new (NULL);

  if (!tests || !results)
    return;
  desk_release_check (tests, results, 0, desk_session_get_actor (desk_page_get_session (page)), problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);

      if (strcmp (problem->field, "performer") == 0)
        g_string_append_printf (words, "%s%s", words->len ? "\n" : "", desk_words ("refused", problem->code));
      else
        g_string_append_printf (words, "%s%s: %s", words->len ? "\n" : "", desk_words ("test", problem->field),
                                desk_words ("refused", problem->code));
    }
  desk_cells_dialog_set_warning (dialog, words->str);
}

static gboolean
ask_release (DeskCellsDialog *dialog, const DeskLot *lot)
{
  desk_cells_dialog_add_second_person (dialog, TRUE);
  warn (dialog, lot);
  return keep_units (dialog, lot->id, "quarantine,conditional", FALSE, _("All units of the lot that are not released yet:"));
}

static gboolean
collect_release (DeskCellsDialog *dialog, DeskLotAct *act)
{
  act->witness = desk_cells_dialog_get_choice (dialog, "witness");
  take_units (dialog, act);
  return act->witness != 0 || desk_cells_dialog_refuse (dialog, "witness", _("A second person has to sign for this step."));
}

static gboolean
release (DeskDb *db, const DeskLotAct *act, GError **error)
{
  return desk_release_units (db, (const gint64 *) (gpointer) act->units->data, act->units->len, act->by, act->witness, error);
}

/* ── under conditions ────────────────────────────────────────────────────────────────────────── */

static gboolean
add_visits (DeskCellsDialog *dialog, const DeskLot *lot)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = desk_visit_of_patient (desk_page_get_reader (page), lot->patient_id, &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  gint64 today = desk_instant_at (desk_page_get_today (page), 0, desk_page_get_zone (page));

  for (guint i = 0; visits && i < visits->len; i++)
    {
      const DeskVisit *visit = visits->pdata[i];

      if (visit->starts_at < today || strcmp (visit->type, "infusion") != 0 || desk_visit_is_final (visit->status))
        continue;
      g_autofree char *when = desk_words_when (visit->starts_at, desk_page_get_zone (page));
      g_strv_builder_add (words, when);
      g_array_append_val (ids, visit->id);
    }
  if (ids->len == 0)
    {
      desk_toast (GTK_WIDGET (page), _("The patient has no infusion in the book that this could be for."));
      return FALSE;
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "visit", _("For the infusion on"), (const char *const *) lines, (gint64 *) (gpointer) ids->data, 0);
  return TRUE;
}

static void
add_doses (DeskCellsDialog *dialog, const DeskLot *lot)
{
  g_autoptr (GPtrArray) units = desk_unit_of_lot (desk_page_get_reader (desk_cells_dialog_get_page (dialog)), lot->id, NULL);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  GArray *ids = g_object_get_data (G_OBJECT (dialog), "units");

  for (guint i = 0; units && i < units->len; i++)
    for (guint n = 0; n < ids->len; n++)
      if (g_array_index (ids, gint64, n) == ((const DeskUnit *) units->pdata[i])->id)
        g_strv_builder_add (words, ((const DeskUnit *) units->pdata[i])->number);
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "dose", _("Dose"), (const char *const *) lines, (gint64 *) (gpointer) ids->data, 0);
}

static void
add_physicians (DeskCellsDialog *dialog)
{
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_page_get_reader (desk_cells_dialog_get_page (dialog)), TRUE, NULL);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  const gint64 none = 0;

  g_strv_builder_add (words, _("Choose…"));
  g_array_append_val (ids, none);
  for (guint i = 0; staff && i < staff->len; i++)
    {
      const DeskStaff *person = staff->pdata[i];

      if (strcmp (person->role, "physician") != 0)
        continue;
      g_strv_builder_add (words, person->name);
      g_array_append_val (ids, person->id);
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "physician", _("Physician who answers for it"), (const char *const *) lines,
                                (gint64 *) (gpointer) ids->data, 0);
}

static gboolean
ask_conditional (DeskCellsDialog *dialog, const DeskLot *lot)
{
  if (!keep_units (dialog, lot->id, "quarantine", TRUE,
                   _("One dose, for one visit of this patient. Only tests that may come late can be pending; when the last result "
                     "comes, the dose is released or rejected.")))
    return FALSE;
  add_doses (dialog, lot);
  if (!add_visits (dialog, lot))
    return FALSE;
  add_physicians (dialog);
  desk_cells_dialog_add_text (dialog, "reason", _("Why it cannot wait, in the physician’s words"), NULL);
  desk_cells_dialog_add_switch (dialog, "told", _("The patient was told which results are pending"), FALSE);
  return TRUE;
}

static gboolean
collect_conditional (DeskCellsDialog *dialog, DeskLotAct *act)
{
  gint64 dose = desk_cells_dialog_get_choice (dialog, "dose");

  act->id = desk_cells_dialog_get_choice (dialog, "visit");
  act->other_id = desk_cells_dialog_get_choice (dialog, "physician");
  g_array_append_val (act->units, dose);
  if (act->other_id == 0)
    return desk_cells_dialog_refuse (dialog, "physician", _("A physician has to answer for it."));
  if (!desk_lot_act_read (dialog, act, "reason", TRUE))
    return FALSE;
  return desk_cells_dialog_get_switch (dialog, "told") || desk_cells_dialog_refuse (dialog, NULL, _("Please tell the patient first."));
}

static gboolean
release_conditional (DeskDb *db, const DeskLotAct *act, GError **error)
{
  const DeskCondition condition = { .units = (const gint64 *) (gpointer) act->units->data, .n_units = act->units->len, .visit_id = act->id,
                                    .performer = act->by, .physician = act->other_id, .reason = desk_lot_act_text (act, 0),
                                    .told_at = g_get_real_time () / G_USEC_PER_SEC };

  return desk_release_conditional (db, &condition, error);
}

/* ── recall ──────────────────────────────────────────────────────────────────────────────────── */

static gboolean
ask_recall (DeskCellsDialog *dialog, const DeskLot *lot)
{
  desk_cells_dialog_add_text (dialog, "reason", _("Reason"), NULL);
  return keep_units (dialog, lot->id, "released,conditional", FALSE,
                     _("Recalled units are never released again, and their reservations end. These are recalled:"));
}

static gboolean
collect_recall (DeskCellsDialog *dialog, DeskLotAct *act)
{
  take_units (dialog, act);
  return desk_lot_act_read (dialog, act, "reason", TRUE);
}

static gboolean
recall (DeskDb *db, const DeskLotAct *act, GError **error)
{
  return desk_recall_units (db, (const gint64 *) (gpointer) act->units->data, act->units->len, act->by, desk_lot_act_text (act, 0), error);
}

const DeskLotDialog desk_cells_release_dialogs[] = {
  { "release", N_("Release Lot"), N_("Release"), FALSE, ask_release, collect_release, release },
  { "conditional", N_("Release Under Conditions"), N_("Release Under Conditions"), TRUE, ask_conditional, collect_conditional, release_conditional },
  { "recall", N_("Recall Lot"), N_("Recall"), TRUE, ask_recall, collect_recall, recall },
  { NULL }
};
