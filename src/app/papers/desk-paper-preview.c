#include "desk-paper-preview.h"

#include <glib/gi18n.h>

#include "desk-paper-canvas.h"
#include "desk-previews.h"
#include "desk-words.h"

#define PIXELS 1600 /* enough to read small print at 100 % */
#define MAX_KEPT 6

/* A page that was read, or is being read. */
typedef struct
{
  char *digest;
  int page, pages;
  GdkTexture *texture;
  GError *error;
  GCancellable *cancel; /* while it is being read */
} Sheet;

struct _DeskPaperPreview
{
  AdwBin parent_instance;

  DeskPage *page; /* not owned */
  GPtrArray *digests;
  guint file;
  int sheet;
  guint turns;
  GQueue kept; /* of Sheet, the newest first */

  GtkStack *stack;
  AdwStatusPage *none;
  DeskPaperCanvas *canvas;
  GtkLabel *where;
  GtkToggleButton *full_size;
};

G_DEFINE_FINAL_TYPE (DeskPaperPreview, desk_paper_preview, ADW_TYPE_BIN)

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;

  if (sheet->cancel)
    g_cancellable_cancel (sheet->cancel);
  g_clear_object (&sheet->cancel);
  g_clear_object (&sheet->texture);
  g_clear_error (&sheet->error);
  g_free (sheet->digest);
  g_free (sheet);
}

static const char *
shown_digest (DeskPaperPreview *self)
{
  return self->digests && self->file < self->digests->len ? g_ptr_array_index (self->digests, self->file) : NULL;
}

static Sheet *
find_sheet (DeskPaperPreview *self, const char *digest, int page)
{
  for (GList *l = self->kept.head; l; l = l->next)
    {
      Sheet *sheet = l->data;

      if (sheet->page == page && g_str_equal (sheet->digest, digest))
        return sheet;
    }
  return NULL;
}

/* A sentence, never markup. */
void
desk_paper_preview_tell (DeskPaperPreview *self, const char *title, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_title (self->none, title);
  adw_status_page_set_description (self->none, escaped);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

/* What to do next differs: so the reasons do. */
static char *
why_no_preview (const GError *error)
{
  static const struct
  {
    DeskError code;
    const char *words;
  } reasons[] = {
    { DESK_ERROR_FOREIGN, N_("This kind of file cannot be shown here. It is kept safely.") },
    { DESK_ERROR_INVALID, N_("This picture is too large to be shown safely. It is kept; please ask for a smaller one.") },
    { DESK_ERROR_NOT_FOUND, N_("The file of this paper is missing. Please look for it in the backup, or ask for the paper again.") },
  };

  if (error->domain == DESK_ERROR && error->code == DESK_ERROR_REFUSED)
    return desk_words_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_error_matches (error, DESK_ERROR, (int) reasons[i].code))
      return g_strdup (_(reasons[i].words));
  return g_strdup (_("This file cannot be shown. It may be damaged; please ask for it again."));
}

static void
tell_error (DeskPaperPreview *self, const GError *error)
{
  g_autofree char *words = why_no_preview (error);

  desk_paper_preview_tell (self, _("No Preview"), words);
}

static void
show_sheet (DeskPaperPreview *self, const Sheet *sheet)
{
  gboolean first = self->file == 0 && sheet->page == 0;
  gboolean last = self->file + 1 >= self->digests->len && sheet->page + 1 >= sheet->pages;
  g_autofree char *where = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.back", !first);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.forward", !last);
  if (sheet->error)
    {
      tell_error (self, sheet->error);
      return;
    }
  if (!sheet->texture)
    {
      gtk_stack_set_visible_child_name (self->stack, "loading");
      return;
    }
  if (self->digests->len > 1)
    /* Translators: page and number of pages of a file, then which of several files it is */
    where = g_strdup_printf (_("Page %d of %d, file %u of %u"), sheet->page + 1, sheet->pages, self->file + 1, self->digests->len);
  else
    where = g_strdup_printf (_("Page %d of %d"), sheet->page + 1, sheet->pages);
  gtk_label_set_label (self->where, where);
  desk_paper_canvas_set (self->canvas, sheet->texture);
  gtk_stack_set_visible_child_name (self->stack, "sheet");
}

static void
forget_old (DeskPaperPreview *self)
{
  while (self->kept.length > MAX_KEPT)
    sheet_free (g_queue_pop_tail (&self->kept));
}

/* What came is of a sheet that may have been forgotten meanwhile: it is found anew by what was asked. */
typedef struct
{
  DeskPaperPreview *preview;
  char *digest;
  int page;
} Wait;

static void
on_preview (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;
  DeskPaperPreview *self = wait->preview;
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPreview) preview = desk_preview_finish (result, &error);
  Sheet *sheet = find_sheet (self, wait->digest, wait->page);

  if (sheet && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_object (&sheet->cancel);
      sheet->error = g_steal_pointer (&error);
      if (preview)
        {
          sheet->pages = MAX (preview->pages, 1);
          sheet->texture = gdk_memory_texture_new (preview->width, preview->height, GDK_MEMORY_R8G8B8A8, preview->pixels,
                                                   preview->stride);
        }
      if (g_strcmp0 (shown_digest (self), sheet->digest) == 0 && self->sheet == sheet->page)
        show_sheet (self, sheet);
    }
  g_object_unref (wait->preview);
  g_free (wait->digest);
  g_free (wait);
}

static Sheet *
ask_for (DeskPaperPreview *self, const char *digest, int page)
{
  Sheet *sheet = find_sheet (self, digest, page);
  Wait *wait;

  if (sheet)
    return sheet;
  sheet = g_new0 (Sheet, 1);
  sheet->digest = g_strdup (digest);
  sheet->page = page;
  sheet->cancel = g_cancellable_new ();
  g_queue_push_head (&self->kept, sheet);
  forget_old (self);
  wait = g_new (Wait, 1);
  *wait = (Wait){ g_object_ref (self), g_strdup (digest), page };
  desk_preview_async (desk_page_get_contents (self->page), digest, page, PIXELS, PIXELS, sheet->cancel, on_preview, wait);
  return sheet;
}

/* What is still being read and was not asked for now is no longer wanted. */
static void
drop_unread (DeskPaperPreview *self)
{
  for (GList *l = self->kept.head, *next; l; l = next)
    {
      Sheet *sheet = l->data;

      next = l->next;
      if (!sheet->cancel)
        continue;
      g_queue_delete_link (&self->kept, l);
      sheet_free (sheet);
    }
}

static void
show_page (DeskPaperPreview *self)
{
  const char *digest = shown_digest (self);

  if (!digest)
    return;
  show_sheet (self, ask_for (self, digest, self->sheet));
}

/* Shows the contents of a paper, the first page first; takes the array of digests. What is no longer looked at is not
 * read on. */
void
desk_paper_preview_show (DeskPaperPreview *self, GPtrArray *digests)
{
  drop_unread (self);
  g_clear_pointer (&self->digests, g_ptr_array_unref);
  self->digests = digests;
  self->file = 0;
  self->sheet = 0;
  self->turns = 0;
  desk_paper_canvas_set_turns (self->canvas, 0);
  show_page (self);
}

/* Reads a first page before anybody asks. */
void
desk_paper_preview_prefetch (DeskPaperPreview *self, const char *digest)
{
  if (digest && *digest)
    ask_for (self, digest, 0);
}

static void
action_forward (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPaperPreview *self = DESK_PAPER_PREVIEW (widget);
  const char *digest = shown_digest (self);
  Sheet *sheet = digest ? find_sheet (self, digest, self->sheet) : NULL;

  if (!sheet)
    return;
  if (self->sheet + 1 < sheet->pages)
    self->sheet++;
  else if (self->file + 1 < self->digests->len)
    {
      self->file++;
      self->sheet = 0;
    }
  show_page (self);
}

/* Back from the first page of a file leads to the first of the one before: how many that has is not known. */
static void
action_back (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPaperPreview *self = DESK_PAPER_PREVIEW (widget);

  if (self->sheet > 0)
    self->sheet--;
  else if (self->file > 0)
    {
      Sheet *sheet = find_sheet (self, g_ptr_array_index (self->digests, --self->file), 0);
      self->sheet = sheet ? MAX (sheet->pages - 1, 0) : 0;
    }
  show_page (self);
}

static void
action_turn (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPaperPreview *self = DESK_PAPER_PREVIEW (widget);

  self->turns++;
  desk_paper_canvas_set_turns (self->canvas, self->turns);
}

static void
on_full_size (GtkToggleButton *button, GParamSpec *pspec, DeskPaperPreview *self)
{
  desk_paper_canvas_set_full_size (self->canvas, gtk_toggle_button_get_active (button));
}

static void
action_zoom (GtkWidget *widget, const char *name, GVariant *target)
{
  GtkToggleButton *button = DESK_PAPER_PREVIEW (widget)->full_size;

  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
}

/* Keys for a view that has the focus elsewhere: Page Down and Up, + and r. TRUE when it was one of them. */
gboolean
desk_paper_preview_key (DeskPaperPreview *self, guint key, GdkModifierType state)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_Page_Down, "preview.forward" }, { GDK_KEY_KP_Page_Down, "preview.forward" }, { GDK_KEY_Page_Up, "preview.back" },
    { GDK_KEY_KP_Page_Up, "preview.back" },   { GDK_KEY_plus, "preview.zoom" },            { GDK_KEY_KP_Add, "preview.zoom" },
    { GDK_KEY_r, "preview.turn" },
  };

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == key)
      {
        gtk_widget_activate_action (GTK_WIDGET (self), keys[i].action, NULL);
        return TRUE;
      }
  return FALSE;
}

static void
on_unlocked (DeskPaperPreview *self)
{
  for (GList *l = self->kept.head, *next; l; l = next)
    {
      next = l->next;
      if (((Sheet *) l->data)->error)
        {
          sheet_free (l->data);
          g_queue_delete_link (&self->kept, l);
        }
    }
  show_page (self);
}

/* Gives the view the page it is in. */
void
desk_paper_preview_load (DeskPaperPreview *self, DeskPage *page)
{
  self->page = page;
  g_signal_connect_object (desk_page_get_contents (page), "unlocked", G_CALLBACK (on_unlocked), self, G_CONNECT_SWAPPED);
}

static void
desk_paper_preview_dispose (GObject *object)
{
  DeskPaperPreview *self = DESK_PAPER_PREVIEW (object);

  g_queue_clear_full (&self->kept, sheet_free);
  g_clear_pointer (&self->digests, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_paper_preview_parent_class)->dispose (object);
}

static void
desk_paper_preview_class_init (DeskPaperPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_paper_preview_dispose;
  g_type_ensure (DESK_TYPE_PAPER_CANVAS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-paper-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPaperPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperPreview, none);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperPreview, canvas);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperPreview, where);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperPreview, full_size);
  gtk_widget_class_bind_template_callback (widget_class, on_full_size);
  gtk_widget_class_install_action (widget_class, "preview.forward", NULL, action_forward);
  gtk_widget_class_install_action (widget_class, "preview.back", NULL, action_back);
  gtk_widget_class_install_action (widget_class, "preview.turn", NULL, action_turn);
  gtk_widget_class_install_action (widget_class, "preview.zoom", NULL, action_zoom);
}

static void
desk_paper_preview_init (DeskPaperPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
