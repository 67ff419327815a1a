#include "desk-label-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-steps.h"
#include "desk-cells.h"
#include "desk-codes.h"
#include "desk-label-job.h"
#include "desk-label-load.h"
#include "desk-labels.h"
#include "desk-print-dialog.h"
#include "desk-scan.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskLabelDialog
{
  AdwWindow parent_instance;

  GtkEditable *code;
  AdwComboRow *kind, *size;
  GtkWidget *preview;
  GtkLabel *note;

  DeskWindow *window; /* the parent; it outlives us */
  DeskFound found;
  GArray *kinds;      /* of DeskLabelKind, as in the list */
  GPtrArray *stocks;  /* of const DeskLabelStock, as in the list */
  GPtrArray *labels;  /* of DeskLabelData, what would be printed; or NULL */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (DeskLabelDialog, desk_label_dialog, ADW_TYPE_WINDOW)

static DeskDb *
reader (DeskLabelDialog *self)
{
  return desk_session_reader (desk_window_get_session (self->window));
}

static DeskLabelKind
chosen_kind (DeskLabelDialog *self)
{
  guint n = adw_combo_row_get_selected (self->kind);

  return n < self->kinds->len ? g_array_index (self->kinds, DeskLabelKind, n) : DESK_LABEL_UNIT;
}

static const DeskLabelStock *
chosen_stock (DeskLabelDialog *self)
{
  guint n = adw_combo_row_get_selected (self->size);

  return n < self->stocks->len ? self->stocks->pdata[n] : NULL;
}

/* Printing may go on; what is to be known before, or why not. */
static void
say (DeskLabelDialog *self, gboolean ready, const char *words)
{
  gboolean writable = !desk_session_get_read_only (desk_window_get_session (self->window));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.pdf", ready && writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.print", ready && writable);
  gtk_label_set_text (self->note, words);
  if (ready)
    gtk_widget_remove_css_class (GTK_WIDGET (self->note), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->note), "error");
  gtk_widget_queue_draw (self->preview);
}

/* What is being printed keeps its own. */
static void
clear_labels (DeskLabelDialog *self)
{
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  self->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_label_data_free);
}

/* ── what is printed ─────────────────────────────────────────────────────────────────────────── */

static gboolean
add_label (DeskLabelDialog *self, gint64 id, GError **error)
{
  DeskLabelData *data = desk_label_load (reader (self), chosen_kind (self), id, error);

  if (data)
    g_ptr_array_add (self->labels, data);
  return data != NULL;
}

/* Of a lot: every unit that is still there; release tags of those that are released. */
static gboolean
add_lot (DeskLabelDialog *self, GError **error)
{
  g_autoptr (GPtrArray) units = desk_unit_of_lot (reader (self), self->found.id, error);

  for (guint i = 0; units && i < units->len; i++)
    {
      const DeskUnit *unit = units->pdata[i];
      gboolean released = g_str_equal (unit->quality, "released") || g_str_equal (unit->quality, "conditional");

      if (!desk_unit_is_final (unit) && (released || chosen_kind (self) != DESK_LABEL_RELEASE) && !add_label (self, unit->id, error))
        return FALSE;
    }
  return units != NULL;
}

static void
load (DeskLabelDialog *self)
{
  g_autoptr (GError) error = NULL;

  clear_labels (self);
  if (self->found.kind == DESK_CODE_LOT ? !add_lot (self, &error) : !add_label (self, self->found.id, &error))
    {
      g_autofree char *words = desk_words_error (error);
      say (self, FALSE, words);
      return;
    }
  if (!desk_label_ready (self->labels, &error))
    {
      g_autofree char *words = desk_words_error (error);
      say (self, FALSE, words);
      return;
    }
  gboolean records = chosen_kind (self) == DESK_LABEL_UNIT;
  g_autofree char *many = g_strdup_printf (g_dngettext (NULL, "%u label", "%u labels", self->labels->len), self->labels->len);
  const char *facts[] = { many, records ? _("Printing takes the unit out of stock until the printed label has been scanned back.") : "" };
  g_autofree char *words = desk_words_facts (facts, G_N_ELEMENTS (facts));
  say (self, TRUE, words);
}

static void
fill_sizes (DeskLabelDialog *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint n;
  const DeskLabelStock *stocks = desk_label_stocks (&n);

  g_ptr_array_set_size (self->stocks, 0);
  for (guint i = n; i-- > 0;)
    if (desk_label_stock_takes (&stocks[i], chosen_kind (self)))
      {
        g_autofree char *text = g_strdup_printf (_("%g × %g mm"), stocks[i].width, stocks[i].height);
        gtk_string_list_append (words, text);
        g_ptr_array_add (self->stocks, (gpointer) &stocks[i]);
      }
  self->filling = TRUE;
  adw_combo_row_set_model (self->size, G_LIST_MODEL (words));
  self->filling = FALSE;
}

static void
fill_kinds (DeskLabelDialog *self)
{
  static const struct
  {
    DeskCodeKind thing;
    DeskLabelKind label;
  } offers[] = { { DESK_CODE_UNIT, DESK_LABEL_UNIT },         { DESK_CODE_UNIT, DESK_LABEL_RELEASE },
                 { DESK_CODE_LOT, DESK_LABEL_UNIT },          { DESK_CODE_LOT, DESK_LABEL_RELEASE },
                 { DESK_CODE_COLLECTION, DESK_LABEL_TUBE },   { DESK_CODE_PATIENT, DESK_LABEL_CARD },
                 { DESK_CODE_PATIENT, DESK_LABEL_WRISTBAND }, { DESK_CODE_PATIENT, DESK_LABEL_APPOINTMENT },
                 { DESK_CODE_PATIENT, DESK_LABEL_ADDRESS },   { DESK_CODE_CONTAINER, DESK_LABEL_CONTAINER },
                 { DESK_CODE_DEVICE, DESK_LABEL_DEVICE } };
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  g_array_set_size (self->kinds, 0);
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    if (offers[i].thing == self->found.kind)
      {
        g_array_append_val (self->kinds, offers[i].label);
        gtk_string_list_append (words, desk_words ("label-kind", desk_label_kind_name (offers[i].label)));
      }
  self->filling = TRUE;
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (words));
  self->filling = FALSE;
}

static void
on_code (DeskLabelDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskCode) code = desk_code_read (gtk_editable_get_text (self->code));

  clear_labels (self);
  if (!desk_code_find (reader (self), code, &self->found, &error))
    {
      g_autofree char *words = desk_words_error (error);
      say (self, FALSE, words);
      return;
    }
  fill_kinds (self);
  fill_sizes (self);
  if (self->kinds->len)
    load (self);
  else
    say (self, FALSE, *code->number == '\0' ? "" : self->found.problem ? desk_scan_words (self->found.problem) : _("There is no label for this."));
}

static void
on_kind (DeskLabelDialog *self)
{
  if (self->filling)
    return;
  fill_sizes (self);
  load (self);
}

static void
on_size (DeskLabelDialog *self)
{
  if (!self->filling)
    gtk_widget_queue_draw (self->preview);
}

static gboolean
on_scan (GtkWidget *widget, const DeskScan *scan, gpointer user_data)
{
  DeskLabelDialog *self = DESK_LABEL_DIALOG (widget);

  if (scan->code->kind == DESK_CODE_COMMAND)
    {
      if (scan->code->command == DESK_COMMAND_CONFIRM || scan->code->command == DESK_COMMAND_LABEL)
        gtk_widget_activate_action (widget, "labels.print", NULL);
      else if (scan->code->command == DESK_COMMAND_CANCEL)
        gtk_window_close (GTK_WINDOW (self));
      return TRUE;
    }
  gtk_editable_set_text (self->code, scan->code->number);
  return TRUE;
}

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  DeskLabelDialog *self = user_data;
  const DeskLabelStock *stock = chosen_stock (self);
  g_autoptr (GError) error = NULL;

  if (!stock || self->labels->len == 0)
    return;
  double wide = stock->width * DESK_POINTS_PER_MM, high = stock->height * DESK_POINTS_PER_MM;
  double scale = MIN ((width - 8) / wide, (height - 8) / high);
  cairo_translate (cr, (width - wide * scale) / 2, (height - high * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, wide, high);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 0.6, 0.6, 0.6);
  cairo_set_line_width (cr, 1 / scale);
  cairo_stroke (cr);
  if (!desk_labels_draw (self->labels->pdata[0], stock, cr, &error))
    {
      g_autofree char *words = desk_words_error (error);
      say (self, FALSE, words);
    }
}

/* ── printing ────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  GArray *units;   /* whose printing is recorded */
  GPtrArray *labels;
  const DeskLabelStock *stock;
  char *path;      /* or NULL for the printer, which has it already */
  gint64 performer;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_array_unref (job->units);
  g_ptr_array_unref (job->labels);
  g_free (job->path);
  g_free (job);
}

static Job *
job_new (DeskLabelDialog *self, const char *path)
{
  Job *job = g_new0 (Job, 1);

  job->units = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; chosen_kind (self) == DESK_LABEL_UNIT && i < self->labels->len; i++)
    g_array_append_val (job->units, ((DeskLabelData *) self->labels->pdata[i])->id);
  job->labels = g_ptr_array_ref (self->labels);
  job->stock = chosen_stock (self);
  job->path = g_strdup (path);
  job->performer = desk_session_get_actor (desk_window_get_session (self->window));
  return job;
}

/* The record comes before the file: no label without one. */
static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  for (guint i = 0; i < job->units->len; i++)
    {
      DeskUnitAct act = { .unit_id = g_array_index (job->units, gint64, i), .step = DESK_STEP_PRINT_LABEL, .performer = job->performer };

      if (!desk_unit_act (db, &act, error))
        return FALSE;
    }
  return !job->path || desk_label_print_pdf (job->labels, job->stock, job->path, TRUE, error);
}

static void
on_worked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskLabelDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  const Job *job = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!job)
    {
      g_autofree char *words = desk_words_error (error);
      say (self, FALSE, words);
      return;
    }
  DeskWindow *window = self->window;
  gint64 unit = job->units->len == 1 ? g_array_index (job->units, gint64, 0) : 0;
  desk_toast (GTK_WIDGET (window), job->units->len ? _("Printed. Now scan each label back before it goes into the bank.") : _("Printed."));
  gtk_window_destroy (GTK_WINDOW (self));
  if (unit)
    {
      desk_window_show (window, DESK_KIND_UNIT, unit);
      desk_cells_step_begin (desk_window_get_page (window, "cells"), unit, "verify-label", NULL);
    }
}

static void
run (DeskLabelDialog *self, const char *path)
{
  say (self, FALSE, "");
  desk_session_run_async (desk_window_get_session (self->window), work, job_new (self, path), job_free, NULL, on_worked, g_object_ref (self));
}

/* Writes the labels as PDF and records that they were printed. */
void
desk_label_dialog_save (DeskLabelDialog *self, const char *path)
{
  if (self->labels->len > 0 && chosen_stock (self))
    run (self, path);
}

/* ── to a printer ── */

/* Labels as pages of their stock. */
typedef struct
{
  GPtrArray *labels;
  const DeskLabelStock *stock;
} Sheets;

static guint
n_sheets (gpointer data)
{
  return ((Sheets *) data)->labels->len;
}

static void
draw_sheet (gpointer data, cairo_t *cr, guint page, guint copy)
{
  Sheets *sheets = data;
  g_autoptr (GError) error = NULL;

  if (!desk_labels_draw (sheets->labels->pdata[page], sheets->stock, cr, &error))
    g_warning ("a label cannot be drawn: %s", error->message);
}

static gboolean
write_sheets (gpointer data, int fd, GError **error)
{
  Sheets *sheets = data;

  return desk_labels_write_pdf (sheets->labels, sheets->stock, fd, error);
}

static void
free_sheets (gpointer data)
{
  Sheets *sheets = data;

  g_ptr_array_unref (sheets->labels);
  g_free (sheets);
}

/* What came out is recorded; what failed half-way is to be destroyed, as the dialog says, and printed again. */
static void
on_printed (GtkWidget *widget, const char *state, gpointer user_data)
{
  if (g_str_equal (state, "done"))
    run (DESK_LABEL_DIALOG (widget), NULL);
}

static void
action_print (GtkWidget *widget, const char *name, GVariant *target)
{
  static const DeskPrintPages pages = { .n_pages = n_sheets, .draw = draw_sheet, .write = write_sheets, .free = free_sheets };
  DeskLabelDialog *self = DESK_LABEL_DIALOG (widget);
  const DeskLabelStock *stock = chosen_stock (self);

  if (!stock || self->labels->len == 0)
    return;
  Sheets *sheets = g_new (Sheets, 1);
  *sheets = (Sheets){ g_ptr_array_ref (self->labels), stock };
  g_autofree char *kind = g_strdup_printf ("label-%s", desk_label_kind_name (chosen_kind (self)));
  g_autoptr (DeskPrintPaper) paper = desk_print_paper_new (_("Labels"), kind, "labels.pdf", &pages, sheets);
  paper->width = stock->width * DESK_POINTS_PER_MM;
  paper->height = stock->height * DESK_POINTS_PER_MM;
  desk_print_dialog_set_printed (desk_print_dialog_show (widget, desk_window_get_session (self->window), paper), on_printed, NULL);
}

static void
on_pdf_response (GtkNativeDialog *chooser, int response, DeskLabelDialog *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path)
    desk_label_dialog_save (self, path);
  g_object_unref (chooser);
}

static void
action_pdf (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskLabelDialog *self = DESK_LABEL_DIALOG (widget);
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (_("Save Labels as PDF"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  g_autofree char *file = g_strdup_printf ("%s.pdf", gtk_editable_get_text (self->code));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), g_strdelimit (file, "/=<>&*,", '_'));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_pdf_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
desk_label_dialog_finalize (GObject *object)
{
  DeskLabelDialog *self = DESK_LABEL_DIALOG (object);

  g_array_unref (self->kinds);
  g_ptr_array_unref (self->stocks);
  g_ptr_array_unref (self->labels);
  G_OBJECT_CLASS (desk_label_dialog_parent_class)->finalize (object);
}

static void
desk_label_dialog_class_init (DeskLabelDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_label_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-label-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskLabelDialog, code);
  gtk_widget_class_bind_template_child (widget_class, DeskLabelDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, DeskLabelDialog, size);
  gtk_widget_class_bind_template_child (widget_class, DeskLabelDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, DeskLabelDialog, note);
  gtk_widget_class_bind_template_callback (widget_class, on_code);
  gtk_widget_class_bind_template_callback (widget_class, on_kind);
  gtk_widget_class_bind_template_callback (widget_class, on_size);
  gtk_widget_class_install_action (widget_class, "labels.print", NULL, action_print);
  gtk_widget_class_install_action (widget_class, "labels.pdf", NULL, action_pdf);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "labels.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "labels.pdf", NULL);
}

static void
desk_label_dialog_init (DeskLabelDialog *self)
{
  self->kinds = g_array_new (FALSE, FALSE, sizeof (DeskLabelKind));
  self->stocks = g_ptr_array_new ();
  self->labels = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_label_data_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->preview), draw, self, NULL);
  desk_scan_want (GTK_WIDGET (self), on_scan, NULL);
}

/* Opens the dialog for what the code names, or for what will be scanned; lends it. */
DeskLabelDialog *
desk_label_dialog_show (DeskWindow *window, const char *code)
{
  DeskLabelDialog *self = g_object_new (DESK_TYPE_LABEL_DIALOG, "transient-for", window, NULL);

  self->window = window;
  gtk_editable_set_text (self->code, code ? code : "");
  on_code (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (code ? GTK_WIDGET (self->kind) : GTK_WIDGET (self->code));
  return self;
}

typedef struct
{
  DeskCodeKind kind;
  gint64 id;
  char *code;
} Giving;

static void
giving_free (gpointer data)
{
  g_free (((Giving *) data)->code);
  g_free (data);
}

static gboolean
give_work (DeskDb *db, gpointer data, GError **error)
{
  Giving *giving = data;

  if (!(giving->kind == DESK_CODE_DEVICE ? desk_code_give_device (db, giving->id, error) : desk_code_give_container (db, giving->id, error)))
    return FALSE;
  giving->code = desk_code_of (db, giving->kind, giving->id, error);
  return giving->code != NULL;
}

static void
on_given (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  const Giving *giving = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (giving)
    desk_label_dialog_show (window, giving->code);
  else
    desk_toast_error (GTK_WIDGET (window), error);
}

/* Opens the dialog for a thing; a container or device without a code gets one first. */
void
desk_label_dialog_show_thing (DeskWindow *window, DeskCodeKind kind, gint64 id)
{
  g_autoptr (GError) error = NULL;
  DeskSession *session = desk_window_get_session (window);
  g_autofree char *code = desk_code_of (desk_session_reader (session), kind, id, &error);
  Giving *giving;

  if (!code)
    {
      desk_toast_error (GTK_WIDGET (window), error);
      return;
    }
  if (*code)
    {
      desk_label_dialog_show (window, code);
      return;
    }
  giving = g_new0 (Giving, 1);
  giving->kind = kind;
  giving->id = id;
  desk_session_run_async (session, give_work, giving, giving_free, NULL, on_given, g_object_ref (window));
}

/* ── scanning back ───────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  gint64 unit_id;
  char *scanned;
} Destroyed;

static void
destroyed_free (gpointer data)
{
  g_free (((Destroyed *) data)->scanned);
  g_free (data);
}

static gboolean
log_destroyed (DeskDb *db, gpointer data, GError **error)
{
  const Destroyed *destroyed = data;

  return desk_code_label_destroyed (db, destroyed->unit_id, destroyed->scanned, error);
}

static void
on_logged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPage) page = user_data;
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (GTK_WIDGET (page), error);
}

/* Whether what was read back is what the unit's label carries. A label that is another's stays in the log: it is to be
 * destroyed. */
gboolean
desk_label_check_scan (DeskPage *page, const DeskUnit *unit, const char *scanned)
{
  g_autofree char *code = desk_code_of (desk_page_get_reader (page), DESK_CODE_UNIT, unit->id, NULL);

  if (code && desk_code_same (code, scanned))
    return TRUE;
  Destroyed *destroyed = g_new0 (Destroyed, 1);
  destroyed->unit_id = unit->id;
  destroyed->scanned = g_strdup (scanned);
  gdk_display_beep (gtk_widget_get_display (GTK_WIDGET (page)));
  desk_session_run_async (desk_page_get_session (page), log_destroyed, destroyed, destroyed_free, NULL, on_logged, g_object_ref (page));
  return FALSE;
}
