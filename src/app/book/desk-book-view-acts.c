#include "desk-book-view-acts.h"

#include <glib/gi18n.h>

#include "desk-toast.h"

typedef struct
{
  DeskPage *page;       /* held: where the toast appears */
  DeskBookView *view;   /* what is written; afterwards, what is stored */
  DeskBookView *before; /* what was stored, or NULL for a new one */
  gboolean remove;
  char *words;          /* of the toast; NULL for a silent write */
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_object_unref (act->page);
  desk_book_view_free (act->view);
  g_clear_pointer (&act->before, desk_book_view_free);
  g_free (act->words);
  g_free (act);
}

static Act *
act_new (DeskPage *page, const DeskBookView *view, const DeskBookView *before, gboolean remove, const char *words)
{
  Act *act = g_new0 (Act, 1);

  act->page = g_object_ref (page);
  act->view = desk_book_view_copy (view);
  act->before = before ? desk_book_view_copy (before) : NULL;
  act->remove = remove;
  act->words = g_strdup (words);
  return act;
}

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return act->remove ? desk_book_view_remove (db, act->view, error) : desk_book_view_save (db, act->view, error);
}

static void act_run (Act *act, gboolean undoable);

/* A view that was new is taken away, one that was taken away comes back, one that was changed is as it was. The version
 * refuses when somebody has changed it since. */
static void
undo (gpointer user_data)
{
  const Act *act = user_data;
  Act *back = act_new (act->page, act->before ? act->before : act->view, NULL, !act->before && !act->remove, _("Taken back"));

  back->view->id = act->remove ? 0 : act->view->id;
  back->view->version = act->view->version;
  act_run (back, FALSE);
}

static void
tell (const Act *act, const GError *error)
{
  if (g_error_matches (error, DESK_ERROR, DESK_ERROR_TAKEN))
    {
      g_autofree char *words = g_strdup_printf (_("F%d already shows the view “%s”."), act->view->key, error->message);
      desk_toast (GTK_WIDGET (act->page), words);
    }
  else
    desk_toast_error (GTK_WIDGET (act->page), error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const Act *act = g_task_get_task_data (G_TASK (result));
  gboolean undoable = GPOINTER_TO_INT (user_data);
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    tell (act, error);
  else if (act->words && undoable)
    desk_toast_undo (GTK_WIDGET (act->page), act->words, G_CALLBACK (undo),
                     act_new (act->page, act->view, act->before, act->remove, NULL), act_free);
  else if (act->words)
    desk_toast (GTK_WIDGET (act->page), act->words);
}

static void
act_run (Act *act, gboolean undoable)
{
  desk_session_run_async (desk_page_get_session (act->page), work, act, act_free, NULL, on_written, GINT_TO_POINTER (undoable));
}

/* Keeps a new view (before NULL) or a changed one; words are the toast's, NULL for none. */
void
desk_book_view_act_save (DeskPage *page, const DeskBookView *view, const DeskBookView *before, const char *words)
{
  act_run (act_new (page, view, before, FALSE, words), TRUE);
}

/* Takes a view off its key. */
void
desk_book_view_act_remove (DeskPage *page, const DeskBookView *view)
{
  g_autofree char *words = g_strdup_printf (_("The view “%s” is removed from F%d"), view->name, view->key);

  act_run (act_new (page, view, NULL, TRUE, words), TRUE);
}
