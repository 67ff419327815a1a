#include "desk-cells-lookback-forms.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-dialog.h"
#include "desk-cells-lookback-words.h"
#include "desk-day-words.h"
#include "desk-lookbacks.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

typedef struct _Form Form;

/* What a dialog asks the store for; owns its texts. */
struct _Form
{
  const char *done;       /* said when the store has accepted */
  gboolean (*collect) (DeskCellsDialog *dialog, Form *form);
  DeskWork work;
  gint64 id;              /* of the item, the clock or the look-back */
  DeskItemKind kind;
  DeskLookbackOrder order;
  const char *code, *how; /* static: a decision, an outcome; how a patient was reached, NULL where it was no call */
  gboolean reached, with_units;
  char *note;
  gint64 by, opened;
};

static void
form_free (gpointer data)
{
  Form *form = data;

  g_free (form->note);
  g_free (form);
}

/* ── the store's part ── */

static gboolean
work_open (DeskDb *db, gpointer data, GError **error)
{
  Form *form = data;

  form->order.words = form->note;
  form->order.by = form->by;
  return desk_lookback_open (db, &form->order, &form->opened, error);
}

static gboolean
work_decide (DeskDb *db, gpointer data, GError **error)
{
  const Form *form = data;
  DeskLookbackReview review = { .item_id = form->id, .decision = form->code, .note = form->note, .with_units = form->with_units,
                                .by = form->by };
  DeskLookbackContact contact = { .item_id = form->id, .how = form->how, .reached = form->reached, .note = form->note, .by = form->by };

  return form->how ? desk_lookback_contact (db, &contact, error) : desk_lookback_review (db, &review, error);
}

static gboolean
work_clock (DeskDb *db, gpointer data, GError **error)
{
  const Form *form = data;

  return desk_legal_clock_stop (db, form->id, form->code, form->note, form->by, error);
}

static gboolean
work_close (DeskDb *db, gpointer data, GError **error)
{
  const Form *form = data;

  return desk_lookback_close (db, form->id, form->note, form->by, error);
}

/* ── the dialog ── */

static void
on_done (DeskCellsDialog *dialog, gpointer data)
{
  const Form *form = data;
  GtkWidget *page = GTK_WIDGET (desk_cells_dialog_get_page (dialog));

  desk_toast (page, form->done);
  if (form->opened)
    desk_window_show (desk_window_of (page), DESK_KIND_LOOKBACK, form->opened);
}

static void
on_submit (DeskCellsDialog *dialog, gpointer user_data)
{
  const Form *asked = user_data;
  Form *form = g_memdup2 (asked, sizeof *asked);

  form->by = desk_session_get_actor (desk_page_get_session (desk_cells_dialog_get_page (dialog)));
  form->note = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "note")));
  if (form->collect && !form->collect (dialog, form))
    {
      form_free (form);
      return;
    }
  desk_cells_dialog_run (dialog, form->work, form, form_free, on_done);
}

/* Takes the form's values. */
static DeskCellsDialog *
dialog_new (DeskPage *page, const char *title, const char *submit, Form values)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, title, submit);
  Form *form = g_memdup2 (&values, sizeof values);

  g_object_set_data_full (G_OBJECT (dialog), "form", form, form_free);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit), form);
  return dialog;
}

static void
add_list (DeskCellsDialog *dialog, const char *key, const char *title, const char *const *words)
{
  gint64 ids[16];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = i;
  desk_cells_dialog_add_choice (dialog, key, title, words, ids, 0);
}

static gboolean
read_day (DeskCellsDialog *dialog, const char *key, gboolean needed, DeskDay *day)
{
  const char *text = desk_cells_dialog_get_text (dialog, key);

  *day = DESK_DAY_NONE;
  if (*text == '\0' && !needed)
    return TRUE;
  g_autofree char *iso = desk_day_read (text, DESK_DAY_ORDER_NONE, NULL);
  return (iso && desk_day_parse (iso, day)) || desk_cells_dialog_refuse (dialog, key, _("Please write the date as 2026-04-03."));
}

/* ── opening ── */

static gboolean
collect_open (DeskCellsDialog *dialog, Form *form)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);

  if (*form->note == '\0')
    return desk_cells_dialog_refuse (dialog, "note", _("Please fill this in."));
  if (!read_day (dialog, "known", TRUE, &form->order.known))
    return FALSE;
  if (form->order.known > desk_page_get_today (page))
    return desk_cells_dialog_refuse (dialog, "known", _("This day is still to come."));
  return TRUE;
}

/* Asks for what is known of one thing, and since when, and opens a look-back about it. */
void
desk_lookback_ask_open (DeskPage *page, DeskLookbackCause cause, gint64 cause_id, const char *about)
{
  Form form = { .done = _("The look-back is open; everything it reaches is held."), .collect = collect_open, .work = work_open,
                .order = { .cause = cause, .cause_id = cause_id, .from = DESK_DAY_NONE, .until = DESK_DAY_NONE } };
  DeskCellsDialog *dialog = dialog_new (page, _("Open a Look-back"), _("Open Look-back"), form);
  g_autofree char *today = desk_day_format (desk_page_get_today (page));

  desk_cells_dialog_set_identity (dialog, about, desk_words ("lookback-cause", desk_lookback_cause_code (cause)));
  desk_cells_dialog_set_note (dialog, _("Everything that met it is found and held at once: nothing of it can be given until somebody "
                                        "has decided. Who was given a dose is listed with how to reach them, and the clocks of the "
                                        "reports start."));
  desk_cells_dialog_add_text (dialog, "note", _("What is known"), NULL);
  desk_cells_dialog_add_text (dialog, "known", _("Known since"), today);
  desk_cells_dialog_set_grave (dialog);
  desk_cells_dialog_open (dialog);
}

static void
show_suspect (DeskCellsDialog *dialog)
{
  const GPtrArray *suspects = g_object_get_data (G_OBJECT (dialog), "suspects");
  gint64 chosen = desk_cells_dialog_get_choice (dialog, "suspect");
  DeskLookbackCause cause = chosen ? ((const DeskLookbackSuspect *) suspects->pdata[chosen - 1])->cause : DESK_LOOKBACK_DAY;

  gboolean in_days = cause != DESK_LOOKBACK_REAGENT && cause != DESK_LOOKBACK_SHIPMENT;

  /* A day is one day: what is asked for is what is meant. */
  desk_cells_dialog_set_asked (dialog, "from", in_days);
  desk_cells_dialog_set_asked (dialog, "until", in_days && cause != DESK_LOOKBACK_DAY);
  desk_cells_dialog_set_warning (dialog, in_days && cause != DESK_LOOKBACK_DAY
                                             ? _("Without days, everything since it came into use is meant.")
                                             : NULL);
}

static gboolean
collect_new (DeskCellsDialog *dialog, Form *form)
{
  const GPtrArray *suspects = g_object_get_data (G_OBJECT (dialog), "suspects");
  gint64 chosen = desk_cells_dialog_get_choice (dialog, "suspect");

  if (!read_day (dialog, "from", chosen == 0, &form->order.from) || (chosen && !read_day (dialog, "until", FALSE, &form->order.until)))
    return FALSE;
  if (form->order.until == DESK_DAY_NONE)
    form->order.until = form->order.from;
  if (form->order.from == DESK_DAY_NONE && form->order.until != DESK_DAY_NONE)
    return desk_cells_dialog_refuse (dialog, "from", _("Please fill this in."));
  if (form->order.until < form->order.from)
    return desk_cells_dialog_refuse (dialog, "until", _("The last day is before the first."));
  form->order.cause = chosen ? ((const DeskLookbackSuspect *) suspects->pdata[chosen - 1])->cause : DESK_LOOKBACK_DAY;
  form->order.cause_id = chosen ? ((const DeskLookbackSuspect *) suspects->pdata[chosen - 1])->id : form->order.from;
  return collect_open (dialog, form);
}

/* Asks first what is in question: a day, a reagent's lot, a device, a shipment, a container, a person. */
void
desk_lookback_ask_new (DeskPage *page)
{
  Form form = { .done = _("The look-back is open; everything it reaches is held."), .collect = collect_new, .work = work_open };
  DeskCellsDialog *dialog = dialog_new (page, _("Open a Look-back"), _("Open Look-back"), form);
  g_autofree char *today = desk_day_format (desk_page_get_today (page));
  g_autoptr (GError) error = NULL;
  GPtrArray *suspects = desk_lookback_suspects (desk_page_get_reader (page), &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  g_strv_builder_add (words, _("Everything handled on a day"));
  g_array_set_size (ids, 1);
  for (guint i = 0; suspects && i < suspects->len; i++)
    {
      const DeskLookbackSuspect *suspect = suspects->pdata[i];
      g_autofree char *line
          = g_strdup_printf ("%s · %s", desk_words ("lookback-cause", desk_lookback_cause_code (suspect->cause)), suspect->name);
      gint64 id = i + 1;

      g_strv_builder_add (words, line);
      g_array_append_val (ids, id);
    }
  if (!suspects)
    desk_toast_error (GTK_WIDGET (page), error);
  g_object_set_data_full (G_OBJECT (dialog), "suspects", suspects ? suspects : g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_set_note (dialog, _("From a result, a lot or a dose, a look-back is opened where it is shown."));
  desk_cells_dialog_add_choice (dialog, "suspect", _("What is in question"), (const char *const *) lines, (gint64 *) ids->data, 0);
  desk_cells_dialog_add_text (dialog, "from", _("From this day"), NULL);
  desk_cells_dialog_add_text (dialog, "until", _("Until this day"), NULL);
  desk_cells_dialog_add_text (dialog, "note", _("What is known"), NULL);
  desk_cells_dialog_add_text (dialog, "known", _("Known since"), today);
  desk_cells_dialog_on_choice (dialog, "suspect", show_suspect);
  show_suspect (dialog);
  desk_cells_dialog_set_grave (dialog);
  desk_cells_dialog_open (dialog);
}

/* ── deciding ── */

/* What can have come of trying to tell a patient. */
static const struct
{
  const char *words, *how, *decision;
  gboolean reached;
} calls[] = {
  { N_("Told by telephone"), "phone", "told", TRUE },
  { N_("Told in person"), "in_person", "told", TRUE },
  { N_("Told by e-mail"), "email", "told", TRUE },
  { N_("Told by letter"), "letter", "told", TRUE },
  { N_("A companion who may be told was told"), "companion", "companion-told", TRUE },
  { N_("Telephoned, nobody reached"), "phone", NULL, FALSE },
  { N_("E-mail sent, no answer yet"), "email", NULL, FALSE },
  { N_("Could not be reached at all"), NULL, "not-reached", FALSE },
  { N_("Need not be told"), NULL, "not-needed", FALSE },
};

static gboolean
collect_decision (DeskCellsDialog *dialog, Form *form)
{
  gint64 chosen = desk_cells_dialog_get_choice (dialog, "decision");
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskLookbackItem item = { .kind = form->kind };

  form->with_units = desk_cells_dialog_get_choice (dialog, "units") == 0;
  if (form->kind == DESK_ITEM_PATIENT)
    {
      form->how = calls[chosen].how;
      form->reached = calls[chosen].reached;
      form->code = calls[chosen].decision;
    }
  else
    form->code = desk_item_decisions (form->kind)[chosen];
  if (form->code)
    desk_lookback_review_check (&item, form->code, form->note, problems);
  if (problems->len == 0)
    return TRUE;
  const DeskProblem *problem = desk_problems_get (problems, 0);
  g_autofree char *words = desk_words_problem (problem);
  return desk_cells_dialog_refuse (dialog, problem->field, words);
}

static void
add_decisions (DeskCellsDialog *dialog, DeskItemKind kind)
{
  const char *words[16] = { NULL };

  for (guint i = 0; kind == DESK_ITEM_PATIENT ? i < G_N_ELEMENTS (calls) : desk_item_decisions (kind)[i] != NULL; i++)
    words[i] = kind == DESK_ITEM_PATIENT ? _(calls[i].words) : desk_words ("lookback-decision", desk_item_decisions (kind)[i]);
  add_list (dialog, "decision", _("Decision"), words);
}

/* Asks what is decided of an item; of a patient, how the call went. */
void
desk_lookback_ask_decision (DeskPage *page, const DeskLookbackItem *item)
{
  gboolean patient = item->kind == DESK_ITEM_PATIENT;
  Form form = { .done = patient ? _("Written down.") : _("Decided."), .collect = collect_decision, .work = work_decide, .id = item->id, .kind = item->kind };
  DeskCellsDialog *dialog = dialog_new (page, patient ? _("Tell the Patient") : _("Decide"), patient ? _("Write Down") : _("Decide"), form);
  g_autofree char *roads = desk_lookback_roads (item);
  g_autofree char *line = g_strdup_printf ("%s · %s", item->patient, item->chart);

  desk_cells_dialog_set_identity (dialog, patient ? desk_words ("lookback-item", "patient") : item->label, line);
  if (*roads)
    desk_cells_dialog_set_note (dialog, roads);
  add_decisions (dialog, item->kind);
  if (item->kind == DESK_ITEM_LOT)
    add_list (dialog, "units", _("Its doses"),
              (const char *const[]) { _("Decided the same way, where nobody decided yet"), _("Decided one by one"), NULL });
  desk_cells_dialog_add_text (dialog, "note", _("In words"), NULL);
  desk_cells_dialog_open (dialog);
}

/* ── clocks and the end ── */

static const char *const outcomes[] = { "reported", "not-due" };

static gboolean
collect_clock (DeskCellsDialog *dialog, Form *form)
{
  form->code = outcomes[desk_cells_dialog_get_choice (dialog, "outcome")];
  if (strcmp (form->code, "not-due") == 0 && *form->note == '\0')
    return desk_cells_dialog_refuse (dialog, "note", _("Please give a reason."));
  return TRUE;
}

void
desk_lookback_ask_clock (DeskPage *page, const DeskLegalClock *clock)
{
  Form form = { .done = _("The clock is stopped."), .collect = collect_clock, .work = work_clock, .id = clock->id };
  DeskCellsDialog *dialog = dialog_new (page, _("Report to the Authorities"), _("Note the Report"), form);
  g_autofree char *day = desk_words_day (clock->due);
  g_autofree char *due = g_strdup_printf (_("Due %s"), day);

  desk_cells_dialog_set_identity (dialog, desk_words ("legal-clock", desk_clock_code (clock->rule)), due);
  add_list (dialog, "outcome", _("What came of it"),
            (const char *const[]) { desk_words ("clock-outcome", "reported"), desk_words ("clock-outcome", "not-due"), NULL });
  desk_cells_dialog_add_text (dialog, "note", _("To whom and how, or why it is not due"), NULL);
  desk_cells_dialog_open (dialog);
}

static gboolean
collect_close (DeskCellsDialog *dialog, Form *form)
{
  return *form->note != '\0' || desk_cells_dialog_refuse (dialog, "note", _("Please fill this in."));
}

/* What is still open is said before anybody types. */
void
desk_lookback_ask_close (DeskPage *page, const DeskLookback *lookback)
{
  Form form = { .done = _("The look-back is closed."), .collect = collect_close, .work = work_close, .id = lookback->id };
  DeskCellsDialog *dialog = dialog_new (page, _("Close the Look-back"), _("Close Look-back"), form);
  g_autofree char *about = desk_lookback_about (lookback);

  desk_cells_dialog_set_identity (dialog, lookback->number, about);
  if (lookback->n_unreviewed || lookback->n_clocks)
    {
      g_autofree char *items = g_strdup_printf (ngettext ("%u item is not decided", "%u items are not decided", lookback->n_unreviewed),
                                                lookback->n_unreviewed);
      g_autofree char *clocks = g_strdup_printf (ngettext ("%u report is due", "%u reports are due", lookback->n_clocks), lookback->n_clocks);
      g_autofree char *both = g_strdup_printf (_("It cannot be closed yet: %s, %s."), items, clocks);

      desk_cells_dialog_set_warning (dialog, both);
    }
  desk_cells_dialog_set_note (dialog, _("What was cleared is free again already. What stays held, stays held."));
  desk_cells_dialog_add_text (dialog, "note", _("Conclusion"), NULL);
  desk_cells_dialog_open (dialog);
}
