/* What the button of a step does: collects, has the store do it, and shows what came of it. */
#include <glib/gi18n.h>
#include <string.h>

#include "desk-bedside-private.h"
#include "desk-cells.h"
#include "desk-sign.h"
#include "desk-toast.h"
#include "desk-vault-key.h"
#include "desk-words.h"

/* One act, with all that any of them needs. */
typedef struct
{
  gboolean (*work) (DeskDb *db, gpointer act, GError **error);
  gint64 visit_id, unit_id, session_id, performer, witness, signer;
  char *secret;
  const char *purpose;
  gboolean (*signed_act) (DeskDb *db, gint64 at, gpointer act, GError **error);
  DeskOrder order;
  DeskBathOpen bath;
  DeskThaw thaw;
  DeskVitals vitals;
  DeskInfusionEnd end;
  char *read_unit, *read_patient, *reason, *rule, *scanned;
  const char *const *typed; /* keys of the rows that are empty when it is done, NULL at the end */
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  desk_vault_wipe (act->secret);
  g_free (act->secret);
  g_free (act->read_unit);
  g_free (act->read_patient);
  g_free (act->reason);
  g_free (act->rule);
  g_free (act->scanned);
  g_free (act);
}

static Act *
act_new (DeskBedsideWindow *self)
{
  Act *act = g_new0 (Act, 1);

  act->visit_id = self->visit_id;
  act->unit_id = self->bedside->unit ? self->bedside->unit->id : 0;
  act->session_id = self->bedside->session_id;
  act->performer = desk_bedside_window_performer (self);
  act->witness = desk_bedside_fields_chosen (self, "witness");
  self->witness = act->witness ? act->witness : self->witness;
  return act;
}

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return act->work (db, act, error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskBedsideWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  Act *act = desk_session_run_finish (DESK_SESSION (source), result, &error);
  gboolean ok = act != NULL;

  self->busy = FALSE;
  desk_bedside_fields_set (self, "pin", "");
  desk_bedside_fields_set (self, "over-pin", "");
  for (guint i = 0; act && act->typed && act->typed[i]; i++)
    desk_bedside_fields_set (self, act->typed[i], ""); /* it is recorded */
  desk_bedside_window_refresh (self);
  if (!ok)
    {
      g_autofree char *words = desk_words_error (error);

      gboolean pin = g_error_matches (error, DESK_ERROR, DESK_ERROR_REFUSED) && strstr (error->message, "secret");

      desk_bedside_window_refuse (self, !pin ? NULL : desk_bedside_fields_row (self, "over-pin") ? "over-pin" : "pin", words);
    }
}

static void
run (DeskBedsideWindow *self, Act *act)
{
  self->busy = TRUE;
  desk_bedside_window_refuse (self, NULL, NULL);
  desk_session_run_async (self->session, work, act, act_free, NULL, on_done, g_object_ref (self));
}

static gboolean
work_signed (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;
  DeskSign sign = { .staff_id = act->signer, .secret = act->secret, .purpose = act->purpose,
                    .unit_id = strcmp (act->purpose, "order") == 0 ? 0 : act->unit_id };

  return desk_sign (db, &sign, act->signed_act, act, error);
}

/* ── the order ───────────────────────────────────────────────────────────────────────────────── */

static gboolean
sign_order (DeskDb *db, gint64 at, gpointer data, GError **error)
{
  Act *act = data;

  act->order.at = at;
  return desk_order_give (db, &act->order, error);
}

static void
go_order (DeskBedsideWindow *self)
{
  DeskOrder order = { .visit_id = self->visit_id, .physician_id = desk_bedside_fields_chosen (self, "physician") };

  if (!desk_dose_parse (desk_bedside_fields_get (self, "low"), &order.cells_min))
    desk_bedside_window_refuse (self, "low", _("Please write a number of cells, such as 1.0×10^9."));
  else if (!desk_dose_parse (desk_bedside_fields_get (self, "high"), &order.cells_max) || order.cells_max < order.cells_min)
    desk_bedside_window_refuse (self, "high", _("Please write a number of cells, not below the first."));
  else if (!desk_bedside_fields_number (self, "weight", 1000, &order.weight_g) || (order.weight_g && (order.weight_g < 1000 || order.weight_g > 500000)))
    desk_bedside_window_refuse (self, "weight", _("Please write the weight in kilograms."));
  else if (order.physician_id == 0)
    desk_bedside_window_refuse (self, "physician", _("Please choose the physician."));
  else
    {
      Act *act = act_new (self);

      act->order = order;
      act->signer = order.physician_id;
      act->secret = g_strdup (desk_bedside_fields_get (self, "pin"));
      act->purpose = "order";
      act->work = work_signed;
      act->signed_act = sign_order;
      run (self, act);
    }
}

/* ── from the tank into the bath and out ─────────────────────────────────────────────────────── */

static gboolean
second_person (DeskBedsideWindow *self)
{
  return desk_bedside_fields_chosen (self, "witness") != 0
         || desk_bedside_window_refuse (self, "witness", _("Please choose the second person."));
}

static gboolean
work_pick (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;
  DeskUnitAct pick = { .unit_id = act->unit_id, .step = DESK_STEP_PICK, .performer = act->performer, .witness = act->witness,
                       .scanned = act->read_unit };

  return desk_unit_act (db, &pick, error);
}

static void
go_pick (DeskBedsideWindow *self)
{
  if (!self->read_unit)
    {
      desk_bedside_window_refuse (self, "label", _("Please scan the label of the dose."));
      return;
    }
  if (!second_person (self))
    return;
  Act *act = act_new (self);
  act->read_unit = g_strdup (self->read_unit);
  act->work = work_pick;
  run (self, act);
}

static gboolean
work_bath (DeskDb *db, gpointer data, GError **error)
{
  return desk_bath_open (db, &((Act *) data)->bath, NULL, error);
}

static void
go_bath (DeskBedsideWindow *self)
{
  DeskBathOpen bath = { .device_id = desk_bedside_fields_chosen (self, "bath"), .visit_id = self->visit_id,
                        .by = desk_bedside_window_performer (self), .cleaned = desk_bedside_fields_ticked (self, "clean") };

  if (bath.device_id == 0)
    desk_bedside_window_refuse (self, "bath", _("Please choose a bath."));
  else if (!desk_bedside_fields_number (self, "warmth", 10, &bath.temperature) || bath.temperature == 0)
    desk_bedside_window_refuse (self, "warmth", _("Please write the temperature of the water."));
  else
    {
      Act *act = act_new (self);

      act->bath = bath;
      act->work = work_bath;
      run (self, act);
    }
}

static gboolean
work_thaw_start (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return desk_thaw_start (db, act->session_id, &act->thaw, error);
}

static gboolean
work_thaw_end (DeskDb *db, gpointer data, GError **error)
{
  return desk_thaw_end (db, &((Act *) data)->thaw, error);
}

static void
go_thaw (DeskBedsideWindow *self)
{
  gboolean under_way = self->bedside->thaw_started != 0;
  int viability;

  if (!desk_bedside_fields_number (self, "viability", 1, &viability) || viability > 100)
    {
      desk_bedside_window_refuse (self, "viability", _("Please write a percentage."));
      return;
    }
  if (under_way && desk_bedside_fields_chosen (self, "whole") == 0)
    {
      desk_bedside_window_refuse (self, "whole", _("Please look at the bag, and choose."));
      return;
    }
  if (!second_person (self))
    return;
  Act *act = act_new (self);
  act->thaw = (DeskThaw){ .unit_id = act->unit_id, .performer = act->performer, .witness = act->witness,
                          .bag_whole = desk_bedside_fields_chosen (self, "whole") == 1, .viability = viability };
  act->work = under_way ? work_thaw_end : work_thaw_start;
  run (self, act);
}

/* ── check and start ─────────────────────────────────────────────────────────────────────────── */

static gboolean
work_check (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;
  DeskBedsideCheck check = { .unit_id = act->unit_id, .visit_id = act->visit_id, .scanned_unit = act->read_unit,
                             .scanned_patient = act->read_patient, .said_name = TRUE, .said_birth = TRUE, .performer = act->performer,
                             .witness = act->witness };

  return desk_bedside_check (db, &check, error);
}

static void
go_check (DeskBedsideWindow *self)
{
  if (!self->read_patient)
    desk_bedside_window_refuse (self, "wristband", _("Please scan the wristband or the patient’s card."));
  else if (!self->read_unit)
    desk_bedside_window_refuse (self, "label", _("Please scan the label of the dose."));
  else if (!desk_bedside_fields_ticked (self, "said"))
    desk_bedside_window_refuse (self, "said", _("The patient has to say the name."));
  else if (!desk_bedside_fields_ticked (self, "birth"))
    desk_bedside_window_refuse (self, "birth", _("The patient has to say the birth date."));
  else if (second_person (self))
    {
      Act *act = act_new (self);

      act->read_unit = g_strdup (self->read_unit);
      act->read_patient = g_strdup (self->read_patient);
      act->work = work_check;
      run (self, act);
    }
}

static gboolean
sign_start (DeskDb *db, gint64 at, gpointer data, GError **error)
{
  Act *act = data;

  return desk_infusion_start (db, act->unit_id, act->performer, act->witness, at, error);
}

static void
go_start (DeskBedsideWindow *self)
{
  if (!second_person (self))
    return;
  Act *act = act_new (self);
  act->signer = act->witness;
  act->secret = g_strdup (desk_bedside_fields_get (self, "pin"));
  act->purpose = "infuse";
  act->work = work_signed;
  act->signed_act = sign_start;
  run (self, act);
}

static gboolean
sign_override (DeskDb *db, gint64 at, gpointer data, GError **error)
{
  Act *act = data;

  return desk_dose_override (db, act->unit_id, act->rule, act->signer, act->reason, at, error);
}

/* A physician passes over the limit that is shown. */
void
desk_bedside_acts_override (DeskBedsideWindow *self)
{
  GtkWidget *group = desk_bedside_fields_row (self, "rule");
  static const char *const typed[] = { "why", NULL };
  g_autofree char *reason = g_strstrip (g_strdup (desk_bedside_fields_get (self, "why")));

  if (!group || self->busy)
    return;
  if (!*reason)
    desk_bedside_window_refuse (self, "why", _("Please give a reason."));
  else if (desk_bedside_fields_chosen (self, "over") == 0)
    desk_bedside_window_refuse (self, "over", _("Please choose the physician."));
  else
    {
      Act *act = act_new (self);

      act->rule = g_strdup (g_object_get_data (G_OBJECT (group), "rule"));
      act->reason = g_steal_pointer (&reason);
      act->signer = desk_bedside_fields_chosen (self, "over");
      act->secret = g_strdup (desk_bedside_fields_get (self, "over-pin"));
      act->purpose = "override";
      act->typed = typed;
      act->work = work_signed;
      act->signed_act = sign_override;
      run (self, act);
    }
}

/* ── while it runs, and its end ──────────────────────────────────────────────────────────────── */

static gboolean
work_vitals (DeskDb *db, gpointer data, GError **error)
{
  return desk_vitals_add (db, &((Act *) data)->vitals, error);
}

void
desk_bedside_acts_vitals (DeskBedsideWindow *self)
{
  static const char *const keys[] = { "systolic", "diastolic", "pulse", "temperature", "saturation", NULL };
  DeskBedsideStep step = desk_bedside_step (self->bedside);
  DeskVitals v = { .visit_id = self->visit_id, .by = desk_bedside_window_performer (self),
                   .phase = step == DESK_BEDSIDE_RUN ? "during" : step == DESK_BEDSIDE_DONE ? "after" : "before" };
  int *const values[] = { &v.systolic, &v.diastolic, &v.pulse, &v.temperature, &v.saturation };
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (self->busy || !desk_bedside_fields_row (self, "pulse"))
    return;
  for (guint i = 0; keys[i]; i++)
    if (!desk_bedside_fields_number (self, keys[i], i == 3 ? 10 : 1, values[i]))
      desk_problems_add (problems, keys[i], "out-of-range", NULL);
  if (problems->len == 0)
    desk_vitals_check (&v, problems);
  if (problems->len)
    {
      desk_bedside_window_refuse (self, desk_problems_get (problems, 0)->field, _("This value cannot be. Please look again."));
      return;
    }
  Act *act = act_new (self);
  act->vitals = v;
  act->typed = keys;
  act->work = work_vitals;
  run (self, act);
}

static gboolean
work_end (DeskDb *db, gpointer data, GError **error)
{
  return desk_infusion_end (db, &((Act *) data)->end, error);
}

static void
go_run (DeskBedsideWindow *self)
{
  static const char *const rests[] = { "", "autoclave", "incineration", "chemical", "contractor" };
  gint64 reaction = desk_bedside_fields_chosen (self, "reaction"), rest = desk_bedside_fields_chosen (self, "rest");
  g_autofree char *reason = g_strstrip (g_strdup (desk_bedside_fields_get (self, "reason")));
  int whole = self->bedside->unit->volume_ml;
  DeskInfusionEnd end = { .unit_id = self->bedside->unit->id, .volume_ml = whole, .performer = desk_bedside_window_performer (self),
                          .reaction = reaction ? desk_reaction_terms ()[reaction - 1] : "", .grade = desk_bedside_fields_chosen (self, "grade"),
                          .rest = rests[rest] };
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (self->only_part
      && (!desk_bedside_fields_number (self, "volume", 1, &end.volume_ml) || !*desk_bedside_fields_get (self, "volume") || end.volume_ml > whole))
    {
      desk_bedside_window_refuse (self, "volume", _("Please write how many millilitres ran in."));
      return;
    }
  if (self->only_part && !*reason)
    {
      desk_bedside_window_refuse (self, "reason", _("Please write why it was stopped."));
      return;
    }
  end.reason = reason;
  desk_infusion_end_check (&end, whole, problems);
  if (problems->len)
    {
      g_autofree char *words = desk_words_problem (desk_problems_get (problems, 0));

      desk_bedside_window_refuse (self, desk_problems_get (problems, 0)->field, words);
      return;
    }
  Act *act = act_new (self);
  act->end = end;
  act->reason = g_steal_pointer (&reason);
  act->work = work_end;
  run (self, act);
}

static void
go_done (DeskBedsideWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* The button of the step that is shown. */
void
desk_bedside_acts_go (DeskBedsideWindow *self)
{
  static void (*const gos[DESK_BEDSIDE_N]) (DeskBedsideWindow *) = { go_order, go_pick, go_bath, go_thaw, go_check, go_start, go_run, go_done };

  if (!self->busy && gtk_widget_get_sensitive (GTK_WIDGET (self->go)))
    gos[desk_bedside_step (self->bedside)](self);
}

/* ── a wrong scan ────────────────────────────────────────────────────────────────────────────── */

static gboolean
work_wrong (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return desk_bedside_wrong_scan (db, act->unit_id, act->rule, act->scanned, error);
}

static void
on_wrong (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskBedsideWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (GTK_WIDGET (self), error);
}

/* Writes down that something else was read. */
void
desk_bedside_acts_wrong (DeskBedsideWindow *self, const char *code, const char *scanned)
{
  Act *act = act_new (self);

  act->rule = g_strdup (code);
  act->scanned = g_strdup (scanned);
  act->work = work_wrong;
  desk_session_run_async (self->session, work, act, act_free, NULL, on_wrong, g_object_ref (self));
}
