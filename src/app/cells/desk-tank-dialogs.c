#include "desk-tank-dialogs.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-dialog.h"
#include "desk-day-words.h"
#include "desk-tank-card.h"
#include "desk-toast.h"
#include "desk-words.h"

/* What a dialog works on; owns its parts. */
typedef struct
{
  DeskTank *tank;
  GArray *rest; /* tanks to be checked after this one */
  DeskTankCheck *check;
  DeskTankRule *rule;
  char *as, *why;
  gint64 by, down_id;
  gboolean corrects;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  desk_tank_free (job->tank);
  g_array_unref (job->rest);
  desk_tank_check_free (job->check);
  desk_tank_rule_free (job->rule);
  g_free (job->as);
  g_free (job->why);
  g_free (job);
}

static Job *
job_new (DeskPage *page, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskTank *tank = desk_tank_load (desk_page_get_reader (page), id, g_get_real_time () / G_USEC_PER_SEC, &error);

  if (!tank)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return NULL;
    }
  Job *job = g_new0 (Job, 1);
  job->tank = tank;
  job->rest = g_array_new (FALSE, FALSE, sizeof (gint64));
  job->by = desk_session_get_actor (desk_page_get_session (page));
  return job;
}

/* The job belongs to the dialog; the store gets one of its own, for it may outlive the dialog. */
static Job *
job_of (DeskCellsDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "job");
}

static Job *
job_copy (const Job *job)
{
  Job *copy = g_new0 (Job, 1);

  copy->rest = g_array_copy (job->rest);
  copy->by = job->by;
  copy->corrects = job->corrects;
  return copy;
}

static DeskCellsDialog *
dialog_new (DeskPage *page, Job *job, const char *title, const char *submit, GCallback on_submit)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, title, submit);

  desk_cells_dialog_set_identity (dialog, job->tank->place, job->tank->name);
  g_object_set_data_full (G_OBJECT (dialog), "job", job, job_free);
  g_signal_connect (dialog, "submit", on_submit, NULL);
  return dialog;
}

/* ── a check ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
work_check (DeskDb *db, gpointer data, GError **error)
{
  return desk_tank_record (db, ((Job *) data)->check, error);
}

static void
on_checked (DeskCellsDialog *dialog, gpointer data)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  Job *job = data;
  g_autofree char *reading = desk_tank_words_reading (job->check);
  g_autofree char *words = g_strdup_printf ("%s: %s", job_of (dialog)->tank->name, reading);

  desk_toast (GTK_WIDGET (page), words);
  if (job->rest->len)
    desk_tank_check_dialog (page, (const gint64 *) (gpointer) job->rest->data, job->rest->len);
}

typedef struct
{
  const char *key;
  gboolean millimetres;
  gsize offset;
} Number;

static const Number numbers[] = {
  { "level", TRUE, G_STRUCT_OFFSET (DeskTankCheck, level) },
  { "temperature", FALSE, G_STRUCT_OFFSET (DeskTankCheck, temperature) },
  { "litres", FALSE, G_STRUCT_OFFSET (DeskTankCheck, litres) },
  { "level_after", TRUE, G_STRUCT_OFFSET (DeskTankCheck, level_after) },
};

static gboolean
read_numbers (DeskCellsDialog *dialog, DeskTankCheck *check)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const char *text = desk_cells_dialog_get_text (dialog, numbers[i].key);
      int *value = G_STRUCT_MEMBER_P (check, numbers[i].offset);

      if (!(numbers[i].millimetres ? desk_tank_read_millimetres (text, value) : desk_tank_read_tenths (text, value)))
        return desk_cells_dialog_refuse (dialog, numbers[i].key, _("Please write a number."));
    }
  return TRUE;
}

/* What stands in a tank is far below zero: a number without its sign is what was read on the display. */
static void
put_sign (DeskTankCheck *check, const DeskTank *tank)
{
  gboolean cold = g_str_equal (tank->kind, "tank") || g_str_equal (tank->kind, "freezer");

  if (cold && check->temperature != DESK_TANK_NONE && check->temperature > 400)
    check->temperature = -check->temperature;
}

static DeskTankCheck *
read_check (DeskCellsDialog *dialog)
{
  const Job *job = job_of (dialog);
  g_autoptr (DeskTankCheck) check = desk_tank_check_new (job->tank->id);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (!read_numbers (dialog, check))
    return NULL;
  put_sign (check, job->tank);
  check->filled = check->litres != DESK_TANK_NONE || check->level_after != DESK_TANK_NONE || desk_cells_dialog_get_switch (dialog, "filled");
  check->seal_good = !desk_cells_dialog_get_switch (dialog, "seal");
  check->frost = desk_cells_dialog_get_switch (dialog, "frost");
  check->alarm_tested = desk_cells_dialog_get_switch (dialog, "alarm");
  check->by_id = job->by;
  g_free (check->note);
  check->note = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "note")));
  if (job->corrects)
    {
      const DeskTankCheck *last = job->tank->checks->pdata[job->tank->checks->len - 1];

      check->supersedes = last->id;
      check->at = last->at;
    }
  desk_tank_check_check (check, job->tank->rule, now, problems);
  for (guint i = 0; i < problems->len; i++)
    if (!desk_problems_get (problems, i)->warning)
      {
        desk_cells_dialog_refuse (dialog, desk_problems_get (problems, i)->field, desk_words_problem (desk_problems_get (problems, i)));
        return NULL;
      }
  return g_steal_pointer (&check);
}

static void
on_submit_check (DeskCellsDialog *dialog)
{
  DeskTankCheck *check = read_check (dialog);

  if (!check)
    return;
  Job *job = job_copy (job_of (dialog));
  job->check = check;
  desk_cells_dialog_run (dialog, work_check, job, job_free, on_checked);
}

static void
add_number (DeskCellsDialog *dialog, const char *key, const char *title, int value, gboolean millimetres)
{
  g_autofree char *text = value == DESK_TANK_NONE ? NULL : millimetres ? g_strdup_printf ("%d", value) : desk_tank_format_tenths (value);

  desk_cells_dialog_add_text (dialog, key, title, text);
}

/* What is asked of this kind of tank; shown is what is there to be corrected, or NULL. */
static void
add_rows (DeskCellsDialog *dialog, const DeskTank *tank, const DeskTankCheck *shown)
{
  gboolean liquid = g_str_equal (tank->kind, "tank");
  g_autoptr (DeskTankCheck) empty = desk_tank_check_new (tank->id);

  if (!shown)
    shown = empty;
  if (liquid)
    add_number (dialog, "level", _("Level, mm"), shown->level, TRUE);
  add_number (dialog, "temperature", _("Temperature, °C"), shown->temperature, FALSE);
  if (liquid)
    {
      add_number (dialog, "litres", _("Litres filled in, empty for none"), shown->litres, FALSE);
      add_number (dialog, "level_after", _("Level after filling, mm"), shown->level_after, TRUE);
    }
  desk_cells_dialog_add_switch (dialog, "seal", _("Lid or seal not good"), !shown->seal_good);
  desk_cells_dialog_add_switch (dialog, "frost", _("Frost seen"), shown->frost);
  desk_cells_dialog_add_switch (dialog, "alarm", _("Alarm tested"), shown->alarm_tested);
  desk_cells_dialog_add_text (dialog, "note", shown == empty ? _("Note") : _("Why it is corrected"), NULL);
}

static char *
last_words (DeskPage *page, const DeskTank *tank)
{
  const DeskTankCheck *last = tank->checks->len ? tank->checks->pdata[tank->checks->len - 1] : NULL;

  if (!last)
    return NULL;
  g_autofree char *when = desk_words_when (last->at, desk_page_get_zone (page));
  g_autofree char *reading = desk_tank_words_reading (last);
  return g_strdup_printf (_("Last check, %s: %s"), when, reading);
}

/* Asks for a check of the first tank; when it is kept, of the next one. */
void
desk_tank_check_dialog (DeskPage *page, const gint64 *ids, guint n_ids)
{
  Job *job = n_ids ? job_new (page, ids[0]) : NULL;

  if (!job)
    return;
  g_array_append_vals (job->rest, ids + 1, n_ids - 1);
  DeskCellsDialog *dialog = dialog_new (page, job, _("Check of a Tank"), job->rest->len ? _("Record and Next") : _("Record Check"),
                                        G_CALLBACK (on_submit_check));
  g_autofree char *last = last_words (page, job->tank);
  desk_cells_dialog_set_note (dialog, last);
  add_rows (dialog, job->tank, NULL);
  desk_cells_dialog_open (dialog);
}

/* Asks for the last check once more, as it should have been. */
void
desk_tank_correct_dialog (DeskPage *page, gint64 id)
{
  Job *job = job_new (page, id);

  if (!job)
    return;
  if (job->tank->checks->len == 0)
    {
      desk_toast (GTK_WIDGET (page), _("This tank has never been checked."));
      job_free (job);
      return;
    }
  job->corrects = TRUE;
  DeskCellsDialog *dialog = dialog_new (page, job, _("Correct the Last Check"), _("Correct"), G_CALLBACK (on_submit_check));
  g_autofree char *last = last_words (page, job->tank);
  desk_cells_dialog_set_note (dialog, last);
  add_rows (dialog, job->tank, job->tank->checks->pdata[job->tank->checks->len - 1]);
  desk_cells_dialog_open (dialog);
}

/* ── rules ───────────────────────────────────────────────────────────────────────────────────── */

static gboolean
work_rules (DeskDb *db, gpointer data, GError **error)
{
  return desk_tank_save_rule (db, ((Job *) data)->rule, error);
}

static void
on_rules_kept (DeskCellsDialog *dialog, gpointer data)
{
  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), _("The rules are saved."));
}

static gboolean
read_probe (DeskCellsDialog *dialog, DeskTankRule *rule)
{
  g_autofree char *text = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "probe_due_on")));
  gboolean ambiguous;
  char *day = *text ? desk_day_read (text, DESK_DAY_ORDER_NONE, &ambiguous) : g_strdup ("");

  if (!day)
    return desk_cells_dialog_refuse (dialog, "probe_due_on", _("Please write the date as 2026-05-31."));
  g_free (rule->probe_due_on);
  rule->probe_due_on = day;
  return TRUE;
}

static gboolean
read_rule (DeskCellsDialog *dialog, DeskTankRule *rule)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  int hours;

  if (!desk_tank_read_millimetres (desk_cells_dialog_get_text (dialog, "every_hours"), &hours) || hours == DESK_TANK_NONE)
    return desk_cells_dialog_refuse (dialog, "every_hours", _("Please write a number."));
  rule->every_hours = hours;
  if (!desk_tank_read_millimetres (desk_cells_dialog_get_text (dialog, "level_low"), &rule->level_low))
    return desk_cells_dialog_refuse (dialog, "level_low", _("Please write a number."));
  if (!desk_tank_read_millimetres (desk_cells_dialog_get_text (dialog, "level_full"), &rule->level_full))
    return desk_cells_dialog_refuse (dialog, "level_full", _("Please write a number."));
  if (!desk_tank_read_tenths (desk_cells_dialog_get_text (dialog, "warm_at"), &rule->warm_at))
    return desk_cells_dialog_refuse (dialog, "warm_at", _("Please write a number."));
  if (!read_probe (dialog, rule))
    return FALSE;
  g_free (rule->phone);
  rule->phone = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "phone")));
  desk_tank_rule_check (rule, problems);
  return problems->len == 0
         || desk_cells_dialog_refuse (dialog, desk_problems_get (problems, 0)->field, desk_words_problem (desk_problems_get (problems, 0)));
}

static void
on_submit_rules (DeskCellsDialog *dialog)
{
  const Job *shown = job_of (dialog);
  g_autoptr (DeskTankRule) rule = desk_tank_rule_new (shown->tank->id);

  rule->version = shown->tank->rule ? shown->tank->rule->version : 0;
  if (!read_rule (dialog, rule))
    return;
  Job *job = job_copy (shown);
  job->rule = g_steal_pointer (&rule);
  desk_cells_dialog_run (dialog, work_rules, job, job_free, on_rules_kept);
}

/* Asks how often it is checked, and when it is low or warm. */
void
desk_tank_rules_dialog (DeskPage *page, gint64 id)
{
  Job *job = job_new (page, id);

  if (!job)
    return;
  DeskCellsDialog *dialog = dialog_new (page, job, _("Rules of a Tank"), _("Save"), G_CALLBACK (on_submit_rules));
  g_autoptr (DeskTankRule) usual = desk_tank_rule_new (id);
  const DeskTankRule *rule = job->tank->rule ? job->tank->rule : usual;
  gboolean liquid = g_str_equal (job->tank->kind, "tank");
  g_autofree char *hours = g_strdup_printf ("%d", rule->every_hours);
  g_autofree char *probe = *rule->probe_due_on ? desk_words_iso_day (rule->probe_due_on) : g_strdup ("");

  desk_cells_dialog_set_note (dialog, _("What is missed, low, warm or falling faster than usual is told on the Today page."));
  desk_cells_dialog_add_text (dialog, "every_hours", _("Checked every … hours"), hours);
  if (liquid)
    {
      add_number (dialog, "level_low", _("Fill below, mm"), rule->level_low, TRUE);
      add_number (dialog, "level_full", _("Full at, mm"), rule->level_full, TRUE);
    }
  add_number (dialog, "warm_at", _("Too warm at, °C"), rule->warm_at, FALSE);
  desk_cells_dialog_add_text (dialog, "probe_due_on", _("Next calibration of the probe"), probe);
  desk_cells_dialog_add_text (dialog, "phone", _("Whom to call"), rule->phone);
  desk_cells_dialog_open (dialog);
}

/* ── down and up ─────────────────────────────────────────────────────────────────────────────── */

static gboolean
work_down (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return desk_tank_open_down (db, job->down_id, job->why, job->by, &job->down_id, error);
}

static void
on_down (DeskCellsDialog *dialog, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), "cells.way", "s", "tanks");
  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), _("Nothing is put into this tank any more. Its list stands ready."));
}

static void
on_submit_down (DeskCellsDialog *dialog)
{
  const char *why = desk_cells_dialog_get_text (dialog, "why");

  if (*why == '\0')
    {
      desk_cells_dialog_refuse (dialog, "why", _("Please write the reason."));
      return;
    }
  Job *job = job_copy (job_of (dialog));
  job->down_id = job_of (dialog)->tank->id;
  job->why = g_strdup (why);
  desk_cells_dialog_run (dialog, work_down, job, job_free, on_down);
}

/* Asks why a tank is down. */
void
desk_tank_down_dialog (DeskPage *page, gint64 id)
{
  Job *job = job_new (page, id);

  if (!job)
    return;
  DeskCellsDialog *dialog = dialog_new (page, job, _("This Tank Is Down"), _("Tank Down"), G_CALLBACK (on_submit_down));
  g_autofree char *units = g_strdup_printf (ngettext ("%d unit stands in it. A list says in which order to take it out, and where to.",
                                                      "%d units stand in it. A list says in which order to take them out, and where to.",
                                                      (gulong) job->tank->used),
                                            job->tank->used);
  desk_cells_dialog_set_note (dialog, units);
  if (job->tank->rule && *job->tank->rule->phone)
    {
      g_autofree char *call = g_strdup_printf (_("Call %s"), job->tank->rule->phone);
      desk_cells_dialog_set_warning (dialog, call);
    }
  desk_cells_dialog_add_text (dialog, "why", _("What happened"), NULL);
  desk_cells_dialog_set_grave (dialog);
  desk_cells_dialog_open (dialog);
}

static gboolean
work_up (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return desk_tank_close_down (db, job->down_id, job->as, job->why, job->by, error);
}

static void
on_up (DeskCellsDialog *dialog, gpointer data)
{
  Job *job = data;

  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)),
              g_str_equal (job->as, "empty") ? _("The tank is empty and out of service.") : _("The tank is in use again."));
}

static void
on_submit_up (DeskCellsDialog *dialog)
{
  const char *why = desk_cells_dialog_get_text (dialog, "why");
  gboolean empty = job_of (dialog)->tank->used == 0;

  if (!empty && *why == '\0')
    {
      desk_cells_dialog_refuse (dialog, "why", _("Please write what was done."));
      return;
    }
  Job *job = job_copy (job_of (dialog));
  job->down_id = job_of (dialog)->tank->down->id;
  job->as = g_strdup (empty ? "empty" : "good");
  job->why = g_strdup (why);
  desk_cells_dialog_run (dialog, work_up, job, job_free, on_up);
}

/* Ends it: an empty tank goes out of service, one that still holds units is good again. */
void
desk_tank_up_dialog (DeskPage *page, gint64 id)
{
  Job *job = job_new (page, id);

  if (!job)
    return;
  if (!job->tank->down)
    {
      job_free (job);
      return;
    }
  gboolean empty = job->tank->used == 0;
  DeskCellsDialog *dialog = dialog_new (page, job, empty ? _("The Tank Is Empty") : _("The Tank Is Good Again"),
                                        empty ? _("Out of Service") : _("Good Again"), G_CALLBACK (on_submit_up));
  desk_cells_dialog_set_note (dialog, empty ? _("It goes out of service until it is put back to use in the settings.")
                                            : _("Units may be put into it again."));
  desk_cells_dialog_add_text (dialog, "why", empty ? _("Note") : _("What was done"), NULL);
  desk_cells_dialog_open (dialog);
}
