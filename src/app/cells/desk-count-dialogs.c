#include "desk-count-dialogs.h"

#include <glib/gi18n.h>

#include "desk-bank-walk.h"
#include "desk-cells-dialog.h"
#include "desk-cells.h"
#include "desk-toast.h"
#include "desk-words.h"

/* What a dialog asks the store for; owns its texts. */
typedef struct
{
  gint64 id, by, with, container_id;
  DeskCountResolve resolve;
  char *text, *scanned;
  guint n;
  DeskCountDone done;
  gpointer done_data;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->text);
  g_free (job->scanned);
  g_free (job);
}

static Job *
job_new (DeskPage *page, gint64 id)
{
  Job *job = g_new0 (Job, 1);

  job->id = id;
  job->by = desk_session_get_actor (desk_page_get_session (page));
  return job;
}

/* The id the dialog is about. */
static gint64
subject (DeskCellsDialog *dialog)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (dialog), "subject");
}

static DeskCellsDialog *
dialog_new (DeskPage *page, gint64 id, const char *title, const char *submit, GCallback on_submit)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, title, submit);

  g_object_set_data_full (G_OBJECT (dialog), "subject", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect (dialog, "submit", on_submit, NULL);
  return dialog;
}

static gboolean
need_second_person (DeskCellsDialog *dialog, gint64 *with)
{
  *with = desk_cells_dialog_get_choice (dialog, "witness");
  return *with != 0 || desk_cells_dialog_refuse (dialog, "witness", _("Please choose the second person."));
}

/* ── a new count ─────────────────────────────────────────────────────────────────────────────── */

static gboolean
work_open (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return desk_count_open (db, job->container_id, job->by, &job->id, error);
}

static void
on_opened (DeskCellsDialog *dialog, gpointer data)
{
  const Job *job = data;

  job->done (job->done_data, job->id);
}

static void
on_submit_open (DeskCellsDialog *dialog)
{
  gint64 container_id = desk_cells_dialog_get_choice (dialog, "container");

  if (container_id == 0)
    {
      desk_cells_dialog_refuse (dialog, "container", _("Please choose what is counted."));
      return;
    }
  Job *job = job_new (desk_cells_dialog_get_page (dialog), 0);
  job->container_id = container_id;
  job->done = g_object_get_data (G_OBJECT (dialog), "done");
  job->done_data = g_object_get_data (G_OBJECT (dialog), "done-data");
  desk_cells_dialog_run (dialog, work_open, job, job_free, on_opened);
}

/* Whatever holds boxes, and boxes, in the order one walks. */
static void
add_containers (DeskCellsDialog *dialog, DeskDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tops = desk_container_children (db, 0, &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  g_strv_builder_add (words, _("Choose…"));
  g_array_set_size (ids, 1);
  for (guint i = 0; tops && i < tops->len; i++)
    {
      const DeskContainer *top = tops->pdata[i];
      g_autoptr (GPtrArray) walk = desk_bank_walk (db, top->id, &error);

      for (guint j = 0; walk && j < walk->len; j++)
        {
          const DeskWalkStop *stop = walk->pdata[j];

          g_strv_builder_add (words, stop->place);
          g_array_append_val (ids, stop->id);
        }
    }
  if (error)
    g_warning ("cannot read the bank: %s", error->message);
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "container", _("What is counted"), (const char *const *) lines, (gint64 *) (gpointer) ids->data, 0);
}

/* Asks what is counted; done is told the new count. */
void
desk_count_open_dialog (DeskPage *page, DeskCountDone done, gpointer user_data)
{
  DeskCellsDialog *dialog = dialog_new (page, 0, _("New Stocktake"), _("Start"), G_CALLBACK (on_submit_open));

  desk_cells_dialog_set_note (dialog, _("Whoever counts does not see what is expected. Each box is scanned, then all of it is compared."));
  g_object_set_data (G_OBJECT (dialog), "done", done);
  g_object_set_data (G_OBJECT (dialog), "done-data", user_data);
  add_containers (dialog, desk_page_get_reader (page));
  desk_cells_dialog_open (dialog);
}

/* ── the end of scanning, and giving up ──────────────────────────────────────────────────────── */

static gboolean
work_end (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return desk_count_end (db, job->id, job->by, &job->n, error);
}

static void
on_ended (DeskCellsDialog *dialog, gpointer data)
{
  const Job *job = data;
  g_autofree char *words = job->n ? g_strdup_printf (ngettext ("%u difference", "%u differences", job->n), job->n)
                                  : g_strdup (_("✓ Everything is where it should be."));

  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), words);
}

static void
on_submit_end (DeskCellsDialog *dialog)
{
  desk_cells_dialog_run (dialog, work_end, job_new (desk_cells_dialog_get_page (dialog), subject (dialog)), job_free, on_ended);
}

/* Asks whether scanning is over. */
void
desk_count_end_dialog (DeskPage *page, const DeskCount *count)
{
  DeskCellsDialog *dialog = dialog_new (page, count->id, _("End and Compare"), _("End Scanning"), G_CALLBACK (on_submit_end));

  desk_cells_dialog_set_identity (dialog, count->place, count->number);
  desk_cells_dialog_set_note (dialog, _("What differs is frozen for picking, with its box, until each difference is resolved."));
  if (count->boxes_done < count->boxes)
    {
      guint left = count->boxes - count->boxes_done;
      g_autofree char *words = g_strdup_printf (ngettext ("%u box has not been counted yet.", "%u boxes have not been counted yet.", left), left);

      desk_cells_dialog_set_warning (dialog, words);
    }
  desk_cells_dialog_open (dialog);
}

static gboolean
work_abandon (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return desk_count_abandon (db, job->id, job->by, job->text, error);
}

static void
on_abandoned (DeskCellsDialog *dialog, gpointer data)
{
  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), _("The count is abandoned. What was scanned is kept."));
}

static void
on_submit_abandon (DeskCellsDialog *dialog)
{
  const char *why = desk_cells_dialog_get_text (dialog, "why");

  if (*why == '\0')
    {
      desk_cells_dialog_refuse (dialog, "why", _("Please write the reason."));
      return;
    }
  Job *job = job_new (desk_cells_dialog_get_page (dialog), subject (dialog));
  job->text = g_strdup (why);
  desk_cells_dialog_run (dialog, work_abandon, job, job_free, on_abandoned);
}

/* Asks why a count is given up. */
void
desk_count_abandon_dialog (DeskPage *page, const DeskCount *count)
{
  DeskCellsDialog *dialog = dialog_new (page, count->id, _("Abandon the Count"), _("Abandon"), G_CALLBACK (on_submit_abandon));

  desk_cells_dialog_set_identity (dialog, count->place, count->number);
  desk_cells_dialog_set_note (dialog, _("Nothing is compared, and nothing is frozen."));
  desk_cells_dialog_add_text (dialog, "why", _("Reason"), NULL);
  desk_cells_dialog_set_grave (dialog);
  desk_cells_dialog_open (dialog);
}

/* ── closing ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
work_close (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return desk_count_close (db, job->id, job->by, job->with, error);
}

static void
on_closed (DeskCellsDialog *dialog, gpointer data)
{
  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), _("The count is closed."));
}

static void
on_submit_close (DeskCellsDialog *dialog)
{
  Job *job = job_new (desk_cells_dialog_get_page (dialog), subject (dialog));

  if (!need_second_person (dialog, &job->with))
    {
      job_free (job);
      return;
    }
  desk_cells_dialog_run (dialog, work_close, job, job_free, on_closed);
}

/* Asks for the second person who closes a count. */
void
desk_count_close_dialog (DeskPage *page, const DeskCount *count)
{
  DeskCellsDialog *dialog = dialog_new (page, count->id, _("Close the Count"), _("Close"), G_CALLBACK (on_submit_close));

  desk_cells_dialog_set_identity (dialog, count->place, count->number);
  desk_cells_dialog_add_second_person (dialog, TRUE);
  desk_cells_dialog_open (dialog);
}

/* ── a difference ────────────────────────────────────────────────────────────────────────────── */

/* "L26-0001-02 · seen in Box 2 · belongs to Box 1 A1"; the caller frees it. */
char *
desk_count_difference_words (const DeskCountDifference *d)
{
  g_autofree char *seen = g_strdup_printf (d->kind == DESK_DIFFERENCE_MISSING ? _("should be in %s") : _("seen in %s"), d->place);
  g_autofree char *home = d->kind == DESK_DIFFERENCE_MISSING || d->kind == DESK_DIFFERENCE_UNKNOWN ? NULL
                          : d->home ? g_strdup_printf (_("belongs to %s"), d->home)
                                    : g_strdup (_("stands nowhere in the record"));
  const char *facts[] = { seen, home, d->patient };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

static gboolean
work_resolve (DeskDb *db, gpointer data, GError **error)
{
  return desk_count_resolve (db, &((Job *) data)->resolve, error);
}

static void
on_resolved (DeskCellsDialog *dialog, gpointer data)
{
  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), _("The difference is resolved."));
}

/* A missing unit that turned up elsewhere is moved to the place asked for; others to where they were seen. */
static gboolean
read_place (DeskCellsDialog *dialog, DeskCountResolve *resolve)
{
  gboolean asked = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "asks-place"));

  if (resolve->resolution != DESK_RESOLVE_MOVED || !asked)
    return TRUE;
  return desk_cells_dialog_get_place (dialog, &resolve->container_id, &resolve->row, &resolve->col);
}

static void
on_submit_resolve (DeskCellsDialog *dialog)
{
  Job *job = job_new (desk_cells_dialog_get_page (dialog), subject (dialog));
  gint64 chosen = desk_cells_dialog_get_choice (dialog, "resolution");

  job->text = g_strdup (desk_cells_dialog_get_text (dialog, "cause"));
  job->scanned = g_strdup (desk_cells_dialog_get_text (dialog, "scanned"));
  job->resolve = (DeskCountResolve){ .difference_id = job->id, .resolution = (DeskResolution) (chosen - 1), .cause = job->text,
                                     .scanned = job->scanned, .performer = job->by };
  gboolean good = chosen != 0 || desk_cells_dialog_refuse (dialog, "resolution", _("Please choose how it is resolved."));
  good = good && (*job->text || desk_cells_dialog_refuse (dialog, "cause", _("Please write the cause.")));
  good = good && (!desk_resolution_needs_scan (job->resolve.resolution) || *job->scanned
                  || desk_cells_dialog_refuse (dialog, "scanned", _("Please scan the unit where it stands.")));
  good = good && read_place (dialog, &job->resolve) && need_second_person (dialog, &job->resolve.witness);
  if (!good)
    {
      job_free (job);
      return;
    }
  desk_cells_dialog_run (dialog, work_resolve, job, job_free, on_resolved);
}

static void
add_resolutions (DeskCellsDialog *dialog, DeskDifferenceKind kind)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  g_strv_builder_add (words, _("Choose…"));
  g_array_set_size (ids, 1);
  for (gint64 r = 0; r < DESK_N_RESOLUTIONS; r++)
    if (desk_resolution_offered (kind, (DeskResolution) r))
      {
        gint64 id = r + 1;

        g_strv_builder_add (words, desk_words ("resolution", desk_resolution_code ((DeskResolution) r)));
        g_array_append_val (ids, id);
      }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "resolution", _("How it is resolved"), (const char *const *) lines, (gint64 *) (gpointer) ids->data, 0);
}

/* Asks how a difference is resolved. */
void
desk_count_resolve_dialog (DeskPage *page, const DeskCountDifference *d)
{
  DeskCellsDialog *dialog = dialog_new (page, d->id, desk_words ("difference", desk_difference_code (d->kind)), _("Resolve"),
                                        G_CALLBACK (on_submit_resolve));
  g_autofree char *words = desk_count_difference_words (d);
  gboolean missing = d->kind == DESK_DIFFERENCE_MISSING;

  desk_cells_dialog_set_identity (dialog, NULL, d->number ? d->number : d->code);
  desk_cells_dialog_set_note (dialog, words);
  add_resolutions (dialog, d->kind);
  desk_cells_dialog_add_text (dialog, "cause", _("Cause"), NULL);
  if (d->kind != DESK_DIFFERENCE_UNKNOWN && d->kind != DESK_DIFFERENCE_DOUBLED)
    desk_cells_dialog_add_text (dialog, "scanned", _("Unit scanned where it stands"), NULL);
  if (missing)
    desk_cells_dialog_add_place (dialog, d->container_id);
  g_object_set_data (G_OBJECT (dialog), "asks-place", GINT_TO_POINTER (missing));
  desk_cells_dialog_add_second_person (dialog, TRUE);
  desk_cells_dialog_open (dialog);
}
