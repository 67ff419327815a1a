#include "desk-money-paper.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-language-names.h"
#include "desk-issued.h"
#include "desk-letter-paper.h"
#include "desk-letter-preview.h"
#include "desk-toast.h"
#include "desk-words.h"

static const struct
{
  const char *letter, *subject, *title;
} papers[] = {
  { "quote", "quote", N_("Quote") },     { "invoice", "invoice", N_("Invoice") }, { "credit", "invoice", N_("Credit Note") },
  { "receipt", "payment", N_("Receipt") }, { "refund", "refund", N_("Refund Receipt") },
};

#define DESK_TYPE_MONEY_PAPER (desk_money_paper_get_type ())
G_DECLARE_FINAL_TYPE (DeskMoneyPaper, desk_money_paper, DESK, MONEY_PAPER, AdwWindow)

struct _DeskMoneyPaper
{
  AdwWindow parent_instance;

  DeskPage *page; /* lives longer: the window is modal to its window */
  guint paper;    /* in papers */
  gint64 patient_id, subject_id;
  const char *const *languages;
  AdwToastOverlay *overlay;
  GtkDropDown *language;
  DeskLetterPreview *preview;
  GtkLabel *message;
};

G_DEFINE_FINAL_TYPE (DeskMoneyPaper, desk_money_paper, ADW_TYPE_WINDOW)

/* Texts are lent. */
static DeskLetterWanted
wanted_of (DeskMoneyPaper *self)
{
  guint chosen = gtk_drop_down_get_selected (self->language);

  return (DeskLetterWanted){ .name = papers[self->paper].letter, .language = self->languages[chosen == GTK_INVALID_LIST_POSITION ? 0 : chosen],
                             .patient_id = self->patient_id, .subject = papers[self->paper].subject, .subject_id = self->subject_id };
}

/* What was issued of the same thing: the id in that language, 0 for none, and the language of another one. */
static gint64
find_issued (DeskMoneyPaper *self, const DeskLetterWanted *wanted, char **other)
{
  g_autoptr (GPtrArray) before = desk_issued_of_subject (desk_page_get_reader (self->page), wanted->subject, wanted->subject_id, NULL);
  gint64 id = 0;

  for (guint i = 0; before && i < before->len; i++)
    {
      const DeskIssued *one = before->pdata[i];

      if (one->void_at || one->replaced_by || strcmp (one->name, wanted->name) != 0)
        continue;
      if (strcmp (one->language, wanted->language) == 0)
        id = one->id;
      else if (!*other)
        *other = g_strdup (one->number);
    }
  return id;
}

/* What is to be known before it is printed. */
static char *
note_words (DeskMoneyPaper *self, const DeskLetterWanted *wanted, guint missing)
{
  g_autofree char *other = NULL;
  gint64 issued = find_issued (self, wanted, &other);

  if (missing)
    return g_strdup_printf (g_dngettext (NULL, "%u value is missing and marked red. It cannot be printed yet.",
                                         "%u values are missing and marked red. It cannot be printed yet.", missing), missing);
  if (issued)
    return g_strdup (_("It was issued before: what is printed now is a copy and says so."));
  return other ? g_strdup_printf (_("⚠ It was issued in another language as %s: this would be a second original."), other) : g_strdup ("");
}

static void
show_letter (DeskMoneyPaper *self)
{
  const DeskLetterWanted wanted = wanted_of (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLetter) letter
      = desk_letter_compose (desk_page_get_reader (self->page), &wanted, desk_page_get_today (self->page), &error);
  guint n = letter ? g_strv_length ((char **) desk_letter_missing (letter)) : 0;
  g_autofree char *words = error ? desk_words_error (error) : note_words (self, &wanted, n);

  desk_letter_preview_set (self->preview, letter ? desk_letter_layout_new (letter, NULL) : NULL);
  gtk_label_set_label (self->message, words);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *words != '\0');
  if (error || n)
    gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.print", letter && n == 0);
}

/* What is in the register is printed again under its number; else it gets one when it goes out. */
static void
action_print (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskMoneyPaper *self = DESK_MONEY_PAPER (widget);
  const DeskLetterWanted wanted = wanted_of (self);
  g_autofree char *other = NULL;
  gint64 issued = find_issued (self, &wanted, &other);

  if (issued)
    desk_letter_paper_print (widget, self->page, &issued, 1);
  else
    desk_letter_paper_issue (widget, self->page, &wanted, 1);
}

/* ── the window ──────────────────────────────────────────────────────────────────────────────── */

static void
desk_money_paper_class_init (DeskMoneyPaperClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "paper.print", NULL, action_print);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "paper.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
header_new (DeskMoneyPaper *self)
{
  GtkWidget *header = adw_header_bar_new (), *close = gtk_button_new_with_mnemonic (_("_Close"));
  GtkWidget *print = gtk_button_new_with_mnemonic (_("_Print…"));

  self->language = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->language), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Language"), -1);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (print), "paper.print");
  gtk_widget_set_tooltip_text (print, "Ctrl+P");
  gtk_widget_add_css_class (print, "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), close);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), GTK_WIDGET (self->language));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), print);
  return header;
}

static void
desk_money_paper_init (DeskMoneyPaper *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled = gtk_scrolled_window_new ();

  self->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->preview = g_object_new (DESK_TYPE_LETTER_PREVIEW, NULL);
  self->message = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->message, TRUE);
  gtk_widget_set_margin_top (GTK_WIDGET (self->message), 6);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->preview));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), header_new (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_toast_overlay_set_child (self->overlay, box);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->overlay));
}

/* Shows the paper ("quote", "invoice", "credit", "receipt", "refund") of that thing in the patient's language, ready to be
 * printed. What was issued already is printed again under its number. */
void
desk_money_paper_show (DeskPage *page, const char *letter, gint64 patient_id, gint64 subject_id)
{
  g_autoptr (GError) error = NULL;
  gboolean own;
  g_autofree char *language = desk_letter_language_for (desk_page_get_reader (page), letter, patient_id, &own, &error);
  DeskMoneyPaper *self;

  if (!language)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  self = g_object_new (DESK_TYPE_MONEY_PAPER, "modal", TRUE, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), "default-width", 860,
                       "default-height", 700, NULL);
  self->page = page;
  self->patient_id = patient_id;
  self->subject_id = subject_id;
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    if (strcmp (papers[i].letter, letter) == 0)
      self->paper = i;
  gtk_window_set_title (GTK_WINDOW (self), _(papers[self->paper].title));
  self->languages = desk_letter_languages (letter);
  g_autoptr (GListModel) names = desk_language_names (self->languages);
  gtk_drop_down_set_model (self->language, names);
  gtk_drop_down_set_selected (self->language, desk_language_place (self->languages, language));
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (show_letter), self, G_CONNECT_SWAPPED);
  show_letter (self);
  gtk_window_present (GTK_WINDOW (self));
}
