#include "desk-mrz-burst.h"

#include <string.h>

#define PAUSE 150     /* ms without a sign: the lines may be whole */
#define LAST_PAUSE 700 /* ms more: nothing else is coming */
#define SHORTEST 30   /* signs: a line of the smallest card */

typedef struct
{
  DeskMrzBursts *bursts; /* NULL when gone */
  GtkEditable *editable; /* not owned: the watch is its */
  int start, end;        /* of what is being typed, in characters; end -1: nothing */
  char *before;          /* the text before that */
  char *deleted;         /* the text before what was just deleted, for something typed over a selection */
  int deleted_at;
} Watch;

struct _DeskMrzBursts
{
  DeskMrzIsFunc is;
  DeskMrzFoundFunc found;
  gpointer user_data;
  GPtrArray *watches;
  Watch *now;   /* typed into, or NULL */
  Watch *first; /* has the line before, when a scanner ends lines with Tab; or NULL */
  guint timer;
  gboolean restoring;
};

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  if (watch->bursts)
    {
      if (watch->bursts->now == watch)
        {
          watch->bursts->now = NULL;
          g_clear_handle_id (&watch->bursts->timer, g_source_remove);
        }
      if (watch->bursts->first == watch)
        watch->bursts->first = NULL;
      g_ptr_array_remove_fast (watch->bursts->watches, watch);
    }
  g_free (watch->before);
  g_free (watch->deleted);
  g_free (watch);
}

/* Both are called while typing pauses; free with desk_mrz_bursts_free (). */
DeskMrzBursts *
desk_mrz_bursts_new (DeskMrzIsFunc is, DeskMrzFoundFunc found, gpointer user_data)
{
  DeskMrzBursts *bursts = g_new0 (DeskMrzBursts, 1);

  bursts->is = is;
  bursts->found = found;
  bursts->user_data = user_data;
  bursts->watches = g_ptr_array_new ();
  return bursts;
}

void
desk_mrz_bursts_free (DeskMrzBursts *bursts)
{
  g_clear_handle_id (&bursts->timer, g_source_remove);
  for (guint i = 0; i < bursts->watches->len; i++)
    ((Watch *) g_ptr_array_index (bursts->watches, i))->bursts = NULL;
  g_ptr_array_unref (bursts->watches);
  g_free (bursts);
}

static void
give_back (DeskMrzBursts *bursts, Watch *watch)
{
  bursts->restoring = TRUE;
  gtk_editable_set_text (watch->editable, watch->before);
  gtk_editable_set_position (watch->editable, watch->start);
  bursts->restoring = FALSE;
  watch->end = -1;
}

static char *
typed (Watch *watch)
{
  return watch->end > watch->start ? gtk_editable_get_chars (watch->editable, watch->start, watch->end) : g_strdup ("");
}

/* The lines alone, or behind something that had been typed by hand just before. */
static gboolean
find_lines (DeskMrzBursts *bursts, const char *text, gboolean last, gsize *by_hand)
{
  static const gsize lengths[] = { 90, 88, 72 };
  gsize n = (gsize) g_utf8_strlen (text, -1);

  *by_hand = 0;
  if (bursts->is (text, last, bursts->user_data))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (n > lengths[i])
      {
        *by_hand = n - lengths[i];
        if (bursts->is (g_utf8_offset_to_pointer (text, (glong) *by_hand), last, bursts->user_data))
          return TRUE;
      }
  return FALSE;
}

static gboolean
look (DeskMrzBursts *bursts, gboolean last)
{
  Watch *watch = bursts->now, *first = bursts->first;
  g_autofree char *text = typed (watch);
  gsize by_hand;

  if (find_lines (bursts, text, last, &by_hand))
    {
      if (by_hand > 0)
        {
          g_autofree char *kept = gtk_editable_get_chars (watch->editable, 0, watch->start + (int) by_hand);
          g_autofree char *rest = gtk_editable_get_chars (watch->editable, watch->end, -1);

          g_free (watch->before);
          watch->before = g_strconcat (kept, rest, NULL);
          watch->start += (int) by_hand;
        }
      give_back (bursts, watch);
      bursts->found (g_utf8_offset_to_pointer (text, (glong) by_hand), bursts->user_data);
      return TRUE;
    }
  if (!first || first == watch || first->end < 0)
    return FALSE;

  g_autofree char *line = typed (first);
  g_autofree char *both = g_strconcat (line, "\n", text, NULL);
  if (!bursts->is (both, last, bursts->user_data))
    return FALSE;
  give_back (bursts, first);
  give_back (bursts, watch);
  bursts->found (both, bursts->user_data);
  return TRUE;
}

static gboolean
on_last_pause (gpointer user_data)
{
  DeskMrzBursts *bursts = user_data;

  bursts->timer = 0;
  look (bursts, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
on_pause (gpointer user_data)
{
  DeskMrzBursts *bursts = user_data;

  bursts->timer = 0;
  if (!look (bursts, FALSE))
    bursts->timer = g_timeout_add (LAST_PAUSE, on_last_pause, bursts);
  return G_SOURCE_REMOVE;
}

static void
begin (DeskMrzBursts *bursts, Watch *watch, int at)
{
  if (bursts->now != watch)
    bursts->first = bursts->now;
  bursts->now = watch;
  g_free (watch->before);
  watch->before = watch->deleted && watch->deleted_at == at ? g_steal_pointer (&watch->deleted)
                                                            : g_strdup (gtk_editable_get_text (watch->editable));
  watch->start = watch->end = at;
}

static void
on_insert (GtkEditable *editable, const char *text, int length, int *position, Watch *watch)
{
  DeskMrzBursts *bursts = watch->bursts;

  if (!bursts || bursts->restoring)
    return;
  if (bursts->now != watch || watch->end != *position)
    begin (bursts, watch, *position);
  g_clear_pointer (&watch->deleted, g_free);
  watch->end += (int) g_utf8_strlen (text, length < 0 ? (gssize) strlen (text) : length);
  g_clear_handle_id (&bursts->timer, g_source_remove);
  if (watch->end - watch->start >= SHORTEST)
    bursts->timer = g_timeout_add (PAUSE, on_pause, bursts);
}

static void
on_delete (GtkEditable *editable, int start, int end, Watch *watch)
{
  if (!watch->bursts || watch->bursts->restoring)
    return;
  g_free (watch->deleted);
  watch->deleted = g_strdup (gtk_editable_get_text (editable));
  watch->deleted_at = start;
  watch->end = -1;
  if (watch->bursts->now == watch)
    g_clear_handle_id (&watch->bursts->timer, g_source_remove);
}

/* Follows what is typed and pasted into an entry, for as long as both live. */
void
desk_mrz_bursts_watch (DeskMrzBursts *bursts, GtkEditable *editable)
{
  GtkEditable *delegate = gtk_editable_get_delegate (editable);
  Watch *watch = g_new0 (Watch, 1);

  watch->bursts = bursts;
  watch->editable = delegate ? delegate : editable;
  watch->end = -1;
  g_ptr_array_add (bursts->watches, watch);
  g_object_set_data_full (G_OBJECT (watch->editable), "desk-mrz-watch", watch, watch_free);
  g_signal_connect (watch->editable, "insert-text", G_CALLBACK (on_insert), watch);
  g_signal_connect (watch->editable, "delete-text", G_CALLBACK (on_delete), watch);
}
