#include "desk-inbox-adder.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-toast.h"
#include "desk-words.h"

struct _DeskInboxAdder
{
  GObject parent_instance;

  DeskPage *page; /* not owned; the adder belongs to one of its widgets */
  GQueue waiting; /* of DeskIntake */
  GPtrArray *refused;
  GCancellable *cancel;
  gboolean running;
  guint total, done, n_new, n_here, n_known;
  gint64 first; /* the first item of this lot */
  GHashTable *meant; /* id of an item to the id of the patient for whom it was added */
};

enum
{
  PROGRESS,
  FINISHED,
  FOLDER,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskInboxAdder, desk_inbox_adder, G_TYPE_OBJECT)

static void take_next (DeskInboxAdder *self);

static void
free_intake (gpointer intake)
{
  desk_intake_free (intake);
}

/* Everything asked for is done: the next lot is counted anew. */
static void
finish (DeskInboxAdder *self)
{
  self->running = FALSE;
  g_signal_emit (self, signals[FINISHED], 0);
  g_ptr_array_set_size (self->refused, 0);
  self->total = self->done = self->n_new = self->n_here = self->n_known = 0;
  self->first = 0;
  g_clear_object (&self->cancel);
}

static void
note (DeskInboxAdder *self, DeskIntake *intake)
{
  self->done++;
  if (g_strcmp0 (intake->refused, "is-folder") == 0)
    g_signal_emit (self, signals[FOLDER], 0, intake->path);
  else if (intake->refused)
    {
      g_ptr_array_add (self->refused, intake);
      return;
    }
  else
    {
      self->n_new += intake->added != DESK_INBOX_WAITING;
      self->n_here += intake->added == DESK_INBOX_WAITING;
      self->n_known += intake->added != DESK_INBOX_WAITING && intake->known_patient_id != 0;
      self->first = self->first ? self->first : intake->item_id;
      if (intake->patient_id)
        g_hash_table_replace (self->meant, g_memdup2 (&intake->item_id, sizeof (gint64)), g_memdup2 (&intake->patient_id, sizeof (gint64)));
    }
  desk_intake_free (intake);
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskInboxAdder) self = user_data;
  g_autoptr (GError) error = NULL;
  DeskIntake *intake = desk_intake_finish (result, &error);

  if (intake)
    note (self, intake);
  else
    {
      /* The disk is full, or somebody has had enough: what is left is not tried. */
      g_queue_clear_full (&self->waiting, free_intake);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        desk_toast_error (GTK_WIDGET (self->page), error);
    }
  take_next (self);
}

static void
take_next (DeskInboxAdder *self)
{
  DeskIntake *intake = g_queue_pop_head (&self->waiting);

  if (!intake)
    {
      finish (self);
      return;
    }
  g_signal_emit (self, signals[PROGRESS], 0);
  desk_intake_async (desk_page_get_session (self->page), desk_page_get_contents (self->page), intake, self->cancel, on_taken,
                     g_object_ref (self));
}

static void
start (DeskInboxAdder *self)
{
  if (self->running || self->waiting.length == 0)
    return;
  self->running = TRUE;
  self->cancel = g_cancellable_new ();
  take_next (self);
}

static void
add (DeskInboxAdder *self, DeskIntake *intake)
{
  g_queue_push_tail (&self->waiting, intake);
  self->total++;
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  g_autofree char *one = g_file_get_basename (*(GFile **) a), *two = g_file_get_basename (*(GFile **) b);
  g_autofree char *one_valid = g_utf8_make_valid (one ? one : "", -1), *two_valid = g_utf8_make_valid (two ? two : "", -1);
  g_autofree char *key_one = g_utf8_collate_key_for_filename (one_valid, -1);
  g_autofree char *key_two = g_utf8_collate_key_for_filename (two_valid, -1);

  return strcmp (key_one, key_two);
}

/* Files (a list of GFile) in the order of their names, page 2 before page 10; patient_id says for whom, 0 for nobody. */
void
desk_inbox_adder_add_files (DeskInboxAdder *self, GListModel *files, const char *came_by, gint64 patient_id)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 at = now ();

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (sorted, g_list_model_get_item (files, i));
  g_ptr_array_sort (sorted, by_name);
  for (guint i = 0; i < sorted->len; i++)
    {
      g_autofree char *path = g_file_get_path (sorted->pdata[i]);
      g_autofree char *uri = g_file_get_uri (sorted->pdata[i]);

      /* What has no path here lies somewhere else: it is kept as a link. */
      DeskIntake *intake = path ? desk_intake_new_path (path, came_by, at) : desk_intake_new_link (uri, at);
      intake->patient_id = patient_id;
      add (self, intake);
    }
  start (self);
}

/* A link, written down and never followed. */
void
desk_inbox_adder_add_link (DeskInboxAdder *self, const char *link)
{
  g_autofree char *tidy = g_strstrip (g_strdup (link));

  add (self, desk_intake_new_link (tidy, now ()));
  start (self);
}

/* Stops after the file that is being taken in; what has come in stays. */
void
desk_inbox_adder_cancel (DeskInboxAdder *self)
{
  g_queue_clear_full (&self->waiting, free_intake);
  if (self->cancel)
    g_cancellable_cancel (self->cancel);
}

/* How many of how many. */
void
desk_inbox_adder_count (DeskInboxAdder *self, guint *done, guint *total)
{
  *done = self->done;
  *total = self->total;
}

/* The first item of this lot, to be shown; 0 when nothing came in. */
gint64
desk_inbox_adder_first (DeskInboxAdder *self)
{
  return self->first;
}

/* The patient for whom an item was added since the window was opened; 0 for nobody. */
gint64
desk_inbox_adder_meant (DeskInboxAdder *self, gint64 item_id)
{
  const gint64 *patient_id = g_hash_table_lookup (self->meant, &item_id);

  return patient_id ? *patient_id : 0;
}

/* What became of this lot in a sentence or two, NULL when nothing came in; the caller frees it. */
char *
desk_inbox_adder_summary (DeskInboxAdder *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->n_new > 0)
    g_string_append_printf (text, g_dngettext (NULL, "%u paper came in.", "%u papers came in.", self->n_new), self->n_new);
  if (self->n_known > 0)
    g_string_append_printf (text, g_dngettext (NULL, " %u of them was filed before.", " %u of them were filed before.", self->n_known),
                            self->n_known);
  if (self->n_here > 0)
    g_string_append_printf (text, g_dngettext (NULL, " %u was waiting here already.", " %u were waiting here already.", self->n_here),
                            self->n_here);
  return text->len > 0 ? g_strdup (g_strstrip (text->str)) : NULL;
}

/* A line for each that was refused, with the reason in words; NULL when none was. The caller frees it. */
char *
desk_inbox_adder_refusals (DeskInboxAdder *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->refused->len; i++)
    {
      const DeskIntake *intake = self->refused->pdata[i];

      g_string_append_printf (text, "%s%s: %s", i ? "\n" : "", intake->name, desk_words ("intake", intake->refused));
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

typedef struct
{
  DeskInboxAdder *adder;
  char *name;
} Paste;

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->adder);
  g_free (paste->name);
  g_free (paste);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

static void
on_picture_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Paste) paste = user_data;
  g_autoptr (GError) error = NULL;
  GOutputStream *memory = G_OUTPUT_STREAM (source);

  if (g_output_stream_splice_finish (memory, result, &error) < 0)
    {
      desk_toast (GTK_WIDGET (paste->adder->page), _("The clipboard could not be read. Please copy it again."));
      return;
    }
  g_autoptr (GBytes) bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  add (paste->adder, desk_intake_new_bytes (bytes, paste->name, now ()));
  start (paste->adder);
}

/* The bytes as they are: a picture from the clipboard is no more trusted than a file. */
static void
on_picture (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Paste) paste = user_data;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  const char *type = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, &type, NULL);
  g_autoptr (GDateTime) time = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (time, "%Y-%m-%d %H%M");

  if (!stream)
    {
      desk_toast (GTK_WIDGET (paste->adder->page), _("The clipboard could not be read. Please copy it again."));
      return;
    }
  paste->name = g_strdup_printf (_("Clipboard %s.%s"), stamp, g_strcmp0 (type, "image/jpeg") == 0 ? "jpg" : "png");
  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, on_picture_read, g_steal_pointer (&paste));
}

static void
on_files (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Paste) paste = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GListStore) store = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GSList) files = value ? gdk_file_list_get_files (g_value_get_boxed (value)) : NULL;

  for (GSList *l = files; l; l = l->next)
    g_list_store_append (store, l->data);
  desk_inbox_adder_add_files (paste->adder, G_LIST_MODEL (store), "paste", 0);
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Paste) paste = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text)
    desk_inbox_adder_add_link (paste->adder, text);
}

/* Files, a picture or a link from the clipboard. */
void
desk_inbox_adder_paste (DeskInboxAdder *self, GdkClipboard *clipboard)
{
  static const char *pictures[] = { "image/png", "image/jpeg", NULL };
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  Paste *paste = g_new0 (Paste, 1);

  paste->adder = g_object_ref (self);
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
      || gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_files, paste);
  else if (gdk_content_formats_contain_mime_type (formats, pictures[0])
           || gdk_content_formats_contain_mime_type (formats, pictures[1]))
    gdk_clipboard_read_async (clipboard, pictures, G_PRIORITY_DEFAULT, NULL, on_picture, paste);
  else if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    gdk_clipboard_read_text_async (clipboard, NULL, on_text, paste);
  else
    {
      paste_free (paste);
      desk_toast (GTK_WIDGET (self->page), _("There is neither a file nor a picture nor a link in the clipboard."));
    }
}

static void
desk_inbox_adder_dispose (GObject *object)
{
  DeskInboxAdder *self = DESK_INBOX_ADDER (object);

  g_queue_clear_full (&self->waiting, free_intake);
  g_clear_object (&self->cancel);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_clear_pointer (&self->meant, g_hash_table_unref);
  G_OBJECT_CLASS (desk_inbox_adder_parent_class)->dispose (object);
}

static void
desk_inbox_adder_class_init (DeskInboxAdderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_inbox_adder_dispose;

  /* progress (): one more begins. finished (): the lot is done; its words are there until this returns.
   * folder (path): a folder was among them. */
  signals[PROGRESS] = g_signal_new ("progress", DESK_TYPE_INBOX_ADDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", DESK_TYPE_INBOX_ADDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FOLDER] = g_signal_new ("folder", DESK_TYPE_INBOX_ADDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
desk_inbox_adder_init (DeskInboxAdder *self)
{
  self->refused = g_ptr_array_new_with_free_func (free_intake);
  self->meant = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

/* For a page; the caller owns it. */
DeskInboxAdder *
desk_inbox_adder_new (DeskPage *page)
{
  DeskInboxAdder *self = g_object_new (DESK_TYPE_INBOX_ADDER, NULL);

  self->page = page;
  return self;
}
