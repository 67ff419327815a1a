#include "desk-fee-form.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-book.h"
#include "desk-day-words.h"
#include "desk-fees.h"
#include "desk-leave.h"
#include "desk-toast.h"
#include "desk-words.h"

enum { CODE, NAME, NAME_JA, PRICE, TAX, SESSIONS, VISIT, ACTIVE, N_COLUMNS };

static const struct
{
  const char *name, *title;
  int width; /* characters; 0 for what is no entry */
} columns[N_COLUMNS] = {
  [CODE] = { "code", N_("Code"), 8 },           [NAME] = { "name", N_("Name"), 24 },
  [NAME_JA] = { "name_ja", N_("Name in Japanese"), 18 }, [PRICE] = { "price", N_("Price (yen)"), 10 },
  [TAX] = { "tax", N_("Tax"), 0 },              [SESSIONS] = { "sessions", N_("Sessions"), 0 },
  [VISIT] = { "visit_type", N_("Used by"), 0 }, [ACTIVE] = { "active", N_("Offered"), 0 },
};

static const int rates[] = { 10, 8, 0 };

struct _DeskFeeForm
{
  AdwWindow parent_instance;

  DeskSetupPage *page;
  DeskFeeSchedule *schedule;
  GPtrArray *types; /* of DeskVisitType */
  GPtrArray *rows;  /* of GtkWidget *[N_COLUMNS + 1]: the cells and the button that removes */
  GtkGrid *grid;
  GtkEntry *first, *note;
  GtkCheckButton *with_tax;
  GtkLabel *message;
  GtkWidget *save, *approve, *add;
  gboolean dirty;
};

G_DEFINE_FINAL_TYPE (DeskFeeForm, desk_fee_form, ADW_TYPE_WINDOW)

static void
say (DeskFeeForm *self, const char *words)
{
  gtk_label_set_label (self->message, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words != NULL);
}

static void
touch (DeskFeeForm *self)
{
  self->dirty = TRUE;
}

/* ── cells ───────────────────────────────────────────────────────────────────────────────────── */

static GtkWidget *
tax_new (int tax)
{
  static const char *const names[] = { "10 %", "8 % ※", "0 %", NULL };
  GtkWidget *drop = gtk_drop_down_new_from_strings (names);

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    if (rates[i] == tax)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), i);
  return drop;
}

static GtkWidget *
visit_new (DeskFeeForm *self, const char *code)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  gtk_string_list_append (names, _("No visit"));
  for (guint i = 0; i < self->types->len; i++)
    {
      const DeskVisitType *type = self->types->pdata[i];

      gtk_string_list_append (names, desk_book_type_name (type));
      if (strcmp (type->code, code) == 0)
        chosen = i + 1;
    }
  GtkWidget *drop = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), chosen);
  return drop;
}

static GtkWidget *
cell_new (DeskFeeForm *self, const DeskFee *fee, int column)
{
  g_autofree char *price = desk_money_format (fee->price, "JPY");
  const char *texts[] = { fee->code, fee->name, fee->name_ja, price };
  GtkWidget *cell;

  if (column <= PRICE)
    {
      cell = gtk_entry_new ();
      gtk_editable_set_text (GTK_EDITABLE (cell), texts[column]);
      gtk_editable_set_width_chars (GTK_EDITABLE (cell), columns[column].width);
      gtk_entry_set_alignment (GTK_ENTRY (cell), column == PRICE ? 1 : 0);
      gtk_widget_set_hexpand (cell, column == NAME || column == NAME_JA);
      g_signal_connect_object (cell, "changed", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
      return cell;
    }
  if (column == SESSIONS)
    {
      cell = gtk_spin_button_new_with_range (0, DESK_SESSIONS_MAX, 1);
      gtk_editable_set_width_chars (GTK_EDITABLE (cell), 3);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (cell), fee->sessions);
      g_signal_connect_object (cell, "value-changed", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
    }
  else if (column == ACTIVE)
    {
      cell = gtk_check_button_new ();
      gtk_widget_set_halign (cell, GTK_ALIGN_CENTER);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (cell), fee->active);
      g_signal_connect_object (cell, "toggled", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
    }
  else
    {
      cell = column == TAX ? tax_new (fee->tax) : visit_new (self, fee->visit_type);
      g_signal_connect_object (cell, "notify::selected", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
    }
  return cell;
}

static const char *
text_of (GtkWidget **cells, int column)
{
  return gtk_editable_get_text (GTK_EDITABLE (cells[column]));
}

static DeskFee *
collect (DeskFeeForm *self, GtkWidget **cells, const char **problem)
{
  DeskFee *fee = desk_fee_new ();
  guint type = gtk_drop_down_get_selected (GTK_DROP_DOWN (cells[VISIT]));
  const char *wrong = desk_money_read (text_of (cells, PRICE), "JPY", &fee->price);

  g_free (fee->code);
  g_free (fee->name);
  g_free (fee->name_ja);
  g_free (fee->visit_type);
  fee->code = g_strstrip (g_strdup (text_of (cells, CODE)));
  fee->name = g_strstrip (g_strdup (text_of (cells, NAME)));
  fee->name_ja = g_strstrip (g_strdup (text_of (cells, NAME_JA)));
  fee->tax = rates[MIN (gtk_drop_down_get_selected (GTK_DROP_DOWN (cells[TAX])), G_N_ELEMENTS (rates) - 1)];
  fee->sessions = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (cells[SESSIONS]));
  fee->visit_type = g_strdup (type >= 1 && type <= self->types->len ? ((DeskVisitType *) self->types->pdata[type - 1])->code : "");
  fee->active = gtk_check_button_get_active (GTK_CHECK_BUTTON (cells[ACTIVE]));
  if (!*problem && wrong)
    {
      *problem = wrong;
      gtk_widget_grab_focus (cells[PRICE]);
    }
  return fee;
}

/* ── the table ───────────────────────────────────────────────────────────────────────────────── */

static void
name_cells (DeskFeeForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget **cells = self->rows->pdata[i];
      g_autofree char *remove = g_strdup_printf (_("Remove line %u"), i + 1);

      for (int column = 0; column < N_COLUMNS; column++)
        {
          g_autofree char *spoken = g_strdup_printf (_("%s of line %u"), _(columns[column].title), i + 1);

          gtk_accessible_update_property (GTK_ACCESSIBLE (cells[column]), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
        }
      gtk_widget_set_tooltip_text (cells[N_COLUMNS], remove);
      gtk_accessible_update_property (GTK_ACCESSIBLE (cells[N_COLUMNS]), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
    }
}

static void
on_remove (GtkWidget *button, DeskFeeForm *self)
{
  int row;

  gtk_grid_query_child (self->grid, button, NULL, &row, NULL, NULL);
  gtk_grid_remove_row (self->grid, row);
  g_ptr_array_remove_index (self->rows, (guint) row - 1);
  name_cells (self);
  touch (self);
  gtk_widget_grab_focus (self->add);
}

static void
add_row (DeskFeeForm *self, const DeskFee *fee)
{
  GtkWidget **cells = g_new0 (GtkWidget *, N_COLUMNS + 1);

  g_ptr_array_add (self->rows, cells);
  for (int column = 0; column < N_COLUMNS; column++)
    {
      cells[column] = cell_new (self, fee, column);
      gtk_grid_attach (self->grid, cells[column], column, (int) self->rows->len, 1, 1);
    }
  cells[N_COLUMNS] = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_add_css_class (cells[N_COLUMNS], "flat");
  g_signal_connect_object (cells[N_COLUMNS], "clicked", G_CALLBACK (on_remove), self, 0);
  gtk_grid_attach (self->grid, cells[N_COLUMNS], N_COLUMNS, (int) self->rows->len, 1, 1);
  name_cells (self);
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskFeeForm *self = DESK_FEE_FORM (widget);
  g_autoptr (DeskFee) fee = desk_fee_new ();

  add_row (self, fee);
  touch (self);
  gtk_widget_grab_focus (((GtkWidget **) self->rows->pdata[self->rows->len - 1])[CODE]);
}

/* Types into a cell, as somebody would: the number of the fee from 0 and the name of its column. */
void
desk_fee_form_set (DeskFeeForm *self, guint fee, const char *column, const char *text)
{
  GtkWidget **cells = self->rows->pdata[fee];

  for (int i = 0; i < N_COLUMNS; i++)
    if (strcmp (columns[i].name, column) == 0)
      {
        if (GTK_IS_SPIN_BUTTON (cells[i]))
          gtk_spin_button_set_value (GTK_SPIN_BUTTON (cells[i]), atoi (text));
        else if (GTK_IS_DROP_DOWN (cells[i]))
          gtk_drop_down_set_selected (GTK_DROP_DOWN (cells[i]), (guint) atoi (text));
        else
          gtk_editable_set_text (GTK_EDITABLE (cells[i]), text);
      }
}

/* ── saving ──────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskFeeSchedule *schedule;
  gboolean approve;
  DeskFeeForm *form; /* owned */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  desk_fee_schedule_free (save->schedule);
  g_object_unref (save->form);
  g_free (save);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  Save *save = data;

  return desk_fee_schedule_save (db, save->schedule, error)
         && (!save->approve || desk_fee_schedule_close (db, save->schedule->id, save->schedule->version, error));
}

static void
on_saved (DeskSetupPage *page, gpointer data, const GError *error)
{
  g_autoptr (DeskFeeForm) self = g_object_steal_data (G_OBJECT (page), "fee-form");
  g_autofree char *words = error ? desk_words_error (error) : NULL;

  if (error)
    {
      say (self, words);
      gtk_widget_set_sensitive (self->save, TRUE);
      gtk_widget_set_sensitive (self->approve, TRUE);
      return;
    }
  desk_toast (GTK_WIDGET (page), _("Fees saved"));
  gtk_window_destroy (GTK_WINDOW (self));
}

static DeskFeeSchedule *
collect_all (DeskFeeForm *self, const char **problem)
{
  DeskFeeSchedule *schedule = desk_fee_schedule_new (DESK_DAY_NONE);
  g_autofree char *iso = desk_day_read (gtk_editable_get_text (GTK_EDITABLE (self->first)), DESK_DAY_ORDER_NONE, NULL);

  schedule->id = self->schedule->id;
  schedule->version = self->schedule->version;
  if (!iso || !desk_day_parse (iso, &schedule->from_on))
    {
      *problem = "not-a-date";
      schedule->from_on = DESK_DAY_NONE;
      gtk_widget_grab_focus (GTK_WIDGET (self->first));
    }
  g_free (schedule->note);
  schedule->note = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note)));
  schedule->with_tax = gtk_check_button_get_active (self->with_tax);
  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (schedule->fees, collect (self, self->rows->pdata[i], problem));
  return schedule;
}

/* The first thing that is wrong, with the fee's code; NULL for nothing. */
static char *
problem_words (const DeskFeeSchedule *schedule, const char *problem)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (problem)
    desk_problems_add (problems, "price", problem, NULL);
  desk_fee_schedule_check (schedule, problems);
  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *one = desk_problems_get (problems, i);
      g_autofree char *words = desk_words_problem (one);

      if (!one->warning)
        return one->detail && *one->detail ? g_strdup_printf ("✖ %s: %s", one->detail, words) : g_strdup_printf ("✖ %s", words);
    }
  return NULL;
}

static void
save (DeskFeeForm *self, gboolean approve)
{
  const char *problem = NULL;
  g_autoptr (DeskFeeSchedule) schedule = collect_all (self, &problem);
  g_autofree char *words = problem_words (schedule, problem);

  say (self, words);
  if (words)
    return;
  Save *job = g_new (Save, 1);
  *job = (Save){ g_steal_pointer (&schedule), approve, g_object_ref (self) };
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_set_sensitive (self->approve, FALSE);
  g_object_set_data_full (G_OBJECT (self->page), "fee-form", g_object_ref (self), g_object_unref);
  desk_setup_page_run (self->page, save_work, job, save_free, on_saved);
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskFeeForm *self = DESK_FEE_FORM (widget);

  if (gtk_widget_get_visible (self->save) && gtk_widget_get_sensitive (self->save))
    save (self, FALSE);
}

static void
on_approve_answer (AdwMessageDialog *dialog, const char *response, DeskFeeForm *self)
{
  if (g_str_equal (response, "approve"))
    save (self, TRUE);
}

static void
action_approve (GtkWidget *widget, const char *name, GVariant *target)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (widget), _("Approve these fees?"),
                                              _("From then on they cannot be changed: new prices go into a new schedule with its own first day."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "approve", _("_Approve"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "approve", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "approve");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_approve_answer), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ── the window ──────────────────────────────────────────────────────────────────────────────── */

static void
discard (gpointer form)
{
  gtk_window_destroy (form);
}

static gboolean
desk_fee_form_close_request (GtkWindow *window)
{
  DeskFeeForm *self = DESK_FEE_FORM (window);

  if (!self->dirty)
    return GTK_WINDOW_CLASS (desk_fee_form_parent_class)->close_request (window);
  desk_leave_ask (window, discard, g_object_ref (self), g_object_unref);
  return TRUE;
}

static void
desk_fee_form_finalize (GObject *object)
{
  DeskFeeForm *self = DESK_FEE_FORM (object);

  g_clear_object (&self->page);
  g_clear_pointer (&self->schedule, desk_fee_schedule_free);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (desk_fee_form_parent_class)->finalize (object);
}

static void
desk_fee_form_class_init (DeskFeeFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_fee_form_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = desk_fee_form_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-fee-form.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskFeeForm, grid);
  gtk_widget_class_bind_template_child (widget_class, DeskFeeForm, first);
  gtk_widget_class_bind_template_child (widget_class, DeskFeeForm, note);
  gtk_widget_class_bind_template_child (widget_class, DeskFeeForm, with_tax);
  gtk_widget_class_bind_template_child (widget_class, DeskFeeForm, message);
  gtk_widget_class_bind_template_child (widget_class, DeskFeeForm, save);
  gtk_widget_class_bind_template_child (widget_class, DeskFeeForm, approve);
  gtk_widget_class_bind_template_child (widget_class, DeskFeeForm, add);
  gtk_widget_class_bind_template_callback (widget_class, touch);
  gtk_widget_class_install_action (widget_class, "fees.save", NULL, action_save);
  gtk_widget_class_install_action (widget_class, "fees.approve", NULL, action_approve);
  gtk_widget_class_install_action (widget_class, "fees.add", NULL, action_add);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "fees.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "fees.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
desk_fee_form_init (DeskFeeForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new_with_free_func (g_free);
  for (int column = 0; column < N_COLUMNS; column++)
    {
      GtkWidget *label = gtk_label_new (_(columns[column].title));

      gtk_label_set_xalign (GTK_LABEL (label), column == PRICE ? 1 : 0);
      gtk_widget_add_css_class (label, "caption-heading");
      gtk_grid_attach (self->grid, label, column, 0, 1, 1);
    }
}

/* Opens it over the settings; takes the schedule (id 0: a new one). Lent. */
DeskFeeForm *
desk_fee_form_show (DeskSetupPage *page, DeskFeeSchedule *schedule)
{
  DeskFeeForm *self = g_object_new (DESK_TYPE_FEE_FORM, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  gboolean writable = !schedule->closed_at && !desk_setup_page_get_read_only (page);
  g_autofree char *first = schedule->from_on == DESK_DAY_NONE ? g_strdup ("") : desk_day_format (schedule->from_on);

  self->page = g_object_ref (page);
  self->schedule = schedule;
  self->types = desk_visit_type_list (desk_setup_page_get_reader (page), NULL);
  if (!self->types)
    self->types = g_ptr_array_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->first), first);
  gtk_editable_set_text (GTK_EDITABLE (self->note), schedule->note);
  gtk_check_button_set_active (self->with_tax, schedule->with_tax);
  for (guint i = 0; i < schedule->fees->len; i++)
    add_row (self, schedule->fees->pdata[i]);
  gtk_widget_set_visible (self->save, writable);
  gtk_widget_set_visible (self->approve, writable);
  gtk_widget_set_visible (self->add, writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->grid), writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->first), writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->note), writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->with_tax), writable);
  self->dirty = FALSE;
  gtk_window_present (GTK_WINDOW (self));
  return self;
}

/* Types the first day. */
void
desk_fee_form_first (DeskFeeForm *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->first), text);
}
