#include "desk-cells-steps.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-bedside-window.h"
#include "desk-book.h"
#include "desk-cells-boxes.h"
#include "desk-cells-discard.h"
#include "desk-cells-scanned.h"
#include "desk-cells-words.h"
#include "desk-holds.h"
#include "desk-labs.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-label-dialog.h"
#include "desk-scan.h"
#include "desk-words.h"

/* Steps of the page that are not a DeskUnitStep follow its codes. */
#define FREEZE "freeze"
#define READY "ready"
#define HOLD "hold"
#define BEDSIDE "bedside"
#define HOLD_CLOSE "hold-close"

/* What the store is asked to do; owns its texts. */
typedef struct
{
  const char *code; /* static */
  DeskUnitAct act;
  DeskDiscard discard;
  char *reason, *scanned, *scanned_place;
  gint64 hold_id;
  char *line;             /* the unit and its patient, for the toast */
  DeskCellsTarget before; /* where it stood, for Undo */
  gint64 visit_before;
} Job;

/* In the order of the buttons: the way to the patient first, then what surrounds it, the end last. */
static const char *const codes[] = {
  "print-label", "verify-label", FREEZE, READY, "release", "reserve", "pick", BEDSIDE, "thaw", "thawed", "put-back", "found", "move", "unreserve", HOLD, HOLD_CLOSE, "missing", "reject", "recall",
  "discard", NULL
};

/* The codes of all steps in the order of the buttons, NULL-terminated. */
const char *const *
desk_cells_steps (void)
{
  return codes;
}

/* The unit's step of that code; DESK_N_STEPS for a step of the page alone. */
static DeskUnitStep
step_of (const char *code)
{
  int step = 0;

  while (step < DESK_N_STEPS && strcmp (desk_unit_step_info (step)->code, code) != 0)
    step++;
  return step;
}

/* The words on the button. */
const char *
desk_cells_step_words (const char *code)
{
  return desk_words ("step", code);
}

/* Whether the step leads towards the patient, and is the natural next one. */
gboolean
desk_cells_step_forward (const char *code)
{
  static const char *const forward[] = { "verify-label", FREEZE, READY, "release", "reserve", "pick", BEDSIDE, "thaw", "thawed",
                                         "found", NULL };

  return g_strv_contains (forward, code);
}

/* Whether the step cannot be taken back and takes the dose from the patient. */
gboolean
desk_cells_step_grave (const char *code)
{
  static const char *const grave[] = { "reject", "recall", "discard", NULL };

  return g_strv_contains (grave, code);
}

/* What is done with a dose from the bath on is recorded at the bedside, and nowhere else. */
static gboolean
is_of_bedside (const DeskUnit *unit, DeskUnitStep step)
{
  return desk_unit_is_dose (unit) && step >= DESK_STEP_THAW && step <= DESK_STEP_PART_INFUSED;
}

static gboolean
has_bedside (const DeskUnit *unit)
{
  static const char *const lives[] = { "frozen", "fresh_ready", "at_clinic", "picked", "thawing", "thawed", "at_bedside", "infusing", NULL };

  return desk_unit_is_dose (unit) && unit->reserved_visit != 0 && g_strv_contains (lives, unit->life);
}

/* Whether a step makes sense for a unit as it is; the store decides when it is done. */
gboolean
desk_cells_step_offered (const DeskUnit *unit, const char *code, DeskDay today)
{
  DeskUnitStep step = step_of (code);
  gboolean filled = strcmp (unit->life, "filled") == 0, labelled = strcmp (unit->label, "verified") == 0;

  if (step < DESK_N_STEPS)
    return !is_of_bedside (unit, step) && desk_unit_offers (unit, step, today);
  if (strcmp (code, BEDSIDE) == 0)
    return has_bedside (unit);
  if (strcmp (code, FREEZE) == 0)
    return filled && labelled && strcmp (unit->kind, "dose_fresh") != 0;
  if (strcmp (code, READY) == 0)
    return filled && labelled && strcmp (unit->kind, "dose_fresh") == 0;
  if (strcmp (code, HOLD_CLOSE) == 0)
    return unit->holds > 0;
  return strcmp (code, HOLD) == 0 && !desk_unit_is_final (unit);
}

/* Name, chart number and birth date: what is compared with the patient's own words. The caller frees it. */
char *
desk_cells_patient_line (DeskDb *db, gint64 patient_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient = desk_patient_load (db, patient_id, &error);

  if (!patient)
    {
      g_warning ("cannot read patient %" G_GINT64_FORMAT ": %s", patient_id, error->message);
      return g_strdup ("");
    }
  g_autofree char *birth = desk_words_iso_day (patient->birth);
  return g_strdup_printf (_("%s %s · %s · born %s"), patient->family, patient->given, patient->chart, birth);
}

/* ── the store's part ────────────────────────────────────────────────────────────────────────── */

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->reason);
  g_free (job->scanned);
  g_free (job->scanned_place);
  g_free (job->line);
  g_free (job);
}

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;
  const DeskUnitAct *act = &job->act;

  if (strcmp (job->code, FREEZE) == 0)
    return desk_unit_freeze (db, act->unit_id, act->container_id, act->row, act->col, act->performer, act->witness,
                             error);
  if (strcmp (job->code, READY) == 0)
    return desk_unit_ready (db, act->unit_id, act->performer, error);
  if (strcmp (job->code, HOLD) == 0)
    {
      DeskHoldNew hold = { .scope = DESK_HOLD_UNIT, .id = act->unit_id, .reason = act->reason, .by = act->performer };

      return desk_hold_open (db, &hold, NULL, error);
    }
  if (strcmp (job->code, HOLD_CLOSE) == 0)
    return desk_hold_close (db, job->hold_id, act->performer, act->reason, error);
  return desk_unit_act (db, act, error);
}

/* Takes a step back only when the unit still is as the step left it. */
static gboolean
work_undo (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (DeskUnit) unit = desk_unit_load (db, job->act.unit_id, error);

  if (!unit)
    return FALSE;
  if (unit->container_id != job->before.container_id || unit->row != job->before.row || unit->col != job->before.col
      || unit->reserved_visit != job->visit_before)
    {
      g_set_error_literal (error, DESK_ERROR, DESK_ERROR_CONFLICT, "somebody changed the unit since");
      return FALSE;
    }
  return desk_unit_act (db, &job->act, error);
}

typedef struct
{
  DeskPage *page; /* not owned: the toast lives in its window */
  Job *back;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_clear_pointer (&undo->back, job_free);
  g_free (undo);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;
  Job *job = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!job)
    {
      desk_toast_error (page, error);
      return;
    }
  g_autofree char *text = g_strdup_printf (_("Taken back: %s"), job->line);
  desk_toast (page, text);
}

static void
on_undo (gpointer data)
{
  Undo *undo = data;

  if (undo->back)
    desk_session_run_async (desk_page_get_session (undo->page), work_undo, g_steal_pointer (&undo->back), job_free,
                            NULL, on_undone, g_object_ref (undo->page));
}

/* The step that takes this one back; NULL when there is none. */
static Job *
reverse (const Job *job)
{
  DeskUnitStep step = job->act.step;
  Job *back;

  if (step_of (job->code) == DESK_N_STEPS
      || (step != DESK_STEP_MOVE && step != DESK_STEP_RESERVE && step != DESK_STEP_UNRESERVE)
      || (step == DESK_STEP_MOVE && job->before.container_id == 0))
    return NULL;
  back = g_new0 (Job, 1);
  back->act = (DeskUnitAct) { .unit_id = job->act.unit_id, .step = step, .performer = job->act.performer,
                              .witness = job->act.witness, .container_id = job->before.container_id,
                              .row = job->before.row, .col = job->before.col };
  back->line = g_strdup (job->line);
  back->before = job->before;
  back->visit_before = job->visit_before;
  if (step == DESK_STEP_MOVE)
    back->before = (DeskCellsTarget) { job->act.container_id, job->act.row, job->act.col };
  else if (step == DESK_STEP_RESERVE)
    back->act.step = DESK_STEP_UNRESERVE;
  else
    back->act.step = DESK_STEP_RESERVE;
  back->visit_before = step == DESK_STEP_RESERVE     ? job->act.visit_id
                       : step == DESK_STEP_UNRESERVE ? 0
                                                     : job->visit_before;
  back->act.visit_id = step == DESK_STEP_UNRESERVE ? job->visit_before : 0;
  back->code = desk_unit_step_info (back->act.step)->code;
  return back;
}

/* Marked material beside unmarked is the clinic's to decide, but nobody shall overlook it; NULL where there is none. */
static char *
beside_words (DeskPage *page, const DeskUnit *unit, gint64 container_id)
{
  g_autoptr (GError) error = NULL;
  gint64 others = 0;

  if (container_id == 0)
    return NULL;
  if (!desk_biohazard_beside (desk_page_get_reader (page), unit->id, container_id, &others, &error))
    {
      g_warning ("cannot look for biohazard beside: %s", error->message);
      return NULL;
    }
  if (others == 0)
    return NULL;
  return g_strdup (*unit->biohazard ? _("☣ This material is marked as biohazard and wants a separate place: unmarked units stand beside it.")
                                    : _("☣ Units marked as biohazard stand beside it: give one of them a separate place."));
}

static void
on_done (DeskCellsDialog *dialog, gpointer data)
{
  const Job *job = data;
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autofree char *done = g_strdup_printf ("%s: %s", desk_cells_step_words (job->code), job->line);
  g_autoptr (DeskUnit) unit = desk_unit_load (desk_page_get_reader (page), job->act.unit_id, NULL);
  g_autofree char *warning = unit ? beside_words (page, unit, job->act.container_id) : NULL;
  g_autofree char *text = warning ? g_strdup_printf ("%s. %s", done, warning) : g_steal_pointer (&done);
  Job *back = reverse (job);

  if (!back)
    {
      desk_toast (GTK_WIDGET (page), text);
      return;
    }
  Undo *undo = g_new0 (Undo, 1);
  undo->page = page;
  undo->back = back;
  desk_toast_undo (GTK_WIDGET (page), text, G_CALLBACK (on_undo), undo, undo_free);
}

/* ── what a step asks ────────────────────────────────────────────────────────────────────────── */

enum
{
  ASK_WITNESS = 1 << 0,
  ASK_WITNESS_MAYBE = 1 << 1,
  ASK_REASON = 1 << 2,
  ASK_PLACE = 1 << 3,
  ASK_VISIT = 1 << 4,
  ASK_SCAN = 1 << 5,
  ASK_HOLD = 1 << 6,
  ASK_DISCARD = 1 << 7,
  ASK_DOSE = 1 << 8, /* and the place, where there is one */
  ASK_WARM = 1 << 9,
};

/* What the dialog asks beside what the domain's table says of witness and reason. */
static const struct
{
  const char *code;
  int asks;
  const char *note;
} asked[] = {
  { "verify-label", ASK_SCAN, N_("Scan the label that was printed, or type its number from the label itself.") },
  { "pick", ASK_DOSE, N_("From now on the time out of the cold is counted, until it is put back or in the bath.") },
  { "move", ASK_WITNESS_MAYBE | ASK_PLACE | ASK_DOSE, NULL },
  { "put-back", ASK_PLACE | ASK_DOSE | ASK_WARM, NULL },
  { "found", ASK_PLACE | ASK_DOSE, N_("It will be held until somebody has looked at it: nobody knows where it has been.") },
  { FREEZE, ASK_WITNESS | ASK_PLACE, NULL },
  { "reserve", ASK_VISIT, N_("A dose is reserved for one visit of its own patient.") },
  { "unreserve", 0, N_("The dose becomes free for another visit of the same patient.") },
  { "thaw", 0, N_("Only when the patient is in the chair. A thawed dose can never be frozen again.") },
  { "to-bedside", 0, N_("Compare label and chart, and let the patient say name and birth date.") },
  { "infuse", 0, N_("The patient must have arrived. Name, chart number and birth date are compared once more.") },
  { "missing", 0, N_("It keeps its number and is looked for; it cannot be picked until it is found.") },
  { "release", 0, N_("All six results must be final and within their limits. Whoever entered them cannot release.") },
  { "discard", ASK_DISCARD, N_("It cannot be taken back. The place becomes free in the same moment.") },
  { HOLD, ASK_REASON, N_("Nothing can be done with it towards a patient until the hold is closed.") },
  { HOLD_CLOSE, ASK_HOLD | ASK_REASON, NULL },
};

static int
asks_of (const char *code, const char **note)
{
  DeskUnitStep step = step_of (code);
  int asks = 0;

  *note = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (strcmp (asked[i].code, code) == 0)
      {
        asks = asked[i].asks;
        *note = asked[i].note;
      }
  if (step < DESK_N_STEPS && desk_unit_step_info (step)->witnessed)
    asks |= ASK_WITNESS;
  if (step < DESK_N_STEPS && desk_unit_step_info (step)->reason)
    asks |= ASK_REASON;
  return asks;
}

/* The patient's infusions to come, those of today included. */
static void
add_visits (DeskCellsDialog *dialog, const DeskUnit *unit)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = desk_visit_of_patient (desk_page_get_reader (page), unit->patient_id, &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));
  DeskDay today = desk_page_get_today (page);

  for (guint i = 0; visits && i < visits->len; i++)
    {
      const DeskVisit *visit = visits->pdata[i];

      if (strcmp (visit->type, "infusion") != 0 || desk_visit_is_final (visit->status)
          || desk_instant_day (visit->starts_at, desk_page_get_zone (page)) < today)
        continue;
      g_autofree char *when = desk_words_when (visit->starts_at, desk_page_get_zone (page));
      g_autofree char *line = g_strdup_printf ("%s · %s · %s", when, desk_page_visit_type (page, visit->type),
                                               desk_words ("visit-status", visit->status));
      g_strv_builder_add (words, line);
      g_array_append_val (ids, visit->id);
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "visit", _("Visit"), (const char *const *) lines, (gint64 *) ids->data, 0);
  if (ids->len == 0)
    desk_cells_dialog_set_note (dialog, _("This patient has no infusion to come. Book the infusion first."));
}

static void
add_holds (DeskCellsDialog *dialog, const DeskUnit *unit)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) holds = desk_hold_list (desk_page_get_reader (page), unit->id, &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  for (guint i = 0; holds && i < holds->len; i++)
    {
      const DeskHold *hold = holds->pdata[i];
      g_autofree char *when = desk_words_when (hold->opened_at, desk_page_get_zone (page));
      g_autofree char *held = desk_cells_hold (hold);
      g_autofree char *line = g_strdup_printf ("%s · %s · %s", held, hold->opened_by, when);
      g_strv_builder_add (words, line);
      g_array_append_val (ids, hold->id);
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "hold", _("Hold to close"), (const char *const *) lines, (gint64 *) ids->data,
                                0);
}

/* The place of a move is where it was dropped; of a put-back, where it came from. */
static gint64
box_to_begin (DeskDb *db, const DeskUnit *unit, const DeskCellsTarget *to)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  if (to)
    return to->container_id;
  if (unit->container_id)
    return unit->container_id;
  g_auto (GStrv) words = desk_cells_boxes (db, 0, ids);
  return ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
}

typedef struct
{
  DeskUnit *unit;
  const char *code;
  int asks;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  desk_unit_free (ask->unit);
  g_free (ask);
}

static gboolean
collect (DeskCellsDialog *dialog, const Ask *ask, Job *job)
{
  DeskUnitAct *act = &job->act;

  act->witness = desk_cells_dialog_get_choice (dialog, "witness");
  act->visit_id = desk_cells_dialog_get_choice (dialog, "visit");
  job->hold_id = desk_cells_dialog_get_choice (dialog, "hold");
  job->reason = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "reason")));
  job->scanned = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "scanned")));
  act->reason = job->reason;
  act->scanned = job->scanned;
  if ((ask->asks & ASK_SCAN) && *job->scanned == '\0')
    return desk_cells_dialog_refuse (dialog, "scanned", _("Please scan the label, or type its number."));
  if ((ask->asks & ASK_SCAN) && !desk_label_check_scan (desk_cells_dialog_get_page (dialog), ask->unit, job->scanned))
    {
      g_autofree char *words = g_strdup_printf (_("Stop. The label says “%s”, but this is %s. Destroy this label and print another."),
                                                job->scanned, ask->unit->number);
      return desk_cells_dialog_refuse (dialog, "scanned", words);
    }
  if ((ask->asks & ASK_DOSE) && !desk_cells_scanned_collect (dialog, &job->scanned, &job->scanned_place, &act->seconds_out))
    return FALSE;
  act->scanned = job->scanned;
  act->scanned_place = job->scanned_place;
  if ((ask->asks & ASK_PLACE) && !desk_cells_dialog_get_place (dialog, &act->container_id, &act->row, &act->col))
    return FALSE;
  if ((ask->asks & ASK_VISIT) && act->visit_id == 0)
    return desk_cells_dialog_refuse (dialog, "visit",
                                     _("This patient has no infusion to come. Book the infusion first."));
  if (ask->asks & ASK_DISCARD)
    {
      if (!desk_cells_discard_collect (dialog, ask->unit, &job->discard))
        return FALSE;
      act->discard = &job->discard;
    }
  if ((ask->asks & ASK_REASON) && *job->reason == '\0')
    return desk_cells_dialog_refuse (dialog, "reason", _("Please give a reason."));
  if (act->witness == 0 && ((ask->asks & ASK_WITNESS) || ((ask->asks & ASK_DOSE) && desk_cells_scanned_wants_witness (dialog))))
    return desk_cells_dialog_refuse (dialog, "witness", _("A second person has to sign for this step."));
  return TRUE;
}

static void
on_submit (DeskCellsDialog *dialog, gpointer user_data)
{
  const Ask *ask = user_data;
  Job *job = g_new0 (Job, 1);

  job->code = ask->code;
  job->act.unit_id = ask->unit->id;
  job->act.step = step_of (ask->code);
  desk_unit_act_saw (&job->act, ask->unit);
  job->act.performer = desk_session_get_actor (desk_page_get_session (desk_cells_dialog_get_page (dialog)));
  job->line = desk_cells_unit_line (ask->unit);
  job->before = (DeskCellsTarget) { ask->unit->container_id, ask->unit->row, ask->unit->col };
  job->visit_before = ask->unit->reserved_visit;
  if (!collect (dialog, ask, job))
    {
      job_free (job);
      return;
    }
  desk_cells_dialog_run (dialog, work, job, job_free, on_done);
}

/* The warnings stand in the dialog before anything is placed, for what is filled in now. */
static void
warn (DeskCellsDialog *dialog)
{
  const Ask *ask = g_object_get_data (G_OBJECT (dialog), "ask");
  g_autofree char *beside = beside_words (desk_cells_dialog_get_page (dialog), ask->unit, desk_cells_dialog_get_choice (dialog, "box"));
  g_autofree char *scanned = (ask->asks & ASK_DOSE) ? desk_cells_scanned_warning (dialog) : NULL;
  g_autofree char *both = beside && scanned ? g_strdup_printf ("%s\n%s", beside, scanned) : NULL;

  desk_cells_dialog_set_warning (dialog, both ? both : beside ? beside : scanned);
}

/* The label is scanned wherever the focus is: as it was read. */
static gboolean
on_scan (GtkWidget *dialog, const DeskScan *scan, gpointer user_data)
{
  if (scan->code->kind == DESK_CODE_COMMAND)
    {
      if (scan->code->command == DESK_COMMAND_CONFIRM)
        gtk_widget_activate_action (dialog, "dialog.submit", NULL);
      else if (scan->code->command == DESK_COMMAND_CANCEL)
        gtk_window_close (GTK_WINDOW (dialog));
      return TRUE;
    }
  desk_cells_dialog_set_text (DESK_CELLS_DIALOG (dialog), "scanned", scan->code->read);
  return TRUE;
}

static void
fill_dialog (DeskCellsDialog *dialog, const Ask *ask, const DeskCellsTarget *to)
{
  DeskDb *db = desk_page_get_reader (desk_cells_dialog_get_page (dialog));

  if (ask->asks & ASK_SCAN)
    {
      desk_cells_dialog_add_text (dialog, "scanned", _("Number on the label"), NULL);
      desk_scan_want (GTK_WIDGET (dialog), on_scan, NULL);
    }
  if (ask->asks & ASK_DOSE)
    desk_cells_scanned_ask (dialog, ask->unit, step_of (ask->code));
  if (ask->asks & ASK_VISIT)
    add_visits (dialog, ask->unit);
  if (ask->asks & ASK_HOLD)
    add_holds (dialog, ask->unit);
  if (ask->asks & ASK_DISCARD)
    desk_cells_discard_ask (dialog, ask->unit);
  if (ask->asks & ASK_PLACE)
    {
      desk_cells_dialog_add_place (dialog, box_to_begin (db, ask->unit, to));
      desk_cells_dialog_on_choice (dialog, "box", warn);
    }
  if (to)
    {
      g_autoptr (DeskContainer) box = desk_container_load (db, to->container_id, NULL);
      g_autofree char *place = box ? desk_place_name_in (box, to->row, to->col) : g_strdup ("");
      desk_cells_dialog_set_text (dialog, "place", place);
    }
  if (ask->asks & ASK_REASON)
    desk_cells_dialog_add_text (dialog, "reason", _("Reason"), NULL);
  if (ask->asks & (ASK_WITNESS | ASK_WITNESS_MAYBE))
    desk_cells_dialog_add_second_person (dialog, (ask->asks & ASK_WITNESS) != 0);
  if (ask->asks & ASK_WARM)
    {
      desk_cells_scanned_ask_warm (dialog);
      g_signal_connect_swapped (desk_cells_dialog_get_row (dialog, "seconds"), "changed", G_CALLBACK (warn), dialog);
    }
  warn (dialog);
}

/* Opens the dialog of a step; to is the place of a move that was dragged or pasted, or NULL. A step that the
 * unit's state does not offer is refused in words. */
void
desk_cells_step_begin (DeskPage *page, gint64 unit_id, const char *code, const DeskCellsTarget *to)
{
  g_autoptr (GError) error = NULL;
  const char *note;
  guint i = 0;

  while (codes[i] && strcmp (codes[i], code) != 0)
    i++;
  g_autoptr (DeskUnit) unit = desk_unit_load (desk_page_get_reader (page), unit_id, &error);
  if (!unit)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  if (!codes[i] || desk_page_get_read_only (page) || !desk_cells_step_offered (unit, code, desk_page_get_today (page)))
    {
      desk_toast (GTK_WIDGET (page), _("This step is not possible now."));
      return;
    }
  if (strcmp (code, BEDSIDE) == 0)
    {
      desk_bedside_window_show (desk_window_of (GTK_WIDGET (page)), unit->reserved_visit);
      return;
    }
  if (g_str_equal (code, "print-label"))
    {
      desk_label_dialog_show (desk_window_of (GTK_WIDGET (page)), unit->number);
      return;
    }
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, desk_cells_step_words (code), desk_cells_step_words (code));

  if (desk_cells_step_grave (code))
    desk_cells_dialog_set_grave (dialog);
  g_autofree char *patient = desk_cells_patient_line (desk_page_get_reader (page), unit->patient_id);
  g_autofree char *agents = desk_words_agents (unit->biohazard);
  g_autofree char *mark = *agents ? g_strdup_printf (_("☣ Biohazard: %s"), agents) : g_strdup ("");
  const char *facts[] = { unit->number, desk_words ("unit-kind", unit->kind), mark };
  g_autofree char *number = desk_words_facts (facts, G_N_ELEMENTS (facts));
  Ask *ask = g_new0 (Ask, 1);
  ask->code = codes[i];
  ask->asks = asks_of (code, &note);
  ask->unit = g_steal_pointer (&unit);
  desk_cells_dialog_set_identity (dialog, number, patient);
  desk_cells_dialog_set_note (dialog, note ? _(note) : NULL);
  g_object_set_data_full (G_OBJECT (dialog), "ask", ask, ask_free);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit), ask);
  fill_dialog (dialog, ask, to);
  desk_cells_dialog_open (dialog);
}
