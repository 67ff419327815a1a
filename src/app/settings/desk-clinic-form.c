#include "desk-clinic-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-clinics.h"
#include "desk-setup-row.h"
#include "desk-toast.h"
#include "desk-words.h"

/* Each text of the record has a row of that name in the template. */
static const struct
{
  const char *name;
  gsize offset;
} texts[] = {
#define TEXT(field) { #field, G_STRUCT_OFFSET (DeskClinic, field) }
  TEXT (name),  TEXT (name_ja), TEXT (director), TEXT (director_ja), TEXT (address),  TEXT (address_ja),
  TEXT (contact), TEXT (contact_ja), TEXT (department), TEXT (department_ja),
  TEXT (bank),  TEXT (bank_ja),
  TEXT (phone), TEXT (fax),     TEXT (email),    TEXT (plan_number), TEXT (facility), TEXT (approval),
#undef TEXT
};

struct _DeskClinicForm
{
  DeskSetupPage parent_instance;

  DeskClinic *clinic; /* as loaded */
  gboolean dirty, filling;

  AdwEntryRow *rows[G_N_ELEMENTS (texts)];
  AdwEntryRow *opens, *closes;
  AdwActionRow *closed_weekdays;
  GtkBox *days;
};

enum
{
  PROP_DIRTY = 1
};
enum
{
  SAVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskClinicForm, desk_clinic_form, DESK_TYPE_SETUP_PAGE)

static void
set_dirty (DeskClinicForm *self, gboolean dirty)
{
  if (self->dirty == dirty)
    return;
  self->dirty = dirty;
  g_object_notify (G_OBJECT (self), "dirty");
}

/* Whether something was typed that is not saved. */
gboolean
desk_clinic_form_is_dirty (DeskClinicForm *self)
{
  return self->dirty;
}

static void
on_edited (DeskClinicForm *self)
{
  if (!self->filling)
    set_dirty (self, TRUE);
}

static void
set_time (AdwEntryRow *row, int minute)
{
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* The first of the seven check buttons, Monday. */
static GtkWidget *
first_day (DeskClinicForm *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self->days));
}

static void
fill (DeskClinicForm *self)
{
  g_autoptr (DeskProblems) none = desk_problems_new ();
  const char *closed = self->clinic->closed_weekdays;
  int weekday = '1';

  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->rows[i]), G_STRUCT_MEMBER (char *, self->clinic, texts[i].offset));
      desk_setup_row_show_problem (ADW_PREFERENCES_ROW (self->rows[i]), none, texts[i].name);
    }
  set_time (self->opens, self->clinic->opens);
  set_time (self->closes, self->clinic->closes);
  desk_setup_row_say (ADW_PREFERENCES_ROW (self->opens), NULL, FALSE);
  desk_setup_row_say (ADW_PREFERENCES_ROW (self->closes), NULL, FALSE);
  for (GtkWidget *day = first_day (self); day; day = gtk_widget_get_next_sibling (day))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (day), strchr (closed, weekday++) != NULL);
  self->filling = FALSE;
  set_dirty (self, FALSE);
}

static void
reload (DeskClinicForm *self)
{
  g_autoptr (GError) error = NULL;
  DeskClinic *clinic = desk_clinic_load (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), &error);

  if (!clinic && !g_error_matches (error, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (!clinic)
    {
      clinic = g_new0 (DeskClinic, 1);
      desk_clinic_tidy (clinic);
      clinic->closed_weekdays = g_strdup ("7");
      clinic->opens = 9 * 60;
      clinic->closes = 18 * 60;
    }
  g_clear_pointer (&self->clinic, desk_clinic_free);
  self->clinic = clinic;
  fill (self);
}

/* What was typed stays until it is saved; that somebody else saved first is told then. */
static void
desk_clinic_form_refresh (DeskSetupPage *page)
{
  DeskClinicForm *self = DESK_CLINIC_FORM (page);
  gboolean read_only = desk_setup_page_get_read_only (page);

  if (self->dirty)
    return;
  reload (self);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    gtk_editable_set_editable (GTK_EDITABLE (self->rows[i]), !read_only);
  gtk_editable_set_editable (GTK_EDITABLE (self->opens), !read_only);
  gtk_editable_set_editable (GTK_EDITABLE (self->closes), !read_only);
  gtk_widget_set_sensitive (GTK_WIDGET (self->days), !read_only);
}

static int
collect_time (AdwEntryRow *row, const char *field, DeskProblems *problems)
{
  int minute = 0;

  if (!desk_book_parse_time (gtk_editable_get_text (GTK_EDITABLE (row)), &minute))
    desk_problems_add (problems, field, "not-a-time", NULL);
  return minute;
}

static DeskClinic *
collect (DeskClinicForm *self, DeskProblems *problems)
{
  DeskClinic *clinic = g_new0 (DeskClinic, 1);
  GString *closed = g_string_new (NULL);
  char weekday = '1';

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, clinic, texts[i].offset) = desk_setup_row_dup_text (self->rows[i]);
  for (GtkWidget *day = first_day (self); day; day = gtk_widget_get_next_sibling (day))
    {
      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (day)))
        g_string_append_c (closed, weekday);
      weekday++;
    }
  clinic->closed_weekdays = g_string_free (closed, FALSE);
  clinic->uuid = g_strdup (self->clinic->uuid);
  clinic->zone = g_strdup (self->clinic->zone);
  clinic->is_sample = self->clinic->is_sample;
  clinic->version = self->clinic->version;
  clinic->opens = collect_time (self->opens, "opens", problems);
  clinic->closes = collect_time (self->closes, "closes", problems);
  if (problems->len == 0)
    desk_clinic_check (clinic, problems);
  return clinic;
}

static void
show_problems (DeskClinicForm *self, const DeskProblems *problems)
{
  GtkWidget *first = NULL;
  AdwEntryRow *hours[] = { self->opens, self->closes };
  const char *const hour_names[] = { "opens", "closes" };

  for (guint i = 0; i < G_N_ELEMENTS (texts) + 2; i++)
    {
      AdwEntryRow *row = i < G_N_ELEMENTS (texts) ? self->rows[i] : hours[i - G_N_ELEMENTS (texts)];
      const char *field = i < G_N_ELEMENTS (texts) ? texts[i].name : hour_names[i - G_N_ELEMENTS (texts)];
      const DeskProblem *problem = desk_problems_find (problems, field);

      desk_setup_row_show_problem (ADW_PREFERENCES_ROW (row), problems, field);
      if (problem && !problem->warning && !first)
        first = GTK_WIDGET (row);
    }
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (self->closed_weekdays), problems, "closed_weekdays");
  if (first)
    gtk_widget_grab_focus (first);
}

static void
on_conflict_answer (AdwMessageDialog *dialog, const char *response, DeskClinicForm *self)
{
  g_autoptr (GError) error = NULL;

  if (g_str_equal (response, "theirs"))
    reload (self);
  if (!g_str_equal (response, "mine"))
    return;

  g_autoptr (DeskClinic) now = desk_clinic_load (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), &error);
  if (!now)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  self->clinic->version = now->version;
  desk_clinic_form_save (self);
}

static void
tell_conflict (DeskClinicForm *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Somebody else has changed the clinic’s record"),
      _("What you typed is still here. Take over theirs, or save yours in its place."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Go On Editing"), "theirs",
                                    _("Take _Theirs"), "mine", _("Save _Mine"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "theirs", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "mine", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_conflict_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_clinic_save (db, data, error);
}

static void
on_saved (DeskSetupPage *page, gpointer data, const GError *error)
{
  DeskClinicForm *self = DESK_CLINIC_FORM (page);

  if (g_error_matches (error, DESK_ERROR, DESK_ERROR_CONFLICT)
      || g_error_matches (error, DESK_ERROR, DESK_ERROR_TAKEN))
    tell_conflict (self);
  else if (error)
    desk_toast_error (GTK_WIDGET (self), error);
  if (error)
    return;

  g_autoptr (DeskProblems) problems = desk_problems_new ();
  desk_clinic_check (data, problems);
  reload (self);
  show_problems (self, problems);
  desk_toast (GTK_WIDGET (self), _("Saved"));
  g_signal_emit (self, signals[SAVED], 0);
}

/* Checks and saves what was typed; "saved" follows. FALSE when it was not sent: problems stand at their fields. */
gboolean
desk_clinic_form_save (DeskClinicForm *self)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskSetupPage *page = DESK_SETUP_PAGE (self);

  if (desk_setup_page_get_read_only (page) || desk_setup_page_is_busy (page))
    return FALSE;
  DeskClinic *clinic = collect (self, problems);
  show_problems (self, problems);
  if (desk_problems_block (problems))
    {
      desk_clinic_free (clinic);
      return FALSE;
    }
  desk_setup_page_run (page, save_work, clinic, (GDestroyNotify) desk_clinic_free, on_saved);
  return TRUE;
}

static void
desk_clinic_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DIRTY)
    g_value_set_boolean (value, DESK_CLINIC_FORM (object)->dirty);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
desk_clinic_form_finalize (GObject *object)
{
  g_clear_pointer (&DESK_CLINIC_FORM (object)->clinic, desk_clinic_free);
  G_OBJECT_CLASS (desk_clinic_form_parent_class)->finalize (object);
}

static void
desk_clinic_form_class_init (DeskClinicFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = desk_clinic_form_get_property;
  G_OBJECT_CLASS (klass)->finalize = desk_clinic_form_finalize;
  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_clinic_form_refresh;

  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_DIRTY,
      g_param_spec_boolean ("dirty", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  /* saved: the record as typed is in the store. */
  signals[SAVED]
      = g_signal_new ("saved", DESK_TYPE_CLINIC_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-clinic-form.ui");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    gtk_widget_class_bind_template_child_full (widget_class, texts[i].name, FALSE,
                                               G_STRUCT_OFFSET (DeskClinicForm, rows) + i * sizeof (AdwEntryRow *));
  gtk_widget_class_bind_template_child (widget_class, DeskClinicForm, opens);
  gtk_widget_class_bind_template_child (widget_class, DeskClinicForm, closes);
  gtk_widget_class_bind_template_child (widget_class, DeskClinicForm, closed_weekdays);
  gtk_widget_class_bind_template_child (widget_class, DeskClinicForm, days);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
}

static void
desk_clinic_form_init (DeskClinicForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
