#include "desk-undo.h"

#include <glib/gi18n.h>

#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

#define KEPT 50

typedef struct
{
  DeskUndoEntry entry; /* first: lists lend it */
  gint64 actor;        /* who was at the desk */
  DeskUndoFunc undo;
  gpointer user_data;
  GDestroyNotify destroy;
} Act;

typedef struct
{
  GPtrArray *acts; /* the oldest first */
  guint last;      /* number given */
} Stack;

static void
act_free (gpointer data)
{
  Act *act = data;

  if (act->destroy)
    act->destroy (act->user_data);
  g_free (act->entry.words);
  g_free (act);
}

static void
stack_free (gpointer data)
{
  Stack *stack = data;

  g_ptr_array_unref (stack->acts);
  g_free (stack);
}

static Stack *
stack_of (GtkWidget *window)
{
  Stack *stack = g_object_get_data (G_OBJECT (window), "undo");

  if (stack)
    return stack;
  stack = g_new0 (Stack, 1);
  stack->acts = g_ptr_array_new_with_free_func (act_free);
  g_object_set_data_full (G_OBJECT (window), "undo", stack, stack_free);
  return stack;
}

/* Who is at the desk now; 0 where there is no session. */
static gint64
actor_of (GtkWidget *window)
{
  DeskWindow *main = desk_window_of (window);

  return main ? desk_session_get_actor (desk_window_get_session (main)) : 0;
}

/* Keeps how an act of this window is taken back; undo is called at most once, destroy when it is not needed any more.
 * Returns the number of the act. */
guint
desk_undo_push (GtkWidget *window, const char *words, DeskUndoFunc undo, gpointer user_data, GDestroyNotify destroy)
{
  Stack *stack = stack_of (window);
  Act *act = g_new (Act, 1);

  *act = (Act){ { ++stack->last, g_get_real_time () / G_USEC_PER_SEC, g_strdup (words) }, actor_of (window), undo, user_data, destroy };
  g_ptr_array_add (stack->acts, act);
  if (stack->acts->len > KEPT)
    g_ptr_array_remove_index (stack->acts, 0);
  return stack->last;
}

/* Takes back the act of that number, or (0) the newest of whoever is at the desk; FALSE when there is none. */
gboolean
desk_undo_take (GtkWidget *window, guint number)
{
  Stack *stack = stack_of (window);
  gint64 actor = actor_of (window);

  for (guint i = stack->acts->len; i-- > 0;)
    {
      Act *act = stack->acts->pdata[i];

      if (act->actor != actor || (number && act->entry.number != number))
        continue;
      /* It goes first: the way back may push or take others. */
      g_ptr_array_steal_index (stack->acts, i);
      act->undo (act->user_data);
      act_free (act);
      return TRUE;
    }
  return FALSE;
}

/* What whoever is at the desk can take back, of DeskUndoEntry lent by the window, the newest first; free the array. */
GPtrArray *
desk_undo_list (GtkWidget *window)
{
  Stack *stack = stack_of (window);
  GPtrArray *list = g_ptr_array_new ();
  gint64 actor = actor_of (window);

  for (guint i = stack->acts->len; i-- > 0;)
    if (((Act *) stack->acts->pdata[i])->actor == actor)
      g_ptr_array_add (list, &((Act *) stack->acts->pdata[i])->entry);
  return list;
}

/* Says that an act was not taken back because of what came after it: whose, and when. last may be NULL. */
void
desk_undo_refused (GtkWidget *widget, const DeskAuditLast *last)
{
  DeskWindow *main = desk_window_of (widget);
  gboolean known = main && last && last->at && *last->name;
  g_autofree char *when = known ? desk_words_time (last->at, desk_page_get_zone (desk_window_get_page (main, "today"))) : NULL;
  g_autofree char *words
      = !known                                                ? g_strdup (_("Not taken back: somebody has changed it since."))
        : last->actor == desk_session_get_actor (desk_window_get_session (main))
            /* Translators: time of day */
            ? g_strdup_printf (_("Not taken back: you changed it again at %s. Take that back first."), when)
            /* Translators: name of a member of the staff, time of day */
            : g_strdup_printf (_("Not taken back: %s changed it at %s. Nothing was overwritten."),
                               desk_words_pick (last->name, last->name_ja), when);

  desk_toast (widget, words);
}
