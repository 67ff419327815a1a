#include "desk-setup-page.h"

#include "desk-toast.h"
#include "desk-words.h"

typedef struct
{
  DeskSession *session;
  gulong changed_handler;
  guint running; /* writes not answered yet */
} DeskSetupPagePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (DeskSetupPage, desk_setup_page, ADW_TYPE_PREFERENCES_PAGE)

typedef struct
{
  DeskSetupPage *self;
  DeskSetupDone done;
  char *words; /* of the Undo that is offered once it is done, NULL for none */
  DeskWork back;
  gpointer back_data;
  GDestroyNotify back_free;
} Call;

static DeskSetupPagePrivate *
private (DeskSetupPage *self)
{
  return desk_setup_page_get_instance_private (self);
}

static void
on_changed (DeskSession *session, guint kind, gint64 id, gpointer user_data)
{
  if (kind == DESK_KIND_CLINIC || kind == DESK_KIND_BOOK || kind == DESK_KIND_CONTAINER || kind == DESK_KIND_DEVICE || kind == DESK_KIND_MONEY || kind == DESK_KIND_ANY)
    desk_setup_page_refresh (user_data);
}

static void
desk_setup_page_dispose (GObject *object)
{
  DeskSetupPagePrivate *priv = private (DESK_SETUP_PAGE (object));

  if (priv->session)
    g_clear_signal_handler (&priv->changed_handler, priv->session);
  g_clear_object (&priv->session);
  G_OBJECT_CLASS (desk_setup_page_parent_class)->dispose (object);
}

static void
desk_setup_page_class_init (DeskSetupPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_setup_page_dispose;
}

static void
desk_setup_page_init (DeskSetupPage *self)
{
}

/* Gives the page its clinic, once. */
void
desk_setup_page_set_session (DeskSetupPage *self, DeskSession *session)
{
  private (self)->session = g_object_ref (session);
  private (self)->changed_handler = g_signal_connect (session, "changed", G_CALLBACK (on_changed), self);
  desk_setup_page_refresh (self);
}

/* Lent. */
DeskSession *
desk_setup_page_get_session (DeskSetupPage *self)
{
  return private (self)->session;
}

/* The read-only connection of the main thread. */
DeskDb *
desk_setup_page_get_reader (DeskSetupPage *self)
{
  return desk_session_reader (private (self)->session);
}

/* Whether the file can only be looked at. */
gboolean
desk_setup_page_get_read_only (DeskSetupPage *self)
{
  return desk_session_get_read_only (private (self)->session);
}

/* Whether a write of this page is under way: a second Enter must not add the same thing again. */
gboolean
desk_setup_page_is_busy (DeskSetupPage *self)
{
  return private (self)->running > 0;
}

/* Reads again what is shown. */
void
desk_setup_page_refresh (DeskSetupPage *self)
{
  if (private (self)->session)
    DESK_SETUP_PAGE_GET_CLASS (self)->refresh (self);
}

typedef struct
{
  GWeakRef page;
  DeskWork work;
  gpointer data; /* until it runs */
  GDestroyNotify data_free;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  if (undo->data)
    undo->data_free (undo->data);
  g_weak_ref_clear (&undo->page);
  g_free (undo);
}

static void
on_undo (gpointer data)
{
  Undo *undo = data;
  g_autoptr (DeskSetupPage) page = g_weak_ref_get (&undo->page);

  if (page && undo->data)
    desk_setup_page_run (page, undo->work, g_steal_pointer (&undo->data), undo->data_free, NULL);
}

/* Says what was done, with an Undo that does the work with data; takes data. */
void
desk_setup_page_offer_undo (DeskSetupPage *self, const char *words, DeskWork work, gpointer data, GDestroyNotify data_free)
{
  Undo *undo = g_new0 (Undo, 1);

  g_weak_ref_init (&undo->page, self);
  undo->work = work;
  undo->data = data;
  undo->data_free = data_free;
  desk_toast_undo (GTK_WIDGET (self), words, G_CALLBACK (on_undo), undo, undo_free);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (DeskSetupPage) self = call->self;
  g_autoptr (GError) error = NULL;
  gpointer data = desk_session_run_finish (DESK_SESSION (source), result, &error);

  private (self)->running--;
  if (call->words && !error)
    desk_setup_page_offer_undo (self, call->words, call->back, g_steal_pointer (&call->back_data), call->back_free);
  g_clear_pointer (&call->words, g_free);
  g_clear_pointer (&call->back_data, call->back_free);
  if (call->done)
    call->done (self, data, error);
  else if (error)
    {
      /* A switch that was refused goes back to what the store says. */
      desk_toast_error (GTK_WIDGET (self), error);
      desk_setup_page_refresh (self);
    }
}

/* Writes through the session's worker. Without done an error is told, and the page shown as it was. */
void
desk_setup_page_run (DeskSetupPage *self, DeskWork work, gpointer data, GDestroyNotify data_free, DeskSetupDone done)
{
  Call *call = g_new (Call, 1);

  *call = (Call){ g_object_ref (self), done, NULL, NULL, NULL, NULL };
  private (self)->running++;
  desk_session_run_async (private (self)->session, work, data, data_free, NULL, on_done, call);
}

void
desk_setup_page_change (DeskSetupPage *self, const char *words, DeskWork work, gpointer data, DeskWork back, gpointer back_data,
                        GDestroyNotify data_free)
{
  Call *call = g_new (Call, 1);

  *call = (Call){ g_object_ref (self), NULL, g_strdup (words), back, back_data, data_free };
  private (self)->running++;
  desk_session_run_async (private (self)->session, work, data, data_free, NULL, on_done, call);
}

/* The key of the row of a group that has the focus, "" for none: what stays focused when the rows are made anew. */
static char *
focused_key (DeskSetupPage *self, GPtrArray *rows)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  for (guint i = 0; focus && rows && i < rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (rows, i);

      if (focus == row || gtk_widget_is_ancestor (focus, row))
        return g_strdup (gtk_widget_get_name (row));
    }
  return g_strdup ("");
}

/* Shows rows (AdwPreferencesRow, each with a widget name of its own) in place of those the group had; the focus stays
 * in the row of the same name. */
void
desk_setup_page_set_rows (DeskSetupPage *self, AdwPreferencesGroup *group, GPtrArray *rows)
{
  GPtrArray *old = g_object_get_data (G_OBJECT (group), "rows");
  g_autofree char *key = focused_key (self, old);
  GtkWidget *again = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      adw_preferences_group_add (group, g_ptr_array_index (rows, i));
      if (*key && g_str_equal (gtk_widget_get_name (g_ptr_array_index (rows, i)), key))
        again = g_ptr_array_index (rows, i);
    }
  if (again)
    gtk_widget_child_focus (again, GTK_DIR_TAB_FORWARD);
  for (guint i = 0; old && i < old->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (old, i));
  g_object_set_data_full (G_OBJECT (group), "rows", g_ptr_array_ref (rows), (GDestroyNotify) g_ptr_array_unref);
}

/* Says in a group's description that its rows could not be read. */
void
desk_setup_page_say_error (DeskSetupPage *self, AdwPreferencesGroup *group, const GError *error)
{
  g_autofree char *words = desk_words_error (error);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_preferences_group_set_description (group, escaped);
}
