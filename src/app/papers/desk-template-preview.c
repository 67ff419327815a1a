#include "desk-template-preview.h"

#include <glib/gi18n.h>

#include "desk-language-names.h"
#include "desk-letter-try.h"
#include "desk-patient-picker.h"
#include "desk-template-sheet.h"
#include "desk-toast.h"

#define PAUSE 250 /* ms after the last key */
#define MARGINS 20 /* beside a page */

struct _DeskTemplatePreview
{
  AdwBin parent_instance;

  DeskPage *page; /* not owned */
  char *xml;      /* what is to be shown next, or NULL */
  guint pause;
  gboolean running, filling;
  DeskLetterProblems *problems; /* of the text that was looked at last */
  char **languages;
  char *language;
  guint n_pages;

  DeskPatientPicker *picker;
  GtkDropDown *language_row;
  GtkLabel *note;
  GtkBox *pages;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (DeskTemplatePreview, desk_template_preview, ADW_TYPE_BIN)

enum
{
  CHECKED, /* the problems of the newest text are there */
  WANTED,  /* the text is to be given again */
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void look_again (DeskTemplatePreview *self, guint pause);

/* Of a page, in pixels of the screen. */
static int
wanted_width (DeskTemplatePreview *self)
{
  int room = gtk_widget_get_width (GTK_WIDGET (self->stack)) - MARGINS;

  return CLAMP (room, 280, 1000) * gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

/* ── what came of it ── */

static void
show_pages (DeskTemplatePreview *self, const DeskLetterTry *look)
{
  GtkWidget *sheet = gtk_widget_get_first_child (GTK_WIDGET (self->pages));

  for (guint i = 0; i < look->pages->len; i++)
    {
      if (!sheet)
        gtk_box_append (self->pages, sheet = desk_template_sheet_new ());
      desk_template_sheet_set (DESK_TEMPLATE_SHEET (sheet), look->pages->pdata[i], i + 1);
      sheet = gtk_widget_get_next_sibling (sheet);
    }
  while (sheet)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (sheet);

      gtk_box_remove (self->pages, sheet);
      sheet = next;
    }
  self->n_pages = look->n_pages;
  gtk_stack_set_visible_child_name (self->stack, "pages");
}

static void
offer_languages (DeskTemplatePreview *self, const DeskLetterTry *look)
{
  if (self->languages && g_strv_equal ((const char *const *) self->languages, (const char *const *) look->languages))
    return;
  g_autoptr (GListModel) names = desk_language_names ((const char *const *) look->languages);

  g_strfreev (self->languages);
  self->languages = g_strdupv (look->languages);
  self->filling = TRUE;
  gtk_drop_down_set_model (self->language_row, names);
  gtk_drop_down_set_selected (self->language_row, look->shown);
  self->filling = FALSE;
}

static void
show_note (DeskTemplatePreview *self, const DeskLetterTry *look)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!look->pages)
    g_string_append (text, self->n_pages ? _("⚠ The text has mistakes. These pages are from before them.")
                                         : _("⚠ The text has mistakes: there is nothing to show yet."));
  else
    {
      g_string_append_printf (text, g_dngettext (NULL, "%u page", "%u pages", look->n_pages), look->n_pages);
      if (look->n_missing)
        g_string_append_printf (text, g_dngettext (NULL, " · %u value is missing for this patient", " · %u values are missing for this patient",
                                                   look->n_missing), look->n_missing);
      else if (!look->patient_id)
        g_string_append_printf (text, " · %s", _("sample values"));
    }
  gtk_label_set_label (self->note, text->str);
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskTemplatePreview) self = user_data;
  g_autoptr (GError) error = NULL;
  DeskLetterTry *look = desk_session_run_finish (DESK_SESSION (source), result, &error);

  self->running = FALSE;
  if (!gtk_widget_get_root (GTK_WIDGET (self)))
    return;
  if (error)
    {
      g_autofree char *text = g_strconcat ("⚠ ", error->message, NULL);
      gtk_label_set_label (self->note, text);
    }
  if (self->xml)
    {
      look_again (self, PAUSE);
      return;
    }
  if (!look)
    return;
  g_clear_pointer (&self->problems, desk_letter_problems_free);
  self->problems = g_steal_pointer (&look->problems);
  if (look->languages)
    offer_languages (self, look);
  if (look->pages)
    show_pages (self, look);
  show_note (self, look);
  g_signal_emit (self, signals[CHECKED], 0);
  /* Drawn before there was a width, or for another one. */
  if (look->pages && look->width != wanted_width (self))
    g_signal_emit (self, signals[WANTED], 0);
}

/* ── asking for it ── */

static gboolean
draw_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_letter_try_draw (db, data, error);
}

static void
try_free (gpointer data)
{
  desk_letter_try_free (data);
}

static gboolean
on_pause (gpointer user_data)
{
  DeskTemplatePreview *self = user_data;

  self->pause = 0;
  if (self->running || !self->xml)
    return G_SOURCE_REMOVE;
  g_autofree char *xml = g_steal_pointer (&self->xml);
  DeskLetterTry *look = desk_letter_try_new (xml);
  look->language = g_strdup (self->language);
  look->patient_id = desk_patient_picker_get_id (self->picker);
  look->today = desk_page_get_today (self->page);
  look->width = wanted_width (self);
  self->running = TRUE;
  desk_session_run_async (desk_page_get_session (self->page), draw_work, look, try_free, NULL, on_drawn, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
look_again (DeskTemplatePreview *self, guint pause)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (pause, on_pause, self);
}

/* Shows a text, which is taken, after a moment or at once. */
void
desk_template_preview_set_text (DeskTemplatePreview *self, char *xml, gboolean at_once)
{
  g_free (self->xml);
  self->xml = xml;
  look_again (self, at_once ? 0 : PAUSE);
}

/* The newest text once more: somebody chose another patient or language. */
static void
ask_again (DeskTemplatePreview *self)
{
  g_signal_emit (self, signals[WANTED], 0);
}

static void
on_patient (DeskPatientPicker *picker, DeskTemplatePreview *self)
{
  ask_again (self);
}

static void
on_language (GtkDropDown *row, GParamSpec *pspec, DeskTemplatePreview *self)
{
  guint chosen = gtk_drop_down_get_selected (row);

  if (self->filling || !self->languages || chosen >= g_strv_length (self->languages))
    return;
  g_free (self->language);
  self->language = g_strdup (self->languages[chosen]);
  ask_again (self);
}

/* Gives it the session and the patients to choose from. */
void
desk_template_preview_load (DeskTemplatePreview *self, DeskPage *page)
{
  self->page = page;
  desk_patient_picker_set_db (self->picker, desk_page_get_reader (page));
}

/* The problems of the text looked at last, by line; NULL before the first. */
const DeskLetterProblems *
desk_template_preview_get_problems (DeskTemplatePreview *self)
{
  return self->problems;
}

/* Whether what was typed last has not been looked at yet. */
gboolean
desk_template_preview_is_busy (DeskTemplatePreview *self)
{
  return self->running || self->xml != NULL;
}

guint
desk_template_preview_get_n_pages (DeskTemplatePreview *self)
{
  return self->n_pages;
}

const char *
desk_template_preview_get_note (DeskTemplatePreview *self)
{
  return gtk_label_get_label (self->note);
}

/* Shows the letter of a patient; 0 for sample values. */
void
desk_template_preview_set_patient (DeskTemplatePreview *self, gint64 patient_id)
{
  desk_patient_picker_set_id (self->picker, patient_id);
  ask_again (self);
}

static void
desk_template_preview_dispose (GObject *object)
{
  DeskTemplatePreview *self = DESK_TEMPLATE_PREVIEW (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_pointer (&self->xml, g_free);
  g_clear_pointer (&self->problems, desk_letter_problems_free);
  g_clear_pointer (&self->languages, g_strfreev);
  g_clear_pointer (&self->language, g_free);
  G_OBJECT_CLASS (desk_template_preview_parent_class)->dispose (object);
}

static void
desk_template_preview_class_init (DeskTemplatePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_template_preview_dispose;
  signals[CHECKED] = g_signal_new ("checked", DESK_TYPE_TEMPLATE_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WANTED] = g_signal_new ("wanted", DESK_TYPE_TEMPLATE_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DESK_TYPE_PATIENT_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-template-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskTemplatePreview, picker);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplatePreview, language_row);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplatePreview, note);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplatePreview, pages);
  gtk_widget_class_bind_template_child (widget_class, DeskTemplatePreview, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_patient);
  gtk_widget_class_bind_template_callback (widget_class, on_language);
}

static void
desk_template_preview_init (DeskTemplatePreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
