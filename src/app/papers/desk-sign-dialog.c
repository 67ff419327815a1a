#include "desk-sign-dialog.h"

#include <glib/gi18n.h>

#include "desk-clinics.h"
#include "desk-consent-job.h"
#include "desk-day-words.h"
#include "desk-language-names.h"
#include "desk-leave.h"
#include "desk-letter-page.h"
#include "desk-letter-preview.h"
#include "desk-letter-templates.h"
#include "desk-patients.h"
#include "desk-sign-signer.h"
#include "desk-toast.h"
#include "desk-words.h"

#define N_ROLES 5
#define REDRAW 250     /* milliseconds after a stroke */
#define STORED_MONTHS 24

struct _DeskSignDialog
{
  AdwWindow parent_instance;

  DeskPage *page; /* not owned: the dialog belongs to its window */
  gboolean strokes;
  gint64 patient_id, consent_id, document_id;
  char *name, *language;
  char **languages; /* the text stands in; NULL on paper */

  DeskLetterPreview *preview;
  AdwPreferencesGroup *group;
  GtkWidget *language_row, *until, *day; /* or NULL */
  DeskSignSigner *signers[N_ROLES];
  GPtrArray *boxes;  /* of DeskConsentItem */
  GPtrArray *checks; /* of GtkCheckButton, one a box */
  GtkLabel *problem;
  GtkButton *submit;
  guint redraw;
  gboolean running;
};

G_DEFINE_FINAL_TYPE (DeskSignDialog, desk_sign_dialog, ADW_TYPE_WINDOW)

/* What the worker gets; owns everything. */
typedef struct
{
  DeskConsentPaper paper;
  DeskConsentSigned written;
  DeskContents *contents;
  GPtrArray *signers, *items;
  char *name, *language, *until, *day;
  gint64 consent_id;
} Signing;

static void
signing_free (gpointer data)
{
  Signing *signing = data;

  g_clear_object (&signing->contents);
  g_ptr_array_unref (signing->signers);
  g_ptr_array_unref (signing->items);
  g_free (signing->name);
  g_free (signing->language);
  g_free (signing->until);
  g_free (signing->day);
  g_free (signing);
}

/* ── what is filled in ── */

/* The day of an entry as ISO, or the text as it is. */
static char *
read_day (GtkWidget *row)
{
  const char *text = row ? gtk_editable_get_text (GTK_EDITABLE (row)) : "";
  char *iso = desk_day_read (text, DESK_DAY_ORDER_NONE, NULL);

  return iso ? iso : g_strdup (text);
}

static Signing *
collect (DeskSignDialog *self)
{
  Signing *signing = g_new0 (Signing, 1);
  DeskDay today = desk_page_get_today (self->page);
  gint64 by = desk_session_get_actor (desk_page_get_session (self->page));

  signing->signers = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_consent_signer_free);
  signing->items = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_consent_item_free);
  for (guint i = 0; i < N_ROLES; i++)
    {
      DeskConsentSigner *signer = desk_sign_signer_get (self->signers[i]);

      if (signer)
        g_ptr_array_add (signing->signers, signer);
    }
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const DeskConsentItem *box = self->boxes->pdata[i];

      g_ptr_array_add (signing->items,
                       desk_consent_item_new (box->code, gtk_check_button_get_active (self->checks->pdata[i]), box->needed));
    }
  signing->contents = g_object_ref (desk_page_get_contents (self->page));
  signing->name = g_strdup (self->name);
  signing->language = g_strdup (self->language);
  signing->until = self->until ? read_day (self->until) : NULL;
  signing->day = self->day ? read_day (self->day) : desk_day_format (today);
  signing->consent_id = self->consent_id;
  signing->paper = (DeskConsentPaper) { .name = signing->name, .language = signing->language, .patient_id = self->patient_id,
                                        .until_on = signing->until, .today = today, .by = by, .open_id = self->consent_id,
                                        .signers = signing->signers, .items = signing->items };
  signing->written = (DeskConsentSigned) { .how = "paper", .signed_on = signing->day, .signers = signing->signers,
                                           .items = signing->items, .until_on = signing->until, .document_id = self->document_id, .by = by };
  return signing;
}

static gboolean
touched (DeskSignDialog *self)
{
  for (guint i = 0; i < N_ROLES; i++)
    if (desk_sign_signer_touched (self->signers[i]))
      return TRUE;
  return FALSE;
}

/* ── the paper beside ── */

/* The text as it is filled in by now, with the strokes on it. */
static gboolean
redraw (gpointer user_data)
{
  DeskSignDialog *self = user_data;
  Signing *signing = collect (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLetter) letter = desk_consent_preview (desk_page_get_reader (self->page), &signing->paper, &error);

  self->redraw = 0;
  if (letter)
    desk_letter_preview_set (self->preview, desk_letter_layout_new (letter, NULL));
  else
    desk_toast_error (GTK_WIDGET (self->page), error);
  signing_free (signing);
  return G_SOURCE_REMOVE;
}

static void
on_changed (DeskSignDialog *self)
{
  gtk_label_set_text (self->problem, "");
  if (self->preview && self->redraw == 0)
    self->redraw = g_timeout_add (REDRAW, redraw, self);
}

static void
fill_boxes (DeskSignDialog *self)
{
  Signing *signing = collect (self);
  g_autoptr (DeskLetter) letter = desk_consent_preview (desk_page_get_reader (self->page), &signing->paper, NULL);

  for (guint i = 0; letter && i < self->boxes->len; i++)
    {
      g_autofree char *words = desk_consent_box_words (letter, ((DeskConsentItem *) self->boxes->pdata[i])->code);

      GtkWidget *label = gtk_label_new (words);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
      gtk_check_button_set_child (self->checks->pdata[i], label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->checks->pdata[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
    }
  signing_free (signing);
}

static void
on_language (DeskSignDialog *self)
{
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->language_row));

  if (chosen < g_strv_length (self->languages))
    {
      g_free (self->language);
      self->language = g_strdup (self->languages[chosen]);
      fill_boxes (self);
      on_changed (self);
    }
}

/* ── signing ── */

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Signing *signing = data;

  return desk_consent_sign_on_screen (db, signing->contents, &signing->paper, error);
}

static gboolean
work_paper (DeskDb *db, gpointer data, GError **error)
{
  Signing *signing = data;

  return desk_consent_sign (db, signing->consent_id, &signing->written, error);
}

static void
on_ran (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskSignDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  const Signing *signing = desk_session_run_finish (DESK_SESSION (source), result, &error);

  self->running = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit), TRUE);
  if (!signing)
    {
      g_autofree char *words = desk_words_error (error);

      gtk_label_set_text (self->problem, words);
      return;
    }
  desk_toast (GTK_WIDGET (self->page),
              !self->strokes ? _("The signed consent is in the register.")
              : signing->paper.document_id ? _("Signed. The paper with the signatures is among the patient’s papers.")
                                           : _("Signed and in the register. The papers are locked: the signed copy is added once they are unlocked."));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
action_submit (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskSignDialog *self = DESK_SIGN_DIALOG (widget);

  if (self->running)
    return;
  self->running = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit), FALSE);
  desk_session_run_async (desk_page_get_session (self->page), self->strokes ? work : work_paper, collect (self), signing_free, NULL,
                          on_ran, g_object_ref (self));
}

static void
discard (gpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (user_data));
}

static gboolean
desk_sign_dialog_close_request (GtkWindow *window)
{
  DeskSignDialog *self = DESK_SIGN_DIALOG (window);

  if (self->running)
    return TRUE;
  if (!touched (self))
    return FALSE;
  desk_leave_ask (window, discard, g_object_ref (self), g_object_unref);
  return TRUE;
}

static void
action_close (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_window_close (GTK_WINDOW (widget));
}

/* ── looks ── */

static GtkWidget *
add_entry (DeskSignDialog *self, const char *title, DeskDay day)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *text = desk_day_format (day);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_preferences_group_add (self->group, row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_changed), self);
  return row;
}

static void
add_languages (DeskSignDialog *self)
{
  g_autoptr (GListModel) names = desk_language_names ((const char *const *) self->languages);
  guint chosen = 0;

  while (self->languages[chosen] && !g_str_equal (self->languages[chosen], self->language))
    chosen++;
  self->language_row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->language_row), _("Language of the text"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->language_row), names);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->language_row), chosen);
  adw_preferences_group_add (self->group, self->language_row);
  g_signal_connect_swapped (self->language_row, "notify::selected", G_CALLBACK (on_language), self);
}

static void
add_boxes (DeskSignDialog *self, GtkBox *column)
{
  for (guint i = 0; i < self->boxes->len; i++)
    {
      GtkWidget *check = gtk_check_button_new ();

      g_ptr_array_add (self->checks, check);
      gtk_box_append (column, check);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_changed), self);
    }
  fill_boxes (self);
}

static void
add_signers (DeskSignDialog *self, GtkBox *column)
{
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_page_get_reader (self->page), self->patient_id, NULL);
  g_autofree char *name = patient ? desk_patient_name (patient) : g_strdup ("");

  for (guint i = 0; i < N_ROLES; i++)
    {
      const char *role = desk_consent_roles ()[i];
      GtkWidget *signer = desk_sign_signer_new (self->page, role, i == 0 ? name : "", self->strokes);

      self->signers[i] = DESK_SIGN_SIGNER (signer);
      g_signal_connect_swapped (signer, "changed", G_CALLBACK (on_changed), self);
      gtk_box_append (column, signer);
    }
  desk_sign_signer_set_open (self->signers[0], TRUE);
}

static GtkWidget *
make_column (DeskSignDialog *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new (), *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (column, "sign-column");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), column);
  gtk_widget_set_size_request (scroll, 430, -1);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_widget_set_hexpand (scroll, !self->strokes);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->group));
  if (self->languages)
    add_languages (self);
  else
    self->day = add_entry (self, _("Day beside the signature"), desk_page_get_today (self->page));
  if (desk_consent_purpose (self->name) == DESK_CONSENT_STORAGE)
    self->until = add_entry (self, _("Cells are kept until"), desk_day_add_months (desk_page_get_today (self->page), STORED_MONTHS));
  add_signers (self, GTK_BOX (column));
  /* The boxes stand above the signatures; their words need the rest to be there. */
  GtkWidget *boxes = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_insert_child_after (GTK_BOX (column), boxes, GTK_WIDGET (self->group));
  add_boxes (self, GTK_BOX (boxes));
  return scroll;
}

static GtkWidget *
make_foot (DeskSignDialog *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->problem = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->problem), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  self->submit = GTK_BUTTON (gtk_button_new_with_mnemonic (self->strokes ? _("_Save as Signed") : _("_Write Down as Signed")));
  gtk_widget_add_css_class (GTK_WIDGET (self->submit), "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->submit), "sign.submit");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "sign.close");
  gtk_widget_add_css_class (foot, "sign-foot");
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (foot), cancel);
  gtk_box_append (GTK_BOX (foot), GTK_WIDGET (self->submit));
  return foot;
}

static void
build (DeskSignDialog *self, const char *title)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  gtk_window_set_title (GTK_WINDOW (self), title);
  if (self->strokes)
    {
      GtkWidget *scroll = gtk_scrolled_window_new ();

      self->preview = g_object_new (DESK_TYPE_LETTER_PREVIEW, NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->preview), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->preview));
      gtk_widget_set_hexpand (scroll, TRUE);
      gtk_widget_set_focusable (scroll, TRUE);
      gtk_box_append (GTK_BOX (middle), scroll);
    }
  gtk_box_append (GTK_BOX (middle), make_column (self));
  gtk_box_append (GTK_BOX (all), header);
  gtk_box_append (GTK_BOX (all), middle);
  gtk_box_append (GTK_BOX (all), make_foot (self));
  adw_window_set_content (ADW_WINDOW (self), all);
  gtk_window_set_default_size (GTK_WINDOW (self), self->strokes ? 1240 : 480, 700);
  if (self->preview)
    redraw (self);
}

static void
desk_sign_dialog_dispose (GObject *object)
{
  g_clear_handle_id (&DESK_SIGN_DIALOG (object)->redraw, g_source_remove);
  G_OBJECT_CLASS (desk_sign_dialog_parent_class)->dispose (object);
}

static void
desk_sign_dialog_finalize (GObject *object)
{
  DeskSignDialog *self = DESK_SIGN_DIALOG (object);

  g_free (self->name);
  g_free (self->language);
  g_strfreev (self->languages);
  g_clear_pointer (&self->boxes, g_ptr_array_unref);
  g_ptr_array_unref (self->checks);
  G_OBJECT_CLASS (desk_sign_dialog_parent_class)->finalize (object);
}

static void
desk_sign_dialog_class_init (DeskSignDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_sign_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_sign_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = desk_sign_dialog_close_request;
  gtk_widget_class_install_action (widget_class, "sign.submit", NULL, action_submit);
  gtk_widget_class_install_action (widget_class, "sign.close", NULL, action_close);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "sign.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "sign.submit", NULL);
}

static void
desk_sign_dialog_init (DeskSignDialog *self)
{
  self->checks = g_ptr_array_new ();
}

static DeskSignDialog *
make (DeskPage *page, gint64 patient_id, const char *name, gboolean strokes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) boxes = desk_consent_boxes (desk_page_get_reader (page), name, &error);

  if (!boxes)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return NULL;
    }
  DeskSignDialog *self = g_object_new (DESK_TYPE_SIGN_DIALOG, "modal", TRUE, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  self->page = page;
  self->patient_id = patient_id;
  self->name = g_strdup (name);
  self->strokes = strokes;
  self->boxes = g_steal_pointer (&boxes);
  return self;
}

/* Shows a text to a patient, in the patient's language, to be signed on the screen. open_id: the consent whose paper was
 * given out before and is replaced, or 0. NULL, with the reason told, where that cannot be. */
DeskSignDialog *
desk_sign_dialog_screen (DeskPage *page, gint64 patient_id, const char *name, gint64 open_id)
{
  DeskDb *db = desk_page_get_reader (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPatient) patient = desk_patient_load (db, patient_id, &error);
  g_autofree char *language = patient ? desk_consent_language_for (db, name, patient->languages, &error) : NULL;
  DeskSignDialog *self = language ? make (page, patient_id, name, TRUE) : NULL;

  if (!self)
    {
      if (error)
        desk_toast_error (GTK_WIDGET (page), error);
      return NULL;
    }
  g_autofree char *who = desk_patient_name (patient);
  g_autofree char *title = g_strdup_printf ("%s · %s", desk_words ("letter", name), who);
  self->language = g_steal_pointer (&language);
  self->languages = desk_letter_template_languages (db, name, NULL);
  self->consent_id = open_id;
  build (self, title);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

/* Asks who signed a paper that came back, and when. document_id: its scan among the patient's papers, or 0. */
DeskSignDialog *
desk_sign_dialog_paper (DeskPage *page, gint64 consent_id, gint64 document_id)
{
  g_autoptr (GError) error = NULL;
  DeskDb *db = desk_page_get_reader (page);
  DeskSignDialog *self = NULL;
  DeskConsent *consent = desk_consent_load (db, consent_id, &error);

  if (consent)
    self = make (page, consent->patient_id, consent->name, FALSE);
  else
    desk_toast_error (GTK_WIDGET (page), error);
  if (self)
    {
      g_autofree char *title = g_strdup_printf (_("Signed on Paper: %s"), consent->number);

      self->consent_id = consent_id;
      self->document_id = document_id;
      self->language = g_strdup (consent->language);
      build (self, title);
      gtk_window_present (GTK_WINDOW (self));
    }
  desk_consent_free (consent);
  return self;
}

/* Lends who signs in a role. */
GtkWidget *
desk_sign_dialog_get_signer (DeskSignDialog *self, const char *role)
{
  for (guint i = 0; i < N_ROLES; i++)
    if (g_str_equal (desk_consent_roles ()[i], role))
      return GTK_WIDGET (self->signers[i]);
  return NULL;
}

/* Ticks the box with that code. */
void
desk_sign_dialog_agree (DeskSignDialog *self, const char *code)
{
  for (guint i = 0; i < self->boxes->len; i++)
    if (g_str_equal (((DeskConsentItem *) self->boxes->pdata[i])->code, code))
      gtk_check_button_set_active (self->checks->pdata[i], TRUE);
}
