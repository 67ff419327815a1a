#include "desk-pin-acts.h"

#include <glib/gi18n.h>

#include "desk-toast.h"
#include "desk-undo.h"
#include "desk-visit-again.h"

/* ── onto the board and off it ───────────────────────────────────────────────────────────────── */

typedef struct
{
  GtkWidget *widget;
  DeskSession *session;
  gint64 visit_id;
  gboolean pinned;
  char *words; /* NULL when an act is taken back */
} Pin;

static void
pin_free (gpointer data)
{
  Pin *pin = data;

  g_object_unref (pin->widget);
  g_object_unref (pin->session);
  g_free (pin->words);
  g_free (pin);
}

static Pin *
pin_new (GtkWidget *widget, DeskSession *session, gint64 visit_id, gboolean pinned, const char *words)
{
  Pin *pin = g_new0 (Pin, 1);

  *pin = (Pin){ g_object_ref (widget), g_object_ref (session), visit_id, pinned, g_strdup (words) };
  return pin;
}

static gboolean
pin_work (DeskDb *db, gpointer data, GError **error)
{
  Pin *pin = data;

  return pin->pinned ? desk_pin_add (db, pin->visit_id, error) : desk_pin_remove (db, pin->visit_id, error);
}

static void pin_run (Pin *pin);

static void
unpin (gpointer user_data)
{
  const Pin *pin = user_data;

  pin_run (pin_new (pin->widget, pin->session, pin->visit_id, !pin->pinned, NULL));
}

static void
on_pinned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Pin *pin = g_task_get_task_data (G_TASK (result));

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (pin->widget, error);
  else if (pin->words)
    desk_toast_undo (pin->widget, pin->words, G_CALLBACK (unpin),
                     pin_new (pin->widget, pin->session, pin->visit_id, pin->pinned, NULL), pin_free);
  else
    desk_toast (pin->widget, _("Taken back"));
}

static void
pin_run (Pin *pin)
{
  desk_session_run_async (pin->session, pin_work, pin, pin_free, NULL, on_pinned, NULL);
}

/* Puts a visit on the pinboard or takes it off; it stays where it is booked. */
void
desk_pin_act (GtkWidget *widget, DeskSession *session, const DeskVisit *visit, gboolean pinned)
{
  g_autofree char *words = g_strdup_printf (pinned ? _("%s is on the pinboard") : _("%s is off the pinboard"), visit->patient_name);

  pin_run (pin_new (widget, session, visit->id, pinned, words));
}

/* ── from the board to another place ─────────────────────────────────────────────────────────── */

typedef struct
{
  GtkWidget *widget;
  DeskSession *session;
  GPtrArray *visits; /* as they are to be; afterwards, as they are stored */
  GPtrArray *before; /* as they were */
  gboolean back;
  char *words;
  DeskAuditLast *last; /* who came between */
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_object_unref (place->widget);
  g_object_unref (place->session);
  g_ptr_array_unref (place->visits);
  g_ptr_array_unref (place->before);
  g_clear_pointer (&place->last, desk_audit_last_free);
  g_free (place->words);
  g_free (place);
}

static GPtrArray *
copy_visits (const GPtrArray *visits)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_visit_free);

  for (guint i = 0; i < visits->len; i++)
    g_ptr_array_add (copies, desk_visit_copy (g_ptr_array_index (visits, i)));
  return copies;
}

static Place *
place_new (GtkWidget *widget, DeskSession *session, const GPtrArray *visits, const GPtrArray *before, const char *words)
{
  Place *place = g_new0 (Place, 1);

  place->widget = g_object_ref (widget);
  place->session = g_object_ref (session);
  place->visits = copy_visits (visits);
  place->before = copy_visits (before);
  place->words = g_strdup (words);
  return place;
}

static gboolean
place_work (DeskDb *db, gpointer data, GError **error)
{
  Place *place = data;
  GError *local = NULL;

  for (guint i = 0; place->back && i < place->visits->len; i++)
    {
      DeskVisit *visit = g_ptr_array_index (place->visits, i);
      visit->version = desk_visit_again (db, visit->id, visit->version);
    }
  if (desk_pin_place (db, place->visits, place->back, &local))
    {
      for (guint i = 0; place->back && i < place->visits->len; i++)
        {
          const DeskVisit *visit = g_ptr_array_index (place->visits, i), *was = g_ptr_array_index (place->before, i);
          desk_visit_again_is (db, visit->id, was->version, visit->version);
        }
      return TRUE;
    }
  if (place->back && g_error_matches (local, DESK_ERROR, DESK_ERROR_CONFLICT))
    place->last = desk_audit_last (db, DESK_KIND_VISIT, ((DeskVisit *) place->visits->pdata[0])->id, NULL);
  g_propagate_error (error, local);
  return FALSE;
}

static void place_run (Place *place);

/* As they were, in the versions they have now, and on the board again. */
static void
unplace (gpointer user_data)
{
  const Place *place = user_data;
  Place *back = place_new (place->widget, place->session, place->before, place->before, NULL);

  for (guint i = 0; i < back->visits->len; i++)
    ((DeskVisit *) back->visits->pdata[i])->version = ((DeskVisit *) place->visits->pdata[i])->version;
  back->back = TRUE;
  place_run (back);
}

static void
on_placed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Place *place = g_task_get_task_data (G_TASK (result));
  gboolean written = desk_session_run_finish (DESK_SESSION (source), result, &error) != NULL;

  if (!written && place->back && g_error_matches (error, DESK_ERROR, DESK_ERROR_CONFLICT))
    desk_undo_refused (place->widget, place->last);
  else if (!written)
    desk_toast_error (place->widget, error);
  else if (place->back)
    desk_toast (place->widget, _("Taken back"));
  else
    desk_toast_undo (place->widget, place->words, G_CALLBACK (unplace),
                     place_new (place->widget, place->session, place->visits, place->before, NULL), place_free);
}

static void
place_run (Place *place)
{
  desk_session_run_async (place->session, place_work, place, place_free, NULL, on_placed, NULL);
}

/* Puts pinned visits where they are wanted, together, and takes them off the board; the way back pins them again. */
void
desk_pin_act_place (GtkWidget *widget, DeskSession *session, const GPtrArray *wanted, const GPtrArray *before, const char *words)
{
  place_run (place_new (widget, session, wanted, before, words));
}
