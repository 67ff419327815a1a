/* Units put away many at once: scanned or typed one after the other, each into the next free place. */
#include <glib/gi18n.h>

#include "desk-cells-gather.h"
#include "desk-cells-moves.h"
#include "desk-cells-words.h"
#include "desk-toast.h"
#include "desk-words.h"

typedef struct
{
  GArray *ids;      /* gint64 */
  GStrv scanned;
  DeskPutAway put;
  GArray *steps;    /* DeskPutStep, when it is done; or to be taken back */
  gboolean one_tank;
  gint64 patient_id;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->ids, g_array_unref);
  g_clear_pointer (&job->steps, g_array_unref);
  g_strfreev (job->scanned);
  g_free (job);
}

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  job->put.units = (const gint64 *) job->ids->data;
  job->put.n_units = job->ids->len;
  job->put.scanned = (const char *const *) job->scanned;
  return desk_put_away (db, &job->put, job->steps, error)
         && desk_bank_one_tank (db, job->patient_id, &job->one_tank, error);
}

static gboolean
work_back (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return desk_put_back_where (db, job->steps, job->put.performer, job->put.witness, error);
}

/* ── the list ────────────────────────────────────────────────────────────────────────────────── */

static gboolean
start_of (DeskCellsDialog *dialog, DeskPlace *from)
{
  const char *place = desk_cells_dialog_get_text (dialog, "place");
  DeskDb *reader = desk_page_get_reader (desk_cells_dialog_get_page (dialog));

  *from = (DeskPlace) { .container_id = desk_cells_dialog_get_choice (dialog, "box") };
  g_autoptr (DeskContainer) box = desk_container_load (reader, from->container_id, NULL);
  return box && (*place == '\0' || desk_place_parse_in (box, place, &from->row, &from->col));
}

/* Where each would stand, as far as can be said now; counted anew when the list or the place is another. */
static void
find_places (DeskCellsDialog *dialog)
{
  const GPtrArray *units = desk_cells_gather_units (dialog);
  DeskDb *reader = desk_page_get_reader (desk_cells_dialog_get_page (dialog));
  GArray *places = g_array_new (FALSE, FALSE, sizeof (DeskPlace));
  DeskPlace from;

  g_object_set_data_full (G_OBJECT (dialog), "places", places, (GDestroyNotify) g_array_unref);
  if (units->len == 0 || !start_of (dialog, &from))
    return;
  const DeskUnit *first = units->pdata[0];
  DeskPlaceItem item = { first->kind, first->life, first->quality, first->biohazard && *first->biohazard };
  g_autoptr (GError) error = NULL;
  gboolean found = desk_places_free (reader, &from, &item, units->len, places, &error);

  desk_cells_dialog_refuse (dialog, NULL, found ? NULL : desk_words ("refused", error->message));
}

static void
on_place (DeskCellsDialog *dialog)
{
  find_places (dialog);
  desk_cells_gather_show (dialog);
}

static char *
line_of (DeskCellsDialog *dialog, const DeskUnit *unit, guint n)
{
  const GArray *places = g_object_get_data (G_OBJECT (dialog), "places");
  g_autofree char *line = desk_cells_unit_line (unit);

  if (!places || n >= places->len)
    return g_strdup_printf ("%s → ?", line);
  const DeskPlace *at = &g_array_index (places, DeskPlace, n);
  g_autoptr (DeskContainer) box = desk_container_load (desk_page_get_reader (desk_cells_dialog_get_page (dialog)), at->container_id, NULL);
  g_autofree char *name = desk_place_name_in (box, at->row, at->col);
  return g_strdup_printf ("%s → %s %s", line, box->name, name);
}

static const char *
refuse (DeskCellsDialog *dialog, const DeskUnit *unit)
{
  gboolean offered = desk_cells_step_offered (unit, "move", desk_page_get_today (desk_cells_dialog_get_page (dialog)));

  return offered ? NULL : _("This dose cannot be moved now.");
}

/* The code of a box or place says where to begin. */
static gboolean
on_container (DeskCellsDialog *dialog, const DeskScan *scan)
{
  if (scan->found.kind != DESK_CODE_CONTAINER)
    return FALSE;
  desk_cells_dialog_set_choice (dialog, "box", scan->found.id);
  return TRUE;
}

static const DeskGather gather = { N_("Units to put away"), N_("That is enough for one time. Please put these away first."), line_of, refuse,
                                   find_places, on_container };

/* ── doing it ────────────────────────────────────────────────────────────────────────────────── */

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (page, error);
  else
    desk_toast (page, _("Everything is where it was"));
}

typedef struct
{
  DeskPage *page;
  Job *job;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_clear_pointer (&undo->job, job_free);
  g_free (undo);
}

static void
on_undo (gpointer data)
{
  Undo *undo = data;

  if (undo->job)
    desk_session_run_async (desk_page_get_session (undo->page), work_back, g_steal_pointer (&undo->job), job_free, NULL,
                            on_taken_back, g_object_ref (undo->page));
}

/* Only what stood somewhere before can go back there. */
static gboolean
can_go_back (const GArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, DeskPutStep, i).from.container_id == 0)
      return FALSE;
  return TRUE;
}

static void
on_put (DeskCellsDialog *dialog, gpointer data)
{
  const Job *job = data;
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autofree char *done = g_strdup_printf (ngettext ("%d unit put away", "%d units put away", job->ids->len), (int) job->ids->len);
  g_autofree char *text
      = job->one_tank ? g_strdup_printf (_("%s. All doses of this patient stand in one tank."), done) : g_strdup (done);

  if (!can_go_back (job->steps))
    {
      desk_toast (GTK_WIDGET (page), text);
      return;
    }
  Undo *undo = g_new0 (Undo, 1);
  undo->page = page;
  undo->job = g_new0 (Job, 1);
  undo->job->put = job->put;
  undo->job->steps = g_array_ref (job->steps);
  desk_toast_undo (GTK_WIDGET (page), text, G_CALLBACK (on_undo), undo, undo_free);
}

static void
on_submit (DeskCellsDialog *dialog, gpointer user_data)
{
  const GPtrArray *units = desk_cells_gather_units (dialog);
  g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();
  DeskPlace from;

  if (!desk_cells_gather_ready (dialog))
    return;
  if (!start_of (dialog, &from))
    {
      desk_cells_dialog_refuse (dialog, "place", desk_words ("refused", "no-such-place"));
      return;
    }
  Job *job = g_new0 (Job, 1);
  job->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  job->steps = g_array_new (FALSE, FALSE, sizeof (DeskPutStep));
  for (guint i = 0; i < units->len; i++)
    {
      const DeskUnit *unit = units->pdata[i];

      g_array_append_val (job->ids, unit->id);
      g_strv_builder_add (numbers, unit->number);
      job->patient_id = unit->patient_id;
    }
  job->scanned = g_strv_builder_end (numbers);
  job->put = (DeskPutAway) { .container_id = from.container_id, .row = from.row, .col = from.col,
                             .performer = desk_session_get_actor (desk_page_get_session (desk_cells_dialog_get_page (dialog))),
                             .witness = desk_cells_dialog_get_choice (dialog, "witness"), .freeze = desk_cells_dialog_get_choice (dialog, "freeze") };
  desk_cells_dialog_run (dialog, work, job, job_free, on_put);
}

/* Asks for units one after the other, to be put into the next free places of that container and what stands in it. */
void
desk_cells_put_away (DeskPage *page, gint64 container_id)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, _("Put Away"), _("Put Away"));
  const char *words[] = { _("No"), _("Yes"), NULL };
  const gint64 ids[] = { 0, 1 };

  desk_cells_dialog_set_note (dialog, _("Each unit gets the next free place, in the order it is scanned. They are put away together, or none of them."));
  desk_cells_gather_add (dialog, &gather);
  desk_cells_dialog_add_place (dialog, container_id);
  desk_cells_dialog_on_choice (dialog, "box", on_place);
  g_signal_connect_swapped (desk_cells_dialog_get_row (dialog, "place"), "changed", G_CALLBACK (on_place), dialog);
  desk_cells_dialog_add_choice (dialog, "freeze", _("Freeze what is filled"), words, ids, 0);
  desk_cells_dialog_add_second_person (dialog, FALSE);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit), NULL);
  desk_cells_gather_show (dialog);
  desk_cells_dialog_open (dialog);
  gtk_widget_grab_focus (desk_cells_dialog_get_row (dialog, "unit"));
}
