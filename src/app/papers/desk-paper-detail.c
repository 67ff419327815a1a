#include "desk-paper-detail.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-documents.h"
#include "desk-gates.h"
#include "desk-inbox.h"
#include "desk-paper-form.h"
#include "desk-paper-preview.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskPaperDetail
{
  AdwBin parent_instance;

  DeskPage *page; /* not owned */
  DeskDocument *document;

  GtkButton *patient;
  DeskPaperForm *form;
  GtkLabel *freshness;
  GtkLabel *parts;
  DeskPaperPreview *preview;
};

G_DEFINE_FINAL_TYPE (DeskPaperDetail, desk_paper_detail, ADW_TYPE_BIN)

static void
start_preview (DeskPaperDetail *self)
{
  g_autoptr (GError) error = NULL;

  if (!*self->document->digest)
    {
      gboolean link = *self->document->link != '\0';

      desk_paper_preview_show (self->preview, NULL);
      desk_paper_preview_tell (self->preview, link ? _("A Link") : _("No Preview"),
                               link ? self->document->link : _("This paper has been asked for and has not come yet."));
      return;
    }

  GPtrArray *digests = desk_document_digests (desk_page_get_reader (self->page), self->document->id, &error);
  if (digests)
    desk_paper_preview_show (self->preview, digests);
  else
    desk_toast_error (GTK_WIDGET (self), error);
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

/* How another paper of the patient stands to this one, in words; NULL when it has nothing to do with it. */
static const char *
relation (const DeskDocument *self, const DeskDocument *other)
{
  if (other->part_of == self->id)
    return _("With it");
  if (self->part_of == other->id)
    return _("Belongs to");
  if (other->supersedes == self->id)
    return _("Replaced by");
  return self->supersedes == other->id ? _("Replaces") : NULL;
}

static void
show_parts (DeskPaperDetail *self)
{
  g_autoptr (GPtrArray) papers = desk_document_list (desk_page_get_reader (self->page), self->document->patient_id, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; papers && i < papers->len; i++)
    {
      const DeskDocument *paper = papers->pdata[i];
      const char *how = relation (self->document, paper);

      if (!how)
        continue;
      g_autofree char *day = desk_words_iso_day (paper->examined_on);
      const char *facts[] = { how, *paper->part ? desk_words ("document-part", paper->part) : desk_words ("document-kind", paper->kind),
                              day, paper->title, desk_words ("document-state", paper->state) };
      g_autofree char *words = desk_words_facts (facts, G_N_ELEMENTS (facts));
      g_string_append_printf (text, "%s%s", text->len ? "\n" : "", words);
    }
  gtk_label_set_label (self->parts, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->parts), text->len > 0);
}

static void
fill (DeskPaperDetail *self)
{
  desk_paper_form_fill (self->form, self->document);
  show_patient (self);
  show_freshness (self);
  show_parts (self);
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

/* Whether anything was typed that is not saved. */
gboolean
desk_paper_detail_is_dirty (DeskPaperDetail *self)
{
  return self->document && desk_paper_form_is_dirty (self->form);
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
  if (!self->document || !desk_paper_form_check (self->form))
    return;
  desk_session_run_async (desk_page_get_session (self->page), save_work, desk_paper_form_collect (self->form),
                          (GDestroyNotify) desk_document_free, NULL, on_saved, g_object_ref (self));
}

static void
on_submitted (DeskPaperForm *form, DeskPaperDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "papers.save", NULL);
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
  desk_paper_form_load (self->form, page);
  desk_paper_preview_load (self->preview, page);
}

static void
desk_paper_detail_dispose (GObject *object)
{
  g_clear_pointer (&DESK_PAPER_DETAIL (object)->document, desk_document_free);
  G_OBJECT_CLASS (desk_paper_detail_parent_class)->dispose (object);
}

static void
desk_paper_detail_class_init (DeskPaperDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_paper_detail_dispose;
  g_type_ensure (DESK_TYPE_PAPER_FORM);
  g_type_ensure (DESK_TYPE_PAPER_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-paper-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, patient);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, form);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, freshness);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, parts);
  gtk_widget_class_bind_template_child (widget_class, DeskPaperDetail, preview);
  gtk_widget_class_bind_template_callback (widget_class, on_patient_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_submitted);
}

static void
desk_paper_detail_init (DeskPaperDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
