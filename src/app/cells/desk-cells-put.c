/* Units put away many at once: scanned or typed one after the other, each into the next free place. */
#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-moves.h"
#include "desk-cells-words.h"
#include "desk-scan.h"
#include "desk-toast.h"
#include "desk-words.h"

/* A rack's worth; more is done in two goes. */
#define MAX_UNITS 200

/* What the dialog has gathered. */
typedef struct
{
  GPtrArray *units; /* of DeskUnit, in the order they were read */
  GtkLabel *list;
  GtkWidget *scrolled;
} Gathered;

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

static void
gathered_free (gpointer data)
{
  Gathered *gathered = data;

  g_ptr_array_unref (gathered->units);
  g_free (gathered);
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

/* Each unit with the place it will get, as far as can be said now. */
static void
show_list (DeskCellsDialog *dialog)
{
  Gathered *gathered = g_object_get_data (G_OBJECT (dialog), "gathered");
  DeskDb *reader = desk_page_get_reader (desk_cells_dialog_get_page (dialog));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (DeskPlace));
  g_autoptr (GString) text = g_string_new (NULL);
  DeskPlace from;

  if (gathered->units->len && start_of (dialog, &from))
    {
      const DeskUnit *first = gathered->units->pdata[0];
      DeskPlaceItem item = { first->kind, first->life, first->quality, first->biohazard && *first->biohazard };
      g_autoptr (GError) error = NULL;

      if (!desk_places_free (reader, &from, &item, gathered->units->len, places, &error))
        desk_cells_dialog_refuse (dialog, NULL, desk_words ("refused", error->message));
      else
        desk_cells_dialog_refuse (dialog, NULL, NULL);
    }
  for (guint i = 0; i < gathered->units->len; i++)
    {
      g_autofree char *line = desk_cells_unit_line (gathered->units->pdata[i]);
      g_autofree char *place = NULL;

      if (i < places->len)
        {
          const DeskPlace *at = &g_array_index (places, DeskPlace, i);
          g_autoptr (DeskContainer) box = desk_container_load (reader, at->container_id, NULL);
          g_autofree char *name = desk_place_name_in (box, at->row, at->col);

          place = g_strdup_printf ("%s %s", box->name, name);
        }
      g_string_append_printf (text, "%s%u  %s → %s", i ? "\n" : "", i + 1, line, place ? place : "?");
    }
  gtk_label_set_text (gathered->list, text->len ? text->str : _("Nothing yet. Scan the first label or type its number."));
}

static gboolean
has_unit (const Gathered *gathered, gint64 id)
{
  for (guint i = 0; i < gathered->units->len; i++)
    if (((DeskUnit *) gathered->units->pdata[i])->id == id)
      return TRUE;
  return FALSE;
}

/* Takes a unit into the list; says why not. */
static gboolean
take_unit (DeskCellsDialog *dialog, gint64 id)
{
  Gathered *gathered = g_object_get_data (G_OBJECT (dialog), "gathered");
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autoptr (DeskUnit) unit = id ? desk_unit_load (desk_page_get_reader (page), id, NULL) : NULL;

  if (!unit)
    return desk_cells_dialog_refuse (dialog, "unit", _("No unit has this number."));
  if (has_unit (gathered, id))
    return desk_cells_dialog_refuse (dialog, "unit", _("It is in the list already."));
  if (gathered->units->len >= MAX_UNITS)
    return desk_cells_dialog_refuse (dialog, "unit", _("That is enough for one time. Please put these away first."));
  if (!desk_cells_step_offered (unit, "move", desk_page_get_today (page)))
    return desk_cells_dialog_refuse (dialog, "unit", _("This dose cannot be moved now."));
  g_ptr_array_add (gathered->units, g_steal_pointer (&unit));
  show_list (dialog);
  return TRUE;
}

/* Undo takes back the unit that was scanned last. */
static void
obey (DeskCellsDialog *dialog, DeskCodeCommand command)
{
  Gathered *gathered = g_object_get_data (G_OBJECT (dialog), "gathered");

  if (command == DESK_COMMAND_CONFIRM || command == DESK_COMMAND_FINISH)
    gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.submit", NULL);
  else if (command == DESK_COMMAND_CANCEL)
    gtk_window_close (GTK_WINDOW (dialog));
  else if (command == DESK_COMMAND_UNDO && gathered->units->len > 0)
    {
      g_ptr_array_remove_index (gathered->units, gathered->units->len - 1);
      show_list (dialog);
    }
  else
    desk_scan_refuse (GTK_WIDGET (dialog), _("This command does nothing while putting away."));
}

/* The scanner reads a unit's label into the list, and the code of a box or place as where to begin. */
static gboolean
on_code (GtkWidget *widget, const DeskScan *scan, gpointer user_data)
{
  DeskCellsDialog *dialog = DESK_CELLS_DIALOG (widget);

  if (scan->code->kind == DESK_CODE_COMMAND)
    obey (dialog, scan->code->command);
  else if (scan->found.kind == DESK_CODE_UNIT)
    take_unit (dialog, scan->found.id);
  else if (scan->found.kind == DESK_CODE_CONTAINER)
    desk_cells_dialog_set_choice (dialog, "box", scan->found.id);
  else
    return FALSE;
  return TRUE;
}

/* What was typed, with Enter. */
static void
on_scanned (DeskCellsDialog *dialog)
{
  g_autofree char *half = g_utf8_normalize (desk_cells_dialog_get_text (dialog, "unit"), -1, G_NORMALIZE_NFKC);
  g_autofree char *number = g_strstrip (g_strdup (half ? half : ""));

  if (*number && take_unit (dialog, desk_unit_find (desk_page_get_reader (desk_cells_dialog_get_page (dialog)), number, NULL)))
    desk_cells_dialog_set_text (dialog, "unit", "");
}

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
  Gathered *gathered = g_object_get_data (G_OBJECT (dialog), "gathered");
  g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();
  DeskPlace from;

  if (*desk_cells_dialog_get_text (dialog, "unit"))
    {
      on_scanned (dialog);
      return;
    }
  if (gathered->units->len == 0)
    {
      desk_cells_dialog_refuse (dialog, "unit", _("Scan the first label or type its number."));
      return;
    }
  if (!start_of (dialog, &from))
    {
      desk_cells_dialog_refuse (dialog, "place", desk_words ("refused", "no-such-place"));
      return;
    }
  Job *job = g_new0 (Job, 1);
  job->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  job->steps = g_array_new (FALSE, FALSE, sizeof (DeskPutStep));
  for (guint i = 0; i < gathered->units->len; i++)
    {
      const DeskUnit *unit = gathered->units->pdata[i];

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

static void
add_list (DeskCellsDialog *dialog)
{
  Gathered *gathered = g_new0 (Gathered, 1);
  GtkWidget *label = gtk_label_new (NULL), *scrolled = gtk_scrolled_window_new ();

  gathered->units = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_unit_free);
  gathered->list = GTK_LABEL (label);
  gtk_label_set_xalign (gathered->list, 0);
  gtk_label_set_yalign (gathered->list, 0);
  gtk_label_set_wrap (gathered->list, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 120);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Units to put away"), -1);
  desk_cells_dialog_add_widget (dialog, scrolled);
  g_object_set_data_full (G_OBJECT (dialog), "gathered", gathered, gathered_free);
}

/* Asks for units one after the other, to be put into the next free places of that container and what stands in it. */
void
desk_cells_put_away (DeskPage *page, gint64 container_id)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, _("Put Away"), _("Put Away"));
  const char *words[] = { _("No"), _("Yes"), NULL };
  const gint64 ids[] = { 0, 1 };

  desk_cells_dialog_set_note (dialog, _("Each unit gets the next free place, in the order it is scanned. They are put away together, or none of them."));
  add_list (dialog);
  desk_cells_dialog_add_text (dialog, "unit", _("Number on the label"), NULL);
  GtkWidget *entry = desk_cells_dialog_get_row (dialog, "unit");
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), FALSE);
  g_signal_connect_swapped (entry, "entry-activated", G_CALLBACK (on_scanned), dialog);
  desk_cells_dialog_add_place (dialog, container_id);
  desk_cells_dialog_on_choice (dialog, "box", show_list);
  g_signal_connect_swapped (desk_cells_dialog_get_row (dialog, "place"), "changed", G_CALLBACK (show_list), dialog);
  desk_cells_dialog_add_choice (dialog, "freeze", _("Freeze what is filled"), words, ids, 0);
  desk_cells_dialog_add_second_person (dialog, FALSE);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit), NULL);
  desk_scan_want (GTK_WIDGET (dialog), on_code, NULL);
  show_list (dialog);
  desk_cells_dialog_open (dialog);
  gtk_widget_grab_focus (entry);
}
