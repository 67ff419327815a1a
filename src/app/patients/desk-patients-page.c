#include "desk-patients-page.h"

#include <glib/gi18n.h>

#include "desk-duplicate-list.h"
#include "desk-duplicates-window.h"
#include "desk-export-dialog.h"
#include "desk-import-window.h"
#include "desk-label-dialog.h"
#include "desk-leave.h"
#include "desk-calendar-save.h"
#include "desk-list-acts.h"
#include "desk-list-model.h"
#include "desk-merge-with.h"
#include "desk-one-stop.h"
#include "desk-patient-form.h"
#include "desk-patient-row.h"
#include "desk-patient-saving.h"
#include "desk-patient-view.h"
#include "desk-plan-all-window.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

#define SEARCH_LIMIT 100

struct _DeskPatientsPage
{
  DeskPage parent_instance;

  DeskListModel *model;
  gint64 patient_id; /* shown or edited; 0 for none or a new one */
  gboolean selecting; /* the selection is being put right, not chosen */
  guint emptied;      /* the search has been emptied: source that shows all */

  GtkSearchEntry *search;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkLabel *count;
  GtkDropDown *sort;
  GtkStack *right;
  AdwStatusPage *empty;
  GtkWidget *book_button;
  DeskPatientView *view;
  DeskPatientForm *form;
  DeskDuplicateList *others;
};

G_DEFINE_FINAL_TYPE (DeskPatientsPage, desk_patients_page, DESK_TYPE_PAGE)

static GPtrArray *
read_rows (const gint64 *ids, guint n_ids, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = desk_patient_rows (desk_page_get_reader (user_data), ids, n_ids, &error);

  if (!rows)
    g_warning ("cannot read patients: %s", error->message);
  return rows;
}

static void
select_id (DeskPatientsPage *self, gint64 id)
{
  self->selecting = TRUE;
  desk_list_model_select (self->model, self->selection, id);
  self->selecting = FALSE;
}

static void reveal (DeskPatientsPage *self);

static gboolean
on_laid_out (GtkWidget *list, GdkFrameClock *clock, gpointer user_data)
{
  if (gtk_widget_get_height (list) == 0)
    return G_SOURCE_CONTINUE;
  reveal (user_data);
  return G_SOURCE_REMOVE;
}

/* Brings the row of the patient shown into view. A list that was never laid out would show that row alone for ever,
 * so it waits until it is. */
static void
reveal (DeskPatientsPage *self)
{
  if (gtk_widget_get_height (GTK_WIDGET (self->list)) == 0)
    {
      gtk_widget_add_tick_callback (GTK_WIDGET (self->list), on_laid_out, self, NULL);
      return;
    }

  guint position = gtk_single_selection_get_selected (self->selection);

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static void
requery (DeskPatientsPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  DeskDb *db = desk_page_get_reader (DESK_PAGE (self));
  g_autoptr (GError) error = NULL;
  gboolean searching = *text != '\0';
  GArray *ids = searching ? desk_patient_search (db, text, SEARCH_LIMIT, &error)
                          : desk_patient_ids (db, (DeskPatientSort) gtk_drop_down_get_selected (self->sort), &error);

  if (!ids)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }

  g_autofree char *count
      = searching && ids->len >= SEARCH_LIMIT
            ? g_strdup_printf (_("The first %u"), ids->len)
            : g_strdup_printf (g_dngettext (NULL, "%u patient", "%u patients", ids->len), ids->len);
  gtk_label_set_label (self->count, count);
  adw_status_page_set_title (self->empty, searching || ids->len > 0 ? _("Choose a Patient") : _("No Patients Yet"));
  desk_list_model_set_ids (self->model, ids);
  select_id (self, self->patient_id);
}

static void
show_patient (DeskPatientsPage *self, gint64 id)
{
  self->patient_id = id;
  if (id)
    desk_patient_view_show (self->view, DESK_PAGE (self), id);
  gtk_stack_set_visible_child_name (self->right, id ? "view" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "patients.edit", id != 0 && !desk_page_get_read_only (DESK_PAGE (self)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "patients.book", id != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "patients.add-paper", id != 0 && !desk_page_get_read_only (DESK_PAGE (self)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "patients.merge-with", id != 0 && !desk_page_get_read_only (DESK_PAGE (self)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "patients.letters", id != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "patients.export", id != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "patients.labels", id != 0);
}

static gboolean
editing (DeskPatientsPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->right), "form") == 0;
}

static void
edit (DeskPatientsPage *self, const DeskPatient *patient)
{
  gtk_stack_set_visible_child_name (self->right, "form");
  desk_patient_form_fill (self->form, patient, desk_page_get_today (DESK_PAGE (self)));
}

typedef struct
{
  DeskPatientsPage *self;
  gint64 next; /* the patient to show when what is typed is given up */
} LeaveData;

static void
leave (gpointer user_data)
{
  LeaveData *data = user_data;

  show_patient (data->self, data->next);
  select_id (data->self, data->next);
}

static void
leave_data_free (gpointer data)
{
  g_object_unref (((LeaveData *) data)->self);
  g_free (data);
}

/* What has been typed is never given up silently. */
static void
ask_to_leave (DeskPatientsPage *self, gint64 next)
{
  LeaveData *data = g_new (LeaveData, 1);

  *data = (LeaveData){ g_object_ref (self), next };
  desk_leave_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), leave, data, leave_data_free);
}

static void
choose (DeskPatientsPage *self, gint64 id)
{
  if (editing (self) && desk_patient_form_is_dirty (self->form))
    {
      select_id (self, self->patient_id);
      ask_to_leave (self, id);
      return;
    }
  show_patient (self, id);
}

static void
on_selected (GtkSingleSelection *selection, GParamSpec *pspec, DeskPatientsPage *self)
{
  guint position = gtk_single_selection_get_selected (selection);

  if (!self->selecting && position != GTK_INVALID_LIST_POSITION)
    choose (self, desk_list_model_get_id (self->model, position));
}

static gboolean
on_emptied (gpointer user_data)
{
  DeskPatientsPage *self = user_data;

  self->emptied = 0;
  requery (self);
  return G_SOURCE_REMOVE;
}

/* The entry is empty for a moment when what is selected is typed over: all are shown, which costs most, only when it
 * stays empty until the frame. */
static void
on_search_changed (GtkSearchEntry *search, DeskPatientsPage *self)
{
  g_clear_handle_id (&self->emptied, g_source_remove);
  if (*gtk_editable_get_text (GTK_EDITABLE (search)))
    requery (self);
  else
    self->emptied = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_emptied, self, NULL);
}

static void
on_row_activated (GtkListView *list, guint position, DeskPatientsPage *self)
{
  gint64 id = desk_list_model_get_id (self->model, position);

  if (!id)
    return;
  choose (self, id);
  select_id (self, self->patient_id);
}

/* Enter opens the only or the first hit. */
static void
on_search_activate (GtkSearchEntry *search, DeskPatientsPage *self)
{
  on_row_activated (self->list, 0, self);
}

static void
on_search_stop (GtkSearchEntry *search, DeskPatientsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (search), "");
}

static void
on_sort_changed (GtkDropDown *sort, GParamSpec *pspec, DeskPatientsPage *self)
{
  if (desk_page_get_session (DESK_PAGE (self)))
    requery (self);
}

static void
saved (DeskPage *page, const DeskPatient *patient)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (page);
  g_autofree char *name = desk_patient_name (patient);
  g_autofree char *text = g_strdup_printf (_("%s saved"), name);

  self->patient_id = patient->id;
  requery (self);
  show_patient (self, self->patient_id);
  reveal (self);
  gtk_widget_grab_focus (self->book_button);
  desk_toast (GTK_WIDGET (self), text);
}

static void
give_up (DeskPage *page)
{
  show_patient (DESK_PATIENTS_PAGE (page), DESK_PATIENTS_PAGE (page)->patient_id);
}

static void
open_other (DeskPage *page, gint64 id)
{
  choose (DESK_PATIENTS_PAGE (page), id);
}

static const DeskPatientSaving saving = { saved, give_up, open_other };

static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (widget);

  if (editing (self) && desk_patient_form_check (self->form))
    desk_patient_saving_start (DESK_PAGE (self), self->form, NULL, &saving);
}

static void
action_cancel (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (widget);

  if (!editing (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
  else
    choose (self, self->patient_id);
}

/* A new patient; words that found nobody are the beginning of a name. */
static DeskPatient *
begin_with_words (const char *typed)
{
  DeskPatient *patient = desk_patient_new ();
  g_auto (GStrv) parts = g_strsplit (typed, " ", 2);

  if (*typed == '\0' || g_ascii_isdigit (*typed))
    return patient;
  g_free (patient->family);
  patient->family = g_utf8_strup (parts[0], -1);
  g_free (patient->given);
  patient->given = g_utf8_strup (parts[1] ? parts[1] : "", -1);
  return patient;
}

static void
action_search (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_widget_grab_focus (GTK_WIDGET (DESK_PATIENTS_PAGE (widget)->search));
}

static void
action_new (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (widget);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (DeskPatient) patient = begin_with_words (typed);

  if (editing (self) && desk_patient_form_is_dirty (self->form))
    {
      ask_to_leave (self, 0);
      return;
    }
  self->patient_id = 0;
  select_id (self, 0);
  edit (self, patient);
}

/* The passport's lines, of somebody new where no form is open. */
static void
action_lines (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (widget);

  if (!editing (self))
    action_new (widget, name, target);
  desk_patient_form_go_to_lines (self->form);
}

static void
action_edit (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (widget);
  g_autoptr (GError) error = NULL;

  if (editing (self) || !self->patient_id)
    return;
  g_autoptr (DeskPatient) patient = desk_patient_load (desk_page_get_reader (DESK_PAGE (self)), self->patient_id, &error);
  if (patient)
    edit (self, patient);
  else
    desk_toast_error (widget, error);
}

/* Other places act on the patient shown: action (id as text). */
static void
hand_over (DeskPatientsPage *self, const char *place, const char *action)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->patient_id);

  if (self->patient_id)
    desk_window_run (desk_window_of (GTK_WIDGET (self)), place, action, id);
}

static void
action_book (GtkWidget *widget, const char *name, GVariant *target)
{
  hand_over (DESK_PATIENTS_PAGE (widget), "book", "book.new-for");
}

static void
action_calendar (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_calendar_save (DESK_PAGE (widget), DESK_PATIENTS_PAGE (widget)->patient_id);
}

static void
action_wait (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (widget);

  if (self->patient_id && !desk_page_get_read_only (DESK_PAGE (self)))
    desk_waiting_dialog_show_for (DESK_PAGE (self), self->patient_id, NULL);
}

static void
action_book_viral (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (widget);
  g_autofree char *what = g_strdup_printf ("%" G_GINT64_FORMAT " viral_test", self->patient_id);

  if (self->patient_id)
    desk_window_run (desk_window_of (widget), "book", "book.new-for", what);
}

static void
action_add_paper (GtkWidget *widget, const char *name, GVariant *target)
{
  hand_over (DESK_PATIENTS_PAGE (widget), "papers", "papers.add-for");
}

static void
action_letters (GtkWidget *widget, const char *name, GVariant *target)
{
  hand_over (DESK_PATIENTS_PAGE (widget), "papers", "papers.letters-for");
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPage *page = DESK_PAGE (widget);

  desk_export_ask (GTK_WINDOW (gtk_widget_get_root (widget)), desk_page_get_session (page), DESK_EXPORT_PATIENT,
                   DESK_PATIENTS_PAGE (widget)->patient_id, desk_page_get_today (page));
}

static void
action_plan_all (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_plan_all_window_show (DESK_PAGE (widget));
}

static void
action_labels (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_label_dialog_show_thing (desk_window_of (widget), DESK_CODE_PATIENT, DESK_PATIENTS_PAGE (widget)->patient_id);
}

static void
action_merge_with (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (widget);

  if (self->patient_id && !editing (self))
    desk_merge_with_open (DESK_PAGE (self), self->patient_id);
}

static void
desk_patients_page_load (DeskPage *page)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (page);

  desk_duplicate_list_watch (self->others, page, self->form);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "patients.new", !desk_page_get_read_only (page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "patients.duplicates", !desk_page_get_read_only (page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "patients.lines", !desk_page_get_read_only (page));
  show_patient (self, 0);
  requery (self);
}

static void
desk_patients_page_changed (DeskPage *page, DeskKind kind, gint64 id)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (page);

  if (kind == DESK_KIND_PATIENT || kind == DESK_KIND_ANY)
    requery (self);
  if (self->patient_id && !editing (self))
    desk_patient_view_show (self->view, page, self->patient_id);
}

/* An action "NAME.…" of a section is found in the section of that name, while a patient is shown. */
static GtkWidget *
desk_patients_page_part (DeskPage *page, const char *action)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (page);
  g_autofree char *name = g_strndup (action, strcspn (action, "."));

  if (!self->patient_id || editing (self))
    return NULL;
  return (GtkWidget *) desk_patient_view_go (self->view, name);
}

static void
desk_patients_page_show (DeskPage *page, DeskKind kind, gint64 id)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (page);

  choose (self, id);
  select_id (self, self->patient_id);
  reveal (self);
}

static gboolean
desk_patients_page_unsaved (DeskPage *page)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (page);

  return editing (self) && desk_patient_form_is_dirty (self->form);
}

static void
desk_patients_page_enter (DeskPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (DESK_PATIENTS_PAGE (page)->search));
}

static void
desk_patients_page_dispose (GObject *object)
{
  DeskPatientsPage *self = DESK_PATIENTS_PAGE (object);

  g_clear_handle_id (&self->emptied, g_source_remove);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (desk_patients_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-patients-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPatientsPage, search);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientsPage, list);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientsPage, selection);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientsPage, count);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientsPage, sort);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientsPage, right);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientsPage, empty);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientsPage, book_button);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientsPage, view);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientsPage, form);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientsPage, others);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_sort_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
}

static void
desk_patients_page_class_init (DeskPatientsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DeskPageClass *page_class = DESK_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_patients_page_dispose;
  page_class->load = desk_patients_page_load;
  page_class->changed = desk_patients_page_changed;
  page_class->show = desk_patients_page_show;
  page_class->part = desk_patients_page_part;
  page_class->unsaved = desk_patients_page_unsaved;
  page_class->enter = desk_patients_page_enter;

  g_type_ensure (DESK_TYPE_ONE_STOP);
  g_type_ensure (DESK_TYPE_PATIENT_VIEW);
  g_type_ensure (DESK_TYPE_PATIENT_FORM);
  g_type_ensure (DESK_TYPE_DUPLICATE_LIST);
  bind_children (widget_class);

  gtk_widget_class_install_action (widget_class, "patients.search", NULL, action_search);
  desk_import_install (widget_class);
  desk_duplicates_install (widget_class);
  gtk_widget_class_install_action (widget_class, "patients.new", NULL, action_new);
  gtk_widget_class_install_action (widget_class, "patients.edit", NULL, action_edit);
  gtk_widget_class_install_action (widget_class, "patients.lines", NULL, action_lines);
  gtk_widget_class_install_action (widget_class, "patients.save", NULL, action_save);
  gtk_widget_class_install_action (widget_class, "patients.cancel", NULL, action_cancel);
  gtk_widget_class_install_action (widget_class, "patients.book", NULL, action_book);
  gtk_widget_class_install_action (widget_class, "patients.book-viral", NULL, action_book_viral);
  gtk_widget_class_install_action (widget_class, "patients.add-paper", NULL, action_add_paper);
  gtk_widget_class_install_action (widget_class, "patients.letters", NULL, action_letters);
  gtk_widget_class_install_action (widget_class, "patients.merge-with", NULL, action_merge_with);
  gtk_widget_class_install_action (widget_class, "patients.export", NULL, action_export);
  gtk_widget_class_install_action (widget_class, "patients.labels", NULL, action_labels);
  gtk_widget_class_install_action (widget_class, "patients.plan-all", NULL, action_plan_all);
  gtk_widget_class_install_action (widget_class, "patients.wait", NULL, action_wait);
  gtk_widget_class_install_action (widget_class, "patients.calendar", NULL, action_calendar);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "patients.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "patients.search", NULL);
}

static void
desk_patients_page_init (DeskPatientsPage *self)
{
  g_autoptr (GtkListItemFactory) factory = desk_patient_row_factory ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->model = desk_list_model_new (read_rows, self);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  gtk_list_view_set_factory (self->list, factory);
  desk_one_stop_enter_from (GTK_WIDGET (self->search), GTK_WIDGET (self->list));
}
