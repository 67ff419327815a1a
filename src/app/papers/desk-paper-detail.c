#include "desk-paper-detail.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-documents.h"
#include "desk-gates.h"
#include "desk-patients.h"
#include "desk-previews.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

#define PREVIEW_PIXELS 1400

struct _DeskPaperDetail
{
  AdwBin parent_instance;

  DeskPage *page; /* not owned */
  DeskDocument *document;
  GCancellable *preview_cancel;

  GtkButton *patient;
  GtkDropDown *kind;
  GtkDropDown *state;
  GtkEntry *examined_on;
  GtkEntry *language;
  GtkEntry *title;
  GtkEntry *note;
  GtkLabel *problem;
  GtkLabel *freshness;
  GtkStack *preview_stack;
  GtkPicture *picture;
  AdwStatusPage *no_preview;
  GtkLabel *pages;
};

G_DEFINE_FINAL_TYPE (DeskPaperDetail, desk_paper_detail, ADW_TYPE_BIN)

static const char *const kinds[] = { "medical_report", "pathology", "imaging",  "bloodwork",   "viral",
                                     "passport",       "referral",  "consent",  "translation", "other" };
static const char *const states[] = { "requested", "received", "unreadable", "needs_translation", "in_translation",
                                      "under_review", "accepted", "rejected", "superseded", "too_old" };

static guint
index_of (const char *const *codes, guint n, const char *code)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (codes[i], code) == 0)
      return i;
  return 0;
}

static void
fill_drop_down (GtkDropDown *drop_down, const char *group, const char *const *codes, guint n)
{
  g_autoptr (GListModel) list = desk_words_list (group, codes, n);

  gtk_drop_down_set_model (drop_down, list);
}

static void
show_no_preview (DeskPaperDetail *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_description (self->no_preview, escaped);
  gtk_stack_set_visible_child_name (self->preview_stack, "none");
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
on_preview (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPaperDetail) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPreview) preview = desk_preview_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!preview)
    {
      g_autofree char *words = why_no_preview (error);

      show_no_preview (self, words);
      return;
    }

  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (preview->width, preview->height, GDK_MEMORY_R8G8B8A8,
                                                           preview->pixels, preview->stride);
  g_autofree char *pages
      = g_strdup_printf (g_dngettext (NULL, "%u page", "%u pages", preview->pages), (guint) preview->pages);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_label_set_label (self->pages, pages);
  gtk_stack_set_visible_child_name (self->preview_stack, "picture");
}

static void
start_preview (DeskPaperDetail *self)
{
  if (self->preview_cancel)
    g_cancellable_cancel (self->preview_cancel);
  g_clear_object (&self->preview_cancel);
  gtk_picture_set_paintable (self->picture, NULL);
  gtk_label_set_label (self->pages, "");
  if (!*self->document->digest)
    {
      show_no_preview (self, _("This paper has been asked for and has not come yet."));
      return;
    }

  self->preview_cancel = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->preview_stack, "loading");
  desk_preview_async (desk_page_get_contents (self->page), self->document->digest, 0, PREVIEW_PIXELS, PREVIEW_PIXELS,
                      self->preview_cancel, on_preview, g_object_ref (self));
}

/* The passphrase has been given: what could not be shown can be. */
static void
on_unlocked (DeskPaperDetail *self)
{
  if (self->document)
    start_preview (self);
}

/* How long the paper counts for a draw, by the clinic's own rule. */
static void
show_freshness (DeskPaperDetail *self)
{
  g_autoptr (GArray) settings = desk_gate_settings (desk_page_get_reader (self->page), NULL);
  guint n;
  const DeskGateRule *rules = desk_gate_rules (&n);
  DeskDay examined, today = desk_page_get_today (self->page);

  gtk_label_set_label (self->freshness, "");
  if (!desk_day_parse (self->document->examined_on, &examined))
    return;
  for (guint i = 0; i < n; i++)
    if (rules[i].gate == DESK_GATE_DRAW && g_strcmp0 (rules[i].what, self->document->kind) == 0
        && desk_gate_months (&rules[i], settings) > 0)
      {
        DeskDay until = desk_day_add_months (examined, desk_gate_months (&rules[i], settings));
        g_autofree char *day = desk_words_day (until);
        g_autofree char *text = g_strdup_printf (until >= today ? _("Fresh enough until %s") : _("Too old since %s"), day);

        gtk_label_set_label (self->freshness, text);
      }
}

static void
show_patient (DeskPaperDetail *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient
      = desk_patient_load (desk_page_get_reader (self->page), self->document->patient_id, &error);

  if (!patient)
    {
      /* Never the name of whose paper was shown before. */
      gtk_button_set_label (self->patient, "");
      desk_toast_error (GTK_WIDGET (self), error);
    }
  else
    {
      g_autofree char *name = desk_patient_name (patient);
      g_autofree char *label = g_strdup_printf ("%s  ·  %s  ·  %s", name, patient->chart, patient->birth);

      gtk_button_set_label (self->patient, label);
    }
}

static void
fill (DeskPaperDetail *self)
{
  const DeskDocument *document = self->document;

  gtk_drop_down_set_selected (self->kind, index_of (kinds, G_N_ELEMENTS (kinds), document->kind));
  gtk_drop_down_set_selected (self->state, index_of (states, G_N_ELEMENTS (states), document->state));
  gtk_editable_set_text (GTK_EDITABLE (self->examined_on), document->examined_on);
  gtk_editable_set_text (GTK_EDITABLE (self->language), document->language);
  gtk_editable_set_text (GTK_EDITABLE (self->title), document->title);
  gtk_editable_set_text (GTK_EDITABLE (self->note), document->note);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  show_patient (self);
  show_freshness (self);
}

/* Shows a paper, read from the store. */
void
desk_paper_detail_show (DeskPaperDetail *self, gint64 document_id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *old = self->document ? g_strdup (self->document->digest) : NULL;
  gint64 old_id = desk_paper_detail_get_id (self);

  g_clear_pointer (&self->document, desk_document_free);
  self->document = desk_document_load (desk_page_get_reader (self->page), document_id, &error);
  if (!self->document)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  fill (self);
  if (old_id != document_id || g_strcmp0 (old, self->document->digest) != 0)
    start_preview (self);
}

/* The paper shown, or 0. */
gint64
desk_paper_detail_get_id (DeskPaperDetail *self)
{
  return self->document ? self->document->id : 0;
}

static void
replace (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static DeskDocument *
collect (DeskPaperDetail *self)
{
  DeskDocument *document = desk_document_copy (self->document);

  replace (&document->kind, kinds[gtk_drop_down_get_selected (self->kind)]);
  replace (&document->state, states[gtk_drop_down_get_selected (self->state)]);
  replace (&document->examined_on, gtk_editable_get_text (GTK_EDITABLE (self->examined_on)));
  replace (&document->language, gtk_editable_get_text (GTK_EDITABLE (self->language)));
  replace (&document->title, gtk_editable_get_text (GTK_EDITABLE (self->title)));
  replace (&document->note, gtk_editable_get_text (GTK_EDITABLE (self->note)));
  return document;
}

/* Whether anything was typed that is not saved. */
gboolean
desk_paper_detail_is_dirty (DeskPaperDetail *self)
{
  if (!self->document)
    return FALSE;

  g_autoptr (DeskDocument) now = collect (self);
  const DeskDocument *was = self->document;
  return strcmp (now->kind, was->kind) || strcmp (now->state, was->state) || strcmp (now->examined_on, was->examined_on)
         || strcmp (now->language, was->language) || strcmp (now->title, was->title) || strcmp (now->note, was->note);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_document_save (db, data, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPaperDetail) self = user_data;
  g_autoptr (GError) error = NULL;
  DeskDocument *saved = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!saved)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (self->document && self->document->id == saved->id)
    desk_paper_detail_show (self, saved->id);
  desk_toast (GTK_WIDGET (self), _("Paper saved"));
}

/* Saves what stands in the form, or says at which field it cannot. */
void
desk_paper_detail_save (DeskPaperDetail *self)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (!self->document)
    return;
  g_autoptr (DeskDocument) document = collect (self);
  desk_document_check (document, desk_page_get_today (self->page), problems);
  if (desk_problems_block (problems))
    {
      const DeskProblem *problem = desk_problems_get (problems, 0);
      g_autofree char *words = desk_words_problem (problem);

      gtk_label_set_label (self->problem, words);
      gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
      gtk_widget_grab_focus (strcmp (problem->field, "language") == 0 ? GTK_WIDGET (self->language)
                             : strcmp (problem->field, "title") == 0  ? GTK_WIDGET (self->title)
                             : strcmp (problem->field, "note") == 0   ? GTK_WIDGET (self->note)
                                                                      : GTK_WIDGET (self->examined_on));
      return;
    }
  desk_session_run_async (desk_page_get_session (self->page), save_work, g_steal_pointer (&document),
                          (GDestroyNotify) desk_document_free, NULL, on_saved, g_object_ref (self));
}

static void
on_patient_clicked (GtkButton *button, DeskPaperDetail *self)
{
  desk_window_show (desk_window_of (GTK_WIDGET (self)), DESK_KIND_PATIENT, self->document->patient_id);
}

/* Gives the view the page it is in. */
void
desk_paper_detail_load (DeskPaperDetail *self, DeskPage *page)
{
  self->page = page;
  g_signal_connect_object (desk_page_get_contents (page), "unlocked", G_CALLBACK (on_unlocked), self, G_CONNECT_SWAPPED);
}

static void
desk_paper_detail_dispose (GObject *object)
{
  DeskPaperDetail *self = DESK_PAPER_DETAIL (object);

  if (self->preview_cancel)
    g_cancellable_cancel (self->preview_cancel);
  g_clear_object (&self->preview_cancel);
  g_clear_pointer (&self->document, desk_document_free);
  G_OBJECT_CLASS (desk_paper_detail_parent_class)->dispose (object);
}

static void
desk_paper_detail_class_init (DeskPaperDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_paper_detail_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-paper-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, patient);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, kind);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, state);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, examined_on);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, language);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, title);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, note);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, problem);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, freshness);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, preview_stack);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, picture);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, no_preview);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, pages);
  gtk_widget_class_bind_template_callback (widget_class, on_patient_clicked);
}

static void
desk_paper_detail_init (DeskPaperDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_drop_down (self->kind, "document-kind", kinds, G_N_ELEMENTS (kinds));
  fill_drop_down (self->state, "document-state", states, G_N_ELEMENTS (states));
}
