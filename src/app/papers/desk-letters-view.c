#include "desk-letters-view.h"

#include <glib/gi18n.h>

#include "desk-language-names.h"
#include "desk-letter-kinds.h"
#include "desk-letter-mend.h"
#include "desk-letter-pack.h"
#include "desk-letter-paper.h"
#include "desk-letter-preview.h"
#include "desk-letter-templates.h"
#include "desk-patient-picker.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskLettersView
{
  AdwBin parent_instance;

  DeskPage *page;      /* not owned */
  DeskLetter *letter;
  char **languages;    /* of the chosen letter, to choose from */
  GPtrArray *subjects; /* of DeskLetterSubject: what it can be about */
  gboolean filling;    /* the choices change, nobody chose */

  DeskPatientPicker *picker;
  GtkListBox *letters;
  GtkDropDown *language, *subject;
  GtkWidget *subject_line;
  GtkStack *stack;
  DeskLetterPreview *preview;
  GtkBox *problems;
  GtkWidget *problems_area; /* scrolls them */
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (DeskLettersView, desk_letters_view, ADW_TYPE_BIN)

/* ── what is chosen ── */

/* Lent; NULL before there is a list. */
static const char *
name_of (GtkListBoxRow *row)
{
  return row ? g_object_get_data (G_OBJECT (row), "letter") : NULL;
}

static const char *
chosen_letter (DeskLettersView *self)
{
  return name_of (gtk_list_box_get_selected_row (self->letters));
}

static const char *
chosen_language (DeskLettersView *self)
{
  guint n = self->languages ? g_strv_length (self->languages) : 0;

  return n ? self->languages[MIN (gtk_drop_down_get_selected (self->language), n - 1)] : "en";
}

static gint64
chosen_subject (DeskLettersView *self)
{
  guint place = gtk_drop_down_get_selected (self->subject);

  return self->subjects && place < self->subjects->len ? ((DeskLetterSubject *) self->subjects->pdata[place])->id : 0;
}

/* Texts are lent. FALSE while it is not said of whom, or about what. */
static gboolean
chosen (DeskLettersView *self, DeskLetterWanted *wanted)
{
  const char *name = chosen_letter (self);
  const DeskLetterKind *kind = desk_letter_kind (name ? name : "");

  *wanted = (DeskLetterWanted){ .name = name, .language = chosen_language (self), .subject = kind->subject, .subject_id = chosen_subject (self),
                                .patient_id = kind->nobody ? 0 : desk_patient_picker_get_id (self->picker) };
  if (!wanted->subject_id)
    wanted->subject = NULL;
  return name && (kind->nobody || wanted->patient_id) && (!kind->needed || wanted->subject_id);
}

/* ── what is offered ── */

/* The languages the letter is written in, with that one chosen; NULL: the patient's. */
static void
offer_languages (DeskLettersView *self, const char *language)
{
  DeskDb *db = desk_page_get_reader (self->page);
  const char *name = chosen_letter (self);
  gint64 patient_id = desk_patient_picker_get_id (self->picker);
  gboolean own = TRUE;
  g_autofree char *usual
      = !name ? NULL : patient_id ? desk_letter_language_for (db, name, patient_id, &own, NULL) : g_strdup (desk_words_language ());
  char **languages = name ? desk_letter_template_languages (db, name, NULL) : NULL;

  self->filling = TRUE;
  g_strfreev (self->languages);
  self->languages = languages ? languages : g_strdupv ((char *[]){ (char *) "en", NULL });
  g_autoptr (GListModel) names = desk_language_names ((const char *const *) self->languages);
  gtk_drop_down_set_model (self->language, names);
  gtk_drop_down_set_selected (self->language, desk_language_place ((const char *const *) self->languages, language ? language : usual));
  self->filling = FALSE;
}

/* What the letter can be about, with that one chosen, or the usual. */
static void
offer_subjects (DeskLettersView *self, gint64 subject_id)
{
  const char *name = chosen_letter (self);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  g_autoptr (GError) error = NULL;
  guint place = 0;

  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  self->subjects = name ? desk_letter_subjects (self->page, desk_letter_kind (name), desk_patient_picker_get_id (self->picker), &error) : NULL;
  if (error)
    desk_toast_error (GTK_WIDGET (self), error);
  for (guint i = 0; self->subjects && i < self->subjects->len; i++)
    {
      const DeskLetterSubject *subject = self->subjects->pdata[i];

      gtk_string_list_append (words, subject->words);
      if (subject->id == subject_id)
        place = i;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->subject, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (self->subject, place);
  self->filling = FALSE;
  gtk_widget_set_visible (self->subject_line, self->subjects && self->subjects->len > 0);
}

/* Why there is no letter, or what is to be known of the one that is shown. */
static void
say_note (DeskLettersView *self, const DeskLetterWanted *wanted, gboolean whole)
{
  const DeskLetterKind *kind = desk_letter_kind (wanted->name ? wanted->name : "");
  gboolean own = TRUE;
  const char *note = "";

  if (!whole)
    note = !kind->nobody && !wanted->patient_id ? "" : _("There is nothing yet that this letter could be about.");
  else if (wanted->patient_id)
    {
      g_autofree char *usual = desk_letter_language_for (desk_page_get_reader (self->page), wanted->name, wanted->patient_id, &own, NULL);

      if (!own && g_str_equal (wanted->language, "en"))
        note = _("There is no text in the patient’s language: this one is English.");
    }
  gtk_label_set_label (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *note != '\0');
}

/* Says what is missing and what speaks against the letter; FALSE when it cannot go out. */
static gboolean
show_problems (DeskLettersView *self, const DeskLetterWanted *wanted)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (GError) error = NULL;

  if (self->letter
      && !desk_letter_check (desk_page_get_reader (self->page), wanted, desk_page_get_today (self->page), problems, &error))
    desk_toast_error (GTK_WIDGET (self), error);
  gboolean ready = desk_letter_mend_fill (self->problems, self->letter, problems, wanted->patient_id) && self->letter && !error;
  gtk_widget_set_visible (self->problems_area, gtk_widget_get_first_child (GTK_WIDGET (self->problems)) != NULL);
  return ready;
}

/* Composes the letter again and shows it. */
void
desk_letters_view_refresh (DeskLettersView *self)
{
  DeskLetterWanted wanted;
  gboolean whole = chosen (self, &wanted), writable = !desk_page_get_read_only (self->page);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->letter, desk_letter_free);
  if (whole)
    {
      self->letter = desk_letter_compose (desk_page_get_reader (self->page), &wanted, desk_page_get_today (self->page), &error);
      if (!self->letter)
        desk_toast_error (GTK_WIDGET (self), error);
    }
  desk_letter_preview_set (self->preview, self->letter ? desk_letter_layout_new (self->letter, NULL) : NULL);
  gtk_stack_set_visible_child_name (self->stack, self->letter ? "preview" : "empty");
  say_note (self, &wanted, whole);

  gboolean ready = show_problems (self, &wanted) && writable;
  gtk_widget_action_set_enabled (GTK_WIDGET (self->page), "papers.print", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self->page), "papers.pdf", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self->page), "papers.pack", writable && desk_patient_picker_get_id (self->picker));
}

/* ── choosing ── */

static void
focus_letter (DeskLettersView *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->letters);

  gtk_widget_grab_focus (row ? GTK_WIDGET (row) : GTK_WIDGET (self->letters));
}

static void
choose_letter (DeskLettersView *self, const char *name)
{
  GtkListBoxRow *row;

  self->filling = TRUE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->letters, i)); i++)
    if (g_strcmp0 (name_of (row), name) == 0)
      gtk_list_box_select_row (self->letters, row);
  self->filling = FALSE;
}

/* Shows the letters of a patient. */
void
desk_letters_view_show_patient (DeskLettersView *self, gint64 patient_id)
{
  desk_patient_picker_set_id (self->picker, patient_id);
  offer_languages (self, NULL);
  offer_subjects (self, 0);
  desk_letters_view_refresh (self);
  focus_letter (self);
}

/* Shows one letter of a patient, in that language, or the patient's for NULL. */
void
desk_letters_view_show_letter (DeskLettersView *self, gint64 patient_id, const char *name, const char *language)
{
  desk_patient_picker_set_id (self->picker, patient_id);
  choose_letter (self, name);
  offer_languages (self, language);
  offer_subjects (self, 0);
  desk_letters_view_refresh (self);
  focus_letter (self);
}

static void
on_chosen (DeskPatientPicker *picker, DeskLettersView *self)
{
  desk_letters_view_show_patient (self, desk_patient_picker_get_id (picker));
}

static void
on_letter_selected (GtkListBox *list, GtkListBoxRow *row, DeskLettersView *self)
{
  if (!row || !self->page || self->filling)
    return;
  offer_languages (self, NULL);
  offer_subjects (self, 0);
  desk_letters_view_refresh (self);
}

static void
on_choice (DeskLettersView *self)
{
  if (self->page && !self->filling)
    desk_letters_view_refresh (self);
}

/* ── going out ── */

/* Opens the print dialog; lends it, NULL when the letter cannot go out. */
DeskPrintDialog *
desk_letters_view_print (DeskLettersView *self)
{
  DeskLetterWanted wanted;

  return chosen (self, &wanted) ? desk_letter_paper_issue (GTK_WIDGET (self), self->page, &wanted, 1) : NULL;
}

/* As desk_letters_view_print (), and asks where the PDF goes. */
void
desk_letters_view_save_pdf (DeskLettersView *self)
{
  DeskPrintDialog *dialog = desk_letters_view_print (self);

  if (dialog)
    gtk_widget_activate_action (GTK_WIDGET (dialog), "print.pdf", NULL);
}

/* Several letters of the patient as one. */
void
desk_letters_view_pack (DeskLettersView *self)
{
  gint64 patient_id = desk_patient_picker_get_id (self->picker);

  if (patient_id)
    desk_letter_pack_show (GTK_WIDGET (self), self->page, patient_id);
}

/* ── the list ── */

static void
add_row (DeskLettersView *self, const char *name)
{
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (desk_words ("letter", name));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "letter", g_strdup (name), g_free);
  gtk_list_box_append (self->letters, row);
}

static void
head_row (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  DeskLetterGroup group = desk_letter_kind (name_of (row))->group;

  if (before && desk_letter_kind (name_of (before))->group == group)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  GtkWidget *head = gtk_label_new (desk_letter_group_words (group));
  gtk_label_set_xalign (GTK_LABEL (head), 0);
  gtk_widget_add_css_class (head, "heading");
  gtk_widget_set_margin_top (head, before ? 12 : 6);
  gtk_widget_set_margin_bottom (head, 4);
  gtk_widget_set_margin_start (head, 12);
  gtk_list_box_row_set_header (row, head);
}

static void
fill_letters (DeskLettersView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = desk_letter_template_names (desk_page_get_reader (self->page), &error);
  g_autofree char *before = g_strdup (chosen_letter (self));

  if (!names)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  self->filling = TRUE;
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (self->letters, 0));)
    gtk_list_box_remove (self->letters, GTK_WIDGET (row));
  for (int group = 0; group < DESK_N_LETTER_GROUPS; group++)
    for (guint i = 0; i < names->len; i++)
      if ((int) desk_letter_kind (names->pdata[i])->group == group)
        add_row (self, names->pdata[i]);
  gtk_list_box_select_row (self->letters, gtk_list_box_get_row_at_index (self->letters, 0));
  choose_letter (self, before);
  self->filling = FALSE;
}

/* The clinic wrote a letter, or put one away. */
void
desk_letters_view_reload (DeskLettersView *self)
{
  g_autofree char *language = g_strdup (chosen_language (self));
  gint64 subject_id = chosen_subject (self);

  fill_letters (self);
  offer_languages (self, language);
  offer_subjects (self, subject_id);
  desk_letters_view_refresh (self);
}

/* Gives the view the page it is in, once the session is there. */
void
desk_letters_view_load (DeskLettersView *self, DeskPage *page)
{
  self->page = page;
  desk_patient_picker_set_db (self->picker, desk_page_get_reader (page));
  gtk_list_box_set_header_func (self->letters, head_row, NULL, NULL);
  fill_letters (self);
  offer_languages (self, NULL);
  offer_subjects (self, 0);
  desk_letters_view_refresh (self);
}

static gboolean
desk_letters_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DESK_LETTERS_VIEW (widget)->picker));
}

static void
desk_letters_view_finalize (GObject *object)
{
  DeskLettersView *self = DESK_LETTERS_VIEW (object);

  g_clear_pointer (&self->letter, desk_letter_free);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_strfreev (self->languages);
  G_OBJECT_CLASS (desk_letters_view_parent_class)->finalize (object);
}

static void
desk_letters_view_class_init (DeskLettersViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_letters_view_finalize;
  widget_class->grab_focus = desk_letters_view_grab_focus;
  g_type_ensure (DESK_TYPE_PATIENT_PICKER);
  g_type_ensure (DESK_TYPE_LETTER_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-letters-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, picker);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, letters);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, language);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, subject);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, subject_line);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, preview);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, problems);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, problems_area);
  gtk_widget_class_bind_template_child (widget_class, DeskLettersView, note);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_letter_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_choice);
}

static void
desk_letters_view_init (DeskLettersView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
