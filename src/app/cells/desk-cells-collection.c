#include "desk-cells-collection.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "desk-book.h"
#include "desk-cells-dialog.h"
#include "desk-cells-steps.h"
#include "desk-day-words.h"
#include "desk-patient-picker.h"
#include "desk-toast.h"
#include "desk-words.h"

static const char *const methods[] = { "blood_draw", "apheresis" };

/* What the store's thread gets; owns its texts. */
typedef struct
{
  DeskCollectionStart start;
  char *container, *note, *started_on, *expected_on;
  gboolean lot;
  gint64 id;
} Draw;

static void
draw_free (gpointer data)
{
  Draw *draw = data;

  g_free (draw->container);
  g_free (draw->note);
  g_free (draw->started_on);
  g_free (draw->expected_on);
  g_free (draw);
}

/* The draw and, where it is wanted, the culture that begins with it: both or none. */
static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Draw *draw = data;
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);
  g_autoptr (DeskLot) lot = NULL;

  if (!txn || !desk_collection_add (db, &draw->start, &draw->id, error))
    return FALSE;
  DeskLotStart start = { .patient_id = draw->start.patient_id, .collection_id = draw->id, .started_on = draw->started_on,
                         .expected_on = draw->expected_on, .operator_id = draw->start.operator_id };
  return (!draw->lot || desk_lot_start (db, &start, &lot, error)) && desk_txn_commit (txn, error);
}

static void
on_done (DeskCellsDialog *dialog, gpointer data)
{
  const Draw *draw = data;
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autoptr (DeskCollection) collection = desk_collection_load (desk_page_get_reader (page), draw->id, NULL);
  g_autofree char *words = collection ? g_strdup_printf (_("Collection %s · chain of identity %s"), collection->number, collection->coi)
                                      : g_strdup (gtk_window_get_title (GTK_WINDOW (dialog)));

  desk_toast (GTK_WIDGET (page), words);
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────── */

/* The patient's visit of a draw on that day, which tells the course; 0 for none. */
static gint64
visit_of_day (DeskPage *page, gint64 patient_id, DeskDay day)
{
  g_autoptr (GPtrArray) visits = desk_visit_of_patient (desk_page_get_reader (page), patient_id, NULL);

  for (guint i = 0; visits && i < visits->len; i++)
    {
      const DeskVisit *visit = visits->pdata[i];
      gboolean draw = strcmp (visit->type, methods[0]) == 0 || strcmp (visit->type, methods[1]) == 0;
      gboolean held = !desk_visit_is_final (visit->status) || strcmp (visit->status, "done") == 0;

      if (draw && held && desk_instant_day (visit->starts_at, desk_page_get_zone (page)) == day)
        return visit->id;
    }
  return 0;
}

static gboolean
read_time (DeskCellsDialog *dialog, const char *key, DeskDay day, gboolean needed, gint64 *instant)
{
  const char *text = desk_cells_dialog_get_text (dialog, key);
  int hour, minute;
  char rest;

  if (*text == '\0' && !needed)
    return TRUE;
  if (sscanf (text, " %2d:%2d %c", &hour, &minute, &rest) != 2 || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return desk_cells_dialog_refuse (dialog, key, _("Please write the time as 9:30."));
  *instant = desk_instant_at (day, hour * 60 + minute, desk_page_get_zone (desk_cells_dialog_get_page (dialog)));
  return TRUE;
}

static gboolean
read_times (DeskCellsDialog *dialog, Draw *draw, DeskDay *day)
{
  g_autofree char *iso = desk_day_read (desk_cells_dialog_get_text (dialog, "day"), DESK_DAY_ORDER_NONE, NULL);

  if (!iso || !desk_day_parse (iso, day))
    return desk_cells_dialog_refuse (dialog, "day", _("Please write the date as 2026-04-03."));
  draw->started_on = g_steal_pointer (&iso);
  draw->expected_on = desk_day_format (*day + 21); /* cultures take 14 to 21 days */
  if (!read_time (dialog, "from", *day, TRUE, &draw->start.collected_at) || !read_time (dialog, "until", *day, FALSE, &draw->start.ended_at))
    return FALSE;
  if (draw->start.collected_at > g_get_real_time () / G_USEC_PER_SEC)
    return desk_cells_dialog_refuse (dialog, "from", _("This has not happened yet."));
  return draw->start.ended_at == 0 || draw->start.ended_at >= draw->start.collected_at
         || desk_cells_dialog_refuse (dialog, "until", _("It ended before it began."));
}

static gboolean
read_volume (DeskCellsDialog *dialog, Draw *draw)
{
  double value;
  char bound;

  if (!desk_amount_parse (desk_cells_dialog_get_text (dialog, "volume"), &value, &bound, NULL) || bound || value < 1 || value > 10000)
    return desk_cells_dialog_refuse (dialog, "volume", _("Please write the volume in millilitres."));
  draw->start.volume_ml = (int) value;
  return TRUE;
}

static gboolean
collect (DeskCellsDialog *dialog, Draw *draw)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  const DeskVisit *visit = g_object_get_data (G_OBJECT (dialog), "visit");
  GtkWidget *picker = g_object_get_data (G_OBJECT (dialog), "picker");
  gint64 operator = desk_cells_dialog_get_choice (dialog, "operator");
  DeskDay day;

  draw->start.patient_id = visit ? visit->patient_id : desk_patient_picker_get_id (DESK_PATIENT_PICKER (picker));
  if (draw->start.patient_id == 0)
    return desk_cells_dialog_refuse (dialog, NULL, _("Please choose the patient."));
  if (!read_times (dialog, draw, &day) || !read_volume (dialog, draw))
    return FALSE;
  draw->start.visit_id = visit ? visit->id : visit_of_day (page, draw->start.patient_id, day);
  draw->start.method = methods[desk_cells_dialog_get_choice (dialog, "method") == 1];
  draw->start.operator_id = operator ? operator : desk_session_get_actor (desk_page_get_session (page));
  draw->start.container = draw->container = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "container")));
  draw->start.note = draw->note = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "note")));
  draw->lot = desk_cells_dialog_get_switch (dialog, "lot");
  return *draw->container || desk_cells_dialog_refuse (dialog, "container", _("Please fill this in."));
}

static void
on_submit (DeskCellsDialog *dialog)
{
  Draw *draw = g_new0 (Draw, 1);

  if (collect (dialog, draw))
    desk_cells_dialog_run (dialog, work, draw, draw_free, on_done);
  else
    draw_free (draw);
}

/* ── asking ──────────────────────────────────────────────────────────────────────────────────── */

/* The number of the course's chain of identity, which its first draw opened; NULL when this is the first. */
static char *
chain_of (DeskDb *db, const DeskVisit *visit)
{
  g_autoptr (GPtrArray) collections = desk_collection_of_patient (db, visit->patient_id, NULL);

  for (guint i = 0; visit->course_id && collections && i < collections->len; i++)
    {
      const DeskCollection *collection = collections->pdata[i];
      g_autoptr (DeskVisit) other = collection->visit_id ? desk_visit_load (db, collection->visit_id, NULL) : NULL;

      if (other && other->course_id == visit->course_id && *collection->coi)
        return g_strdup (collection->coi);
    }
  return NULL;
}

static void
show_visit (DeskCellsDialog *dialog, DeskVisit *visit)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autofree char *chain = chain_of (desk_page_get_reader (page), visit);
  g_autofree char *patient = desk_cells_patient_line (desk_page_get_reader (page), visit->patient_id);
  g_autofree char *when = desk_words_when (visit->starts_at, desk_page_get_zone (page));
  g_autofree char *joins = chain ? g_strdup_printf (_("It joins the chain of identity %s of its course."), chain) : NULL;

  g_object_set_data_full (G_OBJECT (dialog), "visit", visit, (GDestroyNotify) desk_visit_free);
  desk_cells_dialog_set_identity (dialog, when, patient);
  desk_cells_dialog_set_note (dialog, joins ? joins : _("It is the first of its course and opens a new chain of identity."));
}

static void
add_rows (DeskCellsDialog *dialog, const DeskVisit *visit)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 at = visit && visit->starts_at < now ? visit->starts_at : now;
  g_autofree char *day = desk_day_format (desk_instant_day (at, desk_page_get_zone (page)));
  g_autofree char *time = desk_words_time (at, desk_page_get_zone (page));

  desk_cells_dialog_add_choice (dialog, "method", _("Method"),
                                (const char *const[]){ desk_words ("collection-method", methods[0]), desk_words ("collection-method", methods[1]), NULL },
                                (gint64[]){ 0, 1 }, visit && strcmp (visit->type, methods[1]) == 0);
  desk_cells_dialog_add_text (dialog, "day", _("Day"), day);
  desk_cells_dialog_add_text (dialog, "from", _("Began at"), time);
  desk_cells_dialog_add_text (dialog, "until", _("Ended at"), NULL);
  desk_cells_dialog_add_text (dialog, "volume", _("Volume, mL"), NULL);
  desk_cells_dialog_add_person (dialog, "operator", _("Drawn by"), _("Me"), NULL);
  desk_cells_dialog_add_text (dialog, "container", _("Tubes or bag, with the lot number"), NULL);
  desk_cells_dialog_add_text (dialog, "note", _("Note"), NULL);
  desk_cells_dialog_add_switch (dialog, "lot", _("A culture begins with it on the same day"), FALSE);
}

/* Asks for a draw: of that visit, or of a patient to be chosen for 0, whose visit of a draw on that day is found. */
void
desk_cells_new_collection (DeskPage *page, gint64 visit_id)
{
  g_autoptr (GError) error = NULL;
  DeskVisit *visit = visit_id ? desk_visit_load (desk_page_get_reader (page), visit_id, &error) : NULL;

  if (error)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, _("New Collection"), _("Save Collection"));
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit), NULL);
  if (visit)
    show_visit (dialog, visit);
  else
    {
      GtkWidget *picker = g_object_new (DESK_TYPE_PATIENT_PICKER, NULL);

      desk_patient_picker_set_db (DESK_PATIENT_PICKER (picker), desk_page_get_reader (page));
      g_object_set_data (G_OBJECT (dialog), "picker", picker);
      desk_cells_dialog_set_note (dialog, _("The patient’s visit of a draw on that day is found; its course tells the chain of identity."));
      desk_cells_dialog_add_widget (dialog, picker);
    }
  add_rows (dialog, visit);
  desk_cells_dialog_open (dialog);
}
