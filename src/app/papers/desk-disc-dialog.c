#include "desk-disc-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-disc-compare.h"
#include "desk-disc-jobs.h"
#include "desk-disc-rows.h"
#include "desk-disc-told.h"
#include "desk-patient-picker.h"
#include "desk-patients.h"
#include "desk-words.h"

#define PICTURE_SIZE 512 /* pixels */
#define TICK 100         /* milliseconds between looks at the progress */
#define NAMESAKES 20     /* that are looked at for whose birth date fits */

/* A row of the list that can be ticked. */
typedef struct
{
  const DeskDiscPatient *patient;
  const DeskDiscStudy *study;
  GtkWidget *row, *check;
  gint64 whose; /* the patient among whose papers it is already; 0 */
} Line;

struct _DeskDiscDialog
{
  AdwWindow parent_instance;

  DeskPage *page;
  DeskDisc *disc;
  GArray *lines; /* Line */
  const DeskDiscPatient *ticked; /* whom the patient chosen was suggested for */
  DeskDiscProgress *progress;
  GCancellable *cancellable, *picture_cancellable;
  guint timer;
  gboolean ticking; /* boxes are being set, not clicked */
  gboolean differs; /* from the chart of the patient chosen */

  GtkStack *stack;
  GtkLabel *busy;
  GtkProgressBar *bar;
  AdwStatusPage *failed;
  GtkLabel *several;
  GtkListBox *studies;
  DeskPatientPicker *picker;
  GtkWidget *same, *differs_box;
  GtkListBox *differences;
  GtkEditable *reason;
  GtkStack *preview;
  GtkLabel *preview_words;
  GtkPicture *picture;
  GtkListBox *series;
};

G_DEFINE_FINAL_TYPE (DeskDiscDialog, desk_disc_dialog, ADW_TYPE_WINDOW)

static void
clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, row);
}

static gboolean
is_ticked (const Line *line)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (line->check));
}

/* The patient of the disc whose studies are ticked; NULL when none is. */
static const DeskDiscPatient *
ticked_patient (DeskDiscDialog *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (is_ticked (&g_array_index (self->lines, Line, i)))
      return g_array_index (self->lines, Line, i).patient;
  return NULL;
}

/* Whether Filing is possible. */
static void
update (DeskDiscDialog *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));
  gboolean found = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "found") == 0;
  gboolean ready = found && ticked_patient (self) && desk_patient_picker_get_id (self->picker) && !desk_page_get_read_only (self->page);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "disc.file", ready && (!self->differs || *reason));
}

/* Compares the patient chosen with the one whose studies are ticked. */
static void
compare (DeskDiscDialog *self)
{
  const DeskDiscPatient *patient = ticked_patient (self);
  gint64 id = desk_patient_picker_get_id (self->picker);
  g_autoptr (DeskPatient) chart = id && patient ? desk_patient_load (desk_page_get_reader (self->page), id, NULL) : NULL;

  clear_list (self->differences);
  self->differs = FALSE;
  if (chart)
    {
      DeskDiscPerson person = { patient->name, patient->birth, patient->sex };
      g_autoptr (DeskProblems) problems = desk_disc_compare (chart, &person);

      for (guint i = 0; i < problems->len; i++)
        gtk_list_box_append (self->differences, desk_disc_difference_row (desk_problems_get (problems, i), &person, chart));
      self->differs = problems->len > 0;
    }
  gtk_widget_set_visible (self->same, chart && !self->differs);
  gtk_widget_set_visible (self->differs_box, self->differs);
  update (self);
}

static void
focus_studies (DeskDiscDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->studies);

  if (row)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_picked (DeskDiscDialog *self)
{
  compare (self);
  /* What comes next at the keys: say why, or file. */
  if (self->differs)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (self->reason)));
  else if (desk_patient_picker_get_id (self->picker))
    focus_studies (self);
}

/* The one patient of that name and birth date, or the only one of that name; 0 when there is none or doubt. */
static gint64
find_namesake (DeskDiscDialog *self, const DeskDiscPatient *patient)
{
  DeskDb *db = desk_page_get_reader (self->page);
  g_autofree char *name = g_strndup (patient->name, strcspn (patient->name, "="));
  gint64 found = 0;
  guint n = 0;

  g_strstrip (g_strdelimit (name, "^", ' '));
  g_autoptr (GArray) ids = *name ? desk_patient_match (db, name, NAMESAKES, NULL) : NULL;
  for (guint i = 0; ids && i < ids->len; i++)
    {
      g_autoptr (DeskPatient) chart = desk_patient_load (db, g_array_index (ids, gint64, i), NULL);

      if (!chart || !*patient->birth || g_strcmp0 (chart->birth, patient->birth) != 0)
        continue;
      found = chart->id;
      n++;
    }
  if (n == 1)
    return found;
  return n == 0 && ids && ids->len == 1 ? g_array_index (ids, gint64, 0) : 0;
}

/* Who it may be: whoever has one of the studies, or who is found by the name. */
static void
suggest (DeskDiscDialog *self, const DeskDiscPatient *patient)
{
  gint64 whose = 0;

  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, Line, i).patient == patient && g_array_index (self->lines, Line, i).whose)
      whose = g_array_index (self->lines, Line, i).whose;
  self->ticked = patient;
  desk_patient_picker_set_id (self->picker, whose ? whose : find_namesake (self, patient));
}

/* Studies of two patients never go together. */
static void
on_toggled (GtkCheckButton *check, DeskDiscDialog *self)
{
  const DeskDiscPatient *patient = NULL;

  if (self->ticking)
    return;
  self->ticking = TRUE;
  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, Line, i).check == GTK_WIDGET (check))
      patient = g_array_index (self->lines, Line, i).patient;
  for (guint i = 0; i < self->lines->len && gtk_check_button_get_active (check); i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (line->patient != patient)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (line->check), FALSE);
    }
  self->ticking = FALSE;
  /* A chart that was chosen for one patient of the disc is not meant for another. */
  if (gtk_check_button_get_active (check) && patient != self->ticked)
    suggest (self, patient);
  compare (self);
}

static void
say_instead (DeskDiscDialog *self, const char *words)
{
  gtk_label_set_label (self->preview_words, words);
  gtk_stack_set_visible_child_name (self->preview, "words");
}

static void
on_preview (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskDiscDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskPreview) preview = desk_disc_preview_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->disc || !self->picture)
    return;
  if (!preview)
    {
      g_autofree char *words = desk_words_error (error);
      say_instead (self, g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND) ? _("No picture in this series.") : words);
      return;
    }
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (preview->width, preview->height, GDK_MEMORY_R8G8B8A8, preview->pixels,
                                                           (gsize) preview->stride);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child_name (self->preview, "picture");
}

static void
on_series_selected (GtkListBox *list, GtkListBoxRow *row, DeskDiscDialog *self)
{
  const DeskDiscSeries *series = row ? g_object_get_data (G_OBJECT (row), "series") : NULL;

  g_cancellable_cancel (self->picture_cancellable);
  g_clear_object (&self->picture_cancellable);
  if (!series || !self->disc)
    return;
  self->picture_cancellable = g_cancellable_new ();
  say_instead (self, _("Reading the picture…"));
  desk_disc_preview_async (self->disc, series, PICTURE_SIZE, self->picture_cancellable, on_preview, g_object_ref (self));
}

static Line *
find_line (DeskDiscDialog *self, GtkListBoxRow *row)
{
  for (guint i = 0; row && i < self->lines->len; i++)
    if (g_array_index (self->lines, Line, i).row == GTK_WIDGET (row))
      return &g_array_index (self->lines, Line, i);
  return NULL;
}

static void
on_study_selected (GtkListBox *list, GtkListBoxRow *row, DeskDiscDialog *self)
{
  const Line *line = find_line (self, row);

  clear_list (self->series);
  for (guint i = 0; line && i < line->study->series->len; i++)
    {
      GtkWidget *one = desk_disc_series_row (g_ptr_array_index (line->study->series, i));

      g_object_set_data (G_OBJECT (one), "series", g_ptr_array_index (line->study->series, i));
      gtk_list_box_append (self->series, one);
    }
  gtk_list_box_select_row (self->series, gtk_list_box_get_row_at_index (self->series, 0));
}

/* Enter or Space on a study ticks it. */
static void
on_study_activated (GtkListBox *list, GtkListBoxRow *row, DeskDiscDialog *self)
{
  const Line *line = find_line (self, row);

  if (line)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (line->check), !is_ticked (line));
}

static void
add_study (DeskDiscDialog *self, const DeskDiscPatient *patient, const DeskDiscStudy *study)
{
  Line line = { .patient = patient, .study = study };
  g_autoptr (GError) error = NULL;
  gint64 document_id = 0;

  if (*study->uid && !desk_study_find (desk_page_get_reader (self->page), study->uid, &document_id, &line.whose, &error))
    g_warning ("cannot look for the study: %s", error->message);
  line.row = desk_disc_study_row (study, line.whose != 0, &line.check);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line.row), TRUE);
  /* With one patient all that is new is meant. */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (line.check), self->disc->patients->len == 1 && line.whose == 0 && study->files > 0);
  gtk_widget_set_sensitive (line.check, study->files > 0);
  g_signal_connect (line.check, "toggled", G_CALLBACK (on_toggled), self);
  g_array_append_val (self->lines, line);
  gtk_list_box_append (self->studies, line.row);
}

static void
fail (DeskDiscDialog *self, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_status_page_set_description (self->failed, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failed");
  update (self);
}

static void
fill (DeskDiscDialog *self)
{
  GtkWidget *problems = desk_disc_problems_row (self->disc);
  guint n = self->disc->patients->len;

  for (guint i = 0; i < n; i++)
    {
      const DeskDiscPatient *patient = g_ptr_array_index (self->disc->patients, i);

      gtk_list_box_append (self->studies, desk_disc_patient_row (patient));
      for (guint j = 0; j < patient->studies->len; j++)
        add_study (self, patient, g_ptr_array_index (patient->studies, j));
    }
  if (problems)
    gtk_list_box_append (self->studies, problems);
  if (n > 1)
    {
      g_autofree char *words = g_strdup_printf (g_dngettext (NULL, "⚠ There is %u patient on this disc. Tick the studies of one.",
                                                             "⚠ There are %u patients on this disc. Tick the studies of one.", n), n);
      gtk_label_set_label (self->several, words);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->several), n > 1);
  gtk_stack_set_visible_child_name (self->stack, "found");
  if (n == 1)
    suggest (self, g_ptr_array_index (self->disc->patients, 0));
  if (self->lines->len > 0)
    gtk_list_box_select_row (self->studies, GTK_LIST_BOX_ROW (g_array_index (self->lines, Line, 0).row));
  compare (self);
  if (self->differs)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (self->reason)));
  else if (n > 1 || desk_patient_picker_get_id (self->picker))
    focus_studies (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->picker));
}

static gboolean
show_progress (gpointer user_data)
{
  DeskDiscDialog *self = user_data;

  gtk_progress_bar_set_fraction (self->bar, g_atomic_int_get (&self->progress->thousandths) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
wait_for (DeskDiscDialog *self, const char *words)
{
  gtk_label_set_label (self->busy, words);
  g_atomic_int_set (&self->progress->thousandths, 0);
  gtk_stack_set_visible_child_name (self->stack, "busy");
  if (!self->timer)
    self->timer = g_timeout_add (TICK, show_progress, self);
  update (self);
}

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskDiscDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskDisc) disc = desk_disc_scan_finish (result, &error);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->stack)
    return;
  if (disc && disc->patients->len > 0)
    {
      self->disc = g_steal_pointer (&disc);
      fill (self);
      return;
    }
  g_autofree char *words = error ? desk_words_error (error) : NULL;
  fail (self, words ? words : _("There are no DICOM pictures in this folder."));
}

static void
tell_not_filed (DeskDiscDialog *self, const GError *error)
{
  g_autofree char *why = desk_words_error (error);
  gboolean taken = g_error_matches (error, DESK_ERROR, DESK_ERROR_TAKEN);
  /* Translators: what went wrong with filing */
  g_autofree char *words = g_strdup_printf (_("⚠ Nothing was filed. %s"), taken ? _("The patient has these pictures already.") : why);

  gtk_label_set_label (self->several, words);
  gtk_widget_set_visible (GTK_WIDGET (self->several), TRUE);
}

/* What the end of a filing needs, also when the dialog is closed by then. */
typedef struct
{
  DeskDiscDialog *dialog;
  DeskPage *page;
  DeskDiscFiling *filing;
} Filed;

static void
filed_free (Filed *filed)
{
  g_object_unref (filed->dialog);
  g_object_unref (filed->page);
  desk_disc_filing_unref (filed->filing);
  g_free (filed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Filed, filed_free)

static void
on_filed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Filed) filed = user_data;
  DeskDiscDialog *self = filed->dialog;
  g_autoptr (GError) error = NULL;
  gboolean ok = desk_disc_filing_finish (result, &error);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (ok && gtk_widget_get_root (GTK_WIDGET (filed->page)))
    desk_disc_tell_filed (filed->page, filed->filing);
  if (!self->stack)
    return;
  if (ok)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  /* What was chosen and typed is still there. */
  gtk_stack_set_visible_child_name (self->stack, "found");
  compare (self);
  tell_not_filed (self, error);
}

static void
action_file (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskDiscDialog *self = DESK_DISC_DIALOG (widget);
  g_autoptr (DeskDiscFiling) filing
      = desk_disc_filing_new (self->disc, desk_page_get_session (self->page), desk_page_get_contents (self->page));

  filing->patient = ticked_patient (self);
  filing->patient_id = desk_patient_picker_get_id (self->picker);
  filing->reason = g_strstrip (g_strdup (self->differs ? gtk_editable_get_text (self->reason) : ""));
  filing->progress = g_atomic_rc_box_acquire (self->progress);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (is_ticked (line))
        g_ptr_array_add (filing->studies, (gpointer) line->study);
      if (is_ticked (line) && line->whose)
        g_ptr_array_add (filing->again, (gpointer) line->study);
    }
  wait_for (self, _("Copying the pictures…"));
  Filed *filed = g_new (Filed, 1);
  *filed = (Filed){ g_object_ref (self), g_object_ref (self->page), g_atomic_rc_box_acquire (filing) };
  desk_disc_filing_async (filing, self->cancellable, on_filed, filed);
}

/* Files; or goes to what is missing for that. */
static gboolean
on_file_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  DeskDiscDialog *self = DESK_DISC_DIALOG (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "found") != 0)
    return FALSE;
  if (!ticked_patient (self))
    focus_studies (self);
  else if (!desk_patient_picker_get_id (self->picker))
    gtk_widget_grab_focus (GTK_WIDGET (self->picker));
  else if (self->differs && strspn (gtk_editable_get_text (self->reason), " ") == strlen (gtk_editable_get_text (self->reason)))
    gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_delegate (self->reason)));
  else
    gtk_widget_activate_action (widget, "disc.file", NULL);
  return TRUE;
}

static void
desk_disc_dialog_dispose (GObject *object)
{
  DeskDiscDialog *self = DESK_DISC_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->picture_cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->page);
  self->stack = NULL;
  self->picture = NULL;
  G_OBJECT_CLASS (desk_disc_dialog_parent_class)->dispose (object);
}

static void
desk_disc_dialog_finalize (GObject *object)
{
  DeskDiscDialog *self = DESK_DISC_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->picture_cancellable);
  g_array_unref (self->lines);
  desk_disc_unref (self->disc);
  desk_disc_progress_unref (self->progress);
  G_OBJECT_CLASS (desk_disc_dialog_parent_class)->finalize (object);
}

static void
desk_disc_dialog_class_init (DeskDiscDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_disc_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_disc_dialog_finalize;
  g_type_ensure (DESK_TYPE_PATIENT_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-disc-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, busy);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, several);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, studies);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, picker);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, same);
  gtk_widget_class_bind_template_child_full (widget_class, "differs", FALSE, G_STRUCT_OFFSET (DeskDiscDialog, differs_box));
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, differences);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, preview_words);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, DeskDiscDialog, series);
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_study_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_study_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_series_selected);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "disc.file", NULL, action_file);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, on_file_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, on_file_key, NULL);
}

static void
desk_disc_dialog_init (DeskDiscDialog *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->progress = desk_disc_progress_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Reads the folder and shows what is on it; page is of the window that asks. */
void
desk_disc_dialog_show (DeskPage *page, const char *folder)
{
  DeskDiscDialog *self
      = g_object_new (DESK_TYPE_DISC_DIALOG, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);

  self->page = g_object_ref (page);
  desk_patient_picker_set_db (self->picker, desk_page_get_reader (page));
  wait_for (self, _("Reading the disc…"));
  desk_disc_scan_async (folder, self->progress, self->cancellable, on_scanned, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}

static void
on_chosen (GtkNativeDialog *chooser, int response, DeskPage *page)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autofree char *folder = g_file_get_path (file);

      if (folder)
        desk_disc_dialog_show (page, folder);
    }
  g_object_unref (chooser);
}

/* Asks for the folder first. */
void
desk_disc_dialog_choose (DeskPage *page)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Read a Disc or Folder"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Read"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_chosen), page, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
