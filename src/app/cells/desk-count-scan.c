#include "desk-count-scan.h"

#include <glib/gi18n.h>

#include "desk-one-stop.h"
#include "desk-scan.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskCountScanView
{
  GtkBox parent_instance;

  DeskPage *page; /* not owned */
  gint64 count_id, box_id;
  int row, col;      /* of the place that was scanned last, for the next unit; 0 for none */
  GPtrArray *boxes;  /* of DeskCountBox */
  gboolean filling;

  GtkLabel *title, *progress, *box_name, *last, *n_read;
  GtkListBox *box_list, *reads;
  GtkEntry *code;
  GtkButton *done;
};

G_DEFINE_FINAL_TYPE (DeskCountScanView, desk_count_scan_view, GTK_TYPE_BOX)

/* What the store is asked to write; owns its text. */
typedef struct
{
  gint64 count_id, box_id, by;
  int row, col;
  char *code;
  gboolean known;
} Job;

static void
job_free (gpointer data)
{
  g_free (((Job *) data)->code);
  g_free (data);
}

static Job *
job_new (DeskCountScanView *self)
{
  Job *job = g_new0 (Job, 1);

  job->count_id = self->count_id;
  job->box_id = self->box_id;
  job->by = desk_session_get_actor (desk_page_get_session (self->page));
  return job;
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
work_scan (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (DeskCountRead) read = NULL;

  if (!desk_count_scan (db, job->count_id, job->box_id, job->row, job->col, job->code, job->by, &read, error))
    return FALSE;
  job->known = read->unit_id != 0;
  return TRUE;
}

static void
say (DeskCountScanView *self, const char *words, const char *style)
{
  static const char *const styles[] = { "success", "warning", "error" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->last), styles[i]);
  if (style)
    gtk_widget_add_css_class (GTK_WIDGET (self->last), style);
  gtk_label_set_text (self->last, words);
}

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskCountScanView) self = user_data;
  g_autoptr (GError) error = NULL;
  const Job *job = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!job)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_autofree char *words = job->known ? g_strdup_printf ("✓ %s", job->code) : g_strdup_printf (_("? %s is no unit of this clinic; it is noted"), job->code);
  say (self, words, job->known ? "success" : "warning");
}

/* Whether the unit, or the code that nobody knows, was read in this box already: a trigger held too long says nothing
 * new, nor does the other code on the same label. */
static gboolean
was_read (DeskCountScanView *self, const char *code, gint64 unit_id)
{
  g_autoptr (GPtrArray) reads = desk_count_reads (desk_page_get_reader (self->page), self->count_id, self->box_id, NULL);

  for (guint i = 0; reads && i < reads->len; i++)
    {
      const DeskCountRead *read = reads->pdata[i];

      if ((unit_id ? read->unit_id == unit_id : g_str_equal (read->code, code)) && read->row == self->row && read->col == self->col)
        return TRUE;
    }
  return FALSE;
}

static void
scan_unit (DeskCountScanView *self, const char *code, gint64 unit_id)
{
  if (self->box_id == 0)
    {
      desk_toast (GTK_WIDGET (self), _("Scan or choose a box first."));
      return;
    }
  if (was_read (self, code, unit_id))
    {
      g_autofree char *words = g_strdup_printf (_("%s has been read in this box already"), code);

      say (self, words, NULL);
      return;
    }
  Job *job = job_new (self);
  job->row = self->row;
  job->col = self->col;
  job->code = g_strdup (code);
  self->row = self->col = 0;
  desk_session_run_async (desk_page_get_session (self->page), work_scan, job, job_free, NULL, on_scanned, g_object_ref (self));
}

/* ── boxes ───────────────────────────────────────────────────────────────────────────────────── */

static DeskCountBox *
box_of (DeskCountScanView *self, gint64 id)
{
  for (guint i = 0; self->boxes && i < self->boxes->len; i++)
    if (((DeskCountBox *) self->boxes->pdata[i])->id == id)
      return self->boxes->pdata[i];
  return NULL;
}

static void
show_reads (DeskCountScanView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reads = self->box_id ? desk_count_reads (desk_page_get_reader (self->page), self->count_id, self->box_id, &error) : NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->reads))))
    gtk_list_box_remove (self->reads, row);
  for (guint i = reads ? reads->len : 0; i > 0; i--)
    {
      const DeskCountRead *read = reads->pdata[i - 1];
      const char *facts[] = { read->number ? read->number : read->code, read->number ? NULL : _("not known"), read->position };
      g_autofree char *text = desk_words_facts (facts, G_N_ELEMENTS (facts));
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_margin_start (label, 12);
      gtk_widget_set_margin_top (label, 6);
      gtk_widget_set_margin_bottom (label, 6);
      gtk_list_box_append (self->reads, label);
    }
  guint n = reads ? reads->len : 0;
  g_autofree char *read = g_strdup_printf (ngettext ("%u read", "%u read", n), n);
  gtk_label_set_text (self->n_read, read);
}

static void
show_box (DeskCountScanView *self, gint64 id)
{
  const DeskCountBox *box = box_of (self, id);

  self->box_id = box ? id : 0;
  self->row = self->col = 0;
  gtk_label_set_text (self->box_name, box ? box->place : _("Scan or choose a box"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->done), box != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->code), box != NULL);
  show_reads (self);
}

/* The first box that nobody has counted, behind the one that is open; 0 when all are done. */
static gint64
next_box (DeskCountScanView *self, gint64 after)
{
  gint64 first = 0;
  gboolean behind = FALSE;

  for (guint i = 0; i < self->boxes->len; i++)
    {
      const DeskCountBox *box = self->boxes->pdata[i];

      if (box->id == after)
        behind = TRUE;
      else if (!box->done && behind)
        return box->id;
      else if (!box->done && !first)
        first = box->id;
    }
  return first;
}

static void
choose_row (DeskCountScanView *self, gint64 id)
{
  for (guint i = 0; i < self->boxes->len; i++)
    if (((DeskCountBox *) self->boxes->pdata[i])->id == id)
      {
        GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->box_list, (int) i);

        self->filling = TRUE;
        gtk_list_box_select_row (self->box_list, row);
        self->filling = FALSE;
      }
}

static void
go_to_box (DeskCountScanView *self, gint64 id)
{
  show_box (self, id);
  choose_row (self, id);
  say (self, "", NULL);
  desk_count_scan_view_enter (self);
}

static gboolean
work_done (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return desk_count_box_done (db, job->count_id, job->box_id, job->by, error);
}

static void
on_box_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskCountScanView) self = user_data;
  g_autoptr (GError) error = NULL;
  const Job *job = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!job)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  DeskCountBox *box = box_of (self, job->box_id);
  if (box)
    box->done = TRUE;
  gint64 next = next_box (self, job->box_id);
  go_to_box (self, next ? next : job->box_id);
  if (next == 0)
    say (self, _("✓ All boxes are counted. End the count to compare."), "success");
}

static void
on_done (DeskCountScanView *self)
{
  if (self->box_id)
    desk_session_run_async (desk_page_get_session (self->page), work_done, job_new (self), job_free, NULL, on_box_done, g_object_ref (self));
}

/* ── codes ───────────────────────────────────────────────────────────────────────────────────── */

static void
on_command (DeskCountScanView *self, DeskCodeCommand command)
{
  if (command == DESK_COMMAND_NEXT || command == DESK_COMMAND_CONFIRM)
    on_done (self);
  else if (command == DESK_COMMAND_FINISH)
    gtk_widget_activate_action (GTK_WIDGET (self), "counts.end", NULL);
  else if (command == DESK_COMMAND_CANCEL)
    gtk_widget_activate_action (GTK_WIDGET (self), "counts.back", NULL);
  else
    desk_scan_refuse (GTK_WIDGET (self), _("This command does nothing while counting."));
}

static void
on_place (DeskCountScanView *self, const DeskFound *found)
{
  if (!box_of (self, found->id))
    {
      desk_scan_refuse (GTK_WIDGET (self), _("This box is not part of the count."));
      return;
    }
  if (found->row == 0 || self->box_id != found->id)
    go_to_box (self, found->id);
  self->row = found->row;
  self->col = found->col;
}

/* What stands in a box and is nobody's is noted: it is a difference. What cannot be told yet, and the code of something
 * that never stands in a box, are not. */
static gboolean
on_scan (GtkWidget *widget, const DeskScan *scan, gpointer user_data)
{
  DeskCountScanView *self = DESK_COUNT_SCAN_VIEW (widget);
  const char *problem = scan->found.problem;

  if (scan->code->kind == DESK_CODE_COMMAND)
    on_command (self, scan->code->command);
  else if (scan->found.kind == DESK_CODE_CONTAINER || scan->found.kind == DESK_CODE_PLACE)
    on_place (self, &scan->found);
  else if (scan->found.kind == DESK_CODE_UNIT)
    scan_unit (self, scan->code->read, scan->found.id);
  else if (g_strcmp0 (problem, "code-ambiguous") == 0 || g_strcmp0 (problem, "code-check-missing") == 0)
    desk_scan_refuse (widget, desk_scan_words (problem));
  else if (scan->found.kind != DESK_CODE_UNKNOWN)
    desk_scan_refuse (widget, _("This is the code of something else than a unit. It is not noted."));
  else
    scan_unit (self, scan->code->read, 0);
  return TRUE;
}

/* Typed by hand: as if it had been scanned. */
static void
on_typed (DeskCountScanView *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code)));

  gtk_editable_set_text (GTK_EDITABLE (self->code), "");
  if (*text)
    desk_scan_give (GTK_WIDGET (self), text);
}

/* ── showing ─────────────────────────────────────────────────────────────────────────────────── */

static GtkWidget *
box_row_new (const DeskCountBox *box)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *name = gtk_label_new (box->place);
  g_autofree char *count = box->scans ? g_strdup_printf ("%u", box->scans) : g_strdup ("");
  GtkWidget *read = gtk_label_new (count), *icon = gtk_image_new_from_icon_name (box->done ? "emblem-ok-symbolic" : "content-loading-symbolic");

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (read, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, box->done ? _("counted") : _("not counted yet"), -1);
  gtk_widget_set_tooltip_text (icon, box->done ? _("counted") : _("not counted yet"));
  gtk_widget_set_margin_start (row, 12);
  gtk_widget_set_margin_end (row, 12);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), read);
  return row;
}

static void
on_box_selected (DeskCountScanView *self, GtkListBoxRow *row)
{
  if (!self->filling && row && self->boxes)
    show_box (self, ((DeskCountBox *) self->boxes->pdata[gtk_list_box_row_get_index (row)])->id);
}

static void
fill_boxes (DeskCountScanView *self)
{
  GtkWidget *row;

  self->filling = TRUE;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->box_list))))
    gtk_list_box_remove (self->box_list, row);
  for (guint i = 0; i < self->boxes->len; i++)
    gtk_list_box_append (self->box_list, box_row_new (self->boxes->pdata[i]));
  self->filling = FALSE;
}

/* Shows a count that is being scanned, read anew; the box that is open stays open. */
void
desk_count_scan_view_show (DeskCountScanView *self, const DeskCount *count)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *boxes = desk_count_boxes (desk_page_get_reader (self->page), count->id, &error);
  gboolean other = self->count_id != count->id;

  if (!boxes)
    {
      g_warning ("cannot read the boxes of a count: %s", error->message);
      return;
    }
  self->count_id = count->id;
  g_clear_pointer (&self->boxes, g_ptr_array_unref);
  self->boxes = boxes;
  fill_boxes (self);
  g_autofree char *title = g_strdup_printf ("%s · %s", count->number, count->place);
  g_autofree char *progress = g_strdup_printf (_("%u of %u boxes counted"), count->boxes_done, count->boxes);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->progress, progress);
  if (other)
    say (self, "", NULL);
  show_box (self, other || !box_of (self, self->box_id) ? next_box (self, 0) : self->box_id);
  choose_row (self, self->box_id);
}

/* Puts the focus where one scans. */
void
desk_count_scan_view_enter (DeskCountScanView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
desk_count_scan_view_finalize (GObject *object)
{
  g_clear_pointer (&DESK_COUNT_SCAN_VIEW (object)->boxes, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_count_scan_view_parent_class)->finalize (object);
}

static void
desk_count_scan_view_class_init (DeskCountScanViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_count_scan_view_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-count-scan.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCountScanView, title);
  gtk_widget_class_bind_template_child (widget_class, DeskCountScanView, progress);
  gtk_widget_class_bind_template_child (widget_class, DeskCountScanView, box_name);
  gtk_widget_class_bind_template_child (widget_class, DeskCountScanView, last);
  gtk_widget_class_bind_template_child (widget_class, DeskCountScanView, n_read);
  gtk_widget_class_bind_template_child (widget_class, DeskCountScanView, box_list);
  gtk_widget_class_bind_template_child (widget_class, DeskCountScanView, reads);
  gtk_widget_class_bind_template_child (widget_class, DeskCountScanView, code);
  gtk_widget_class_bind_template_child (widget_class, DeskCountScanView, done);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
  gtk_widget_class_bind_template_callback (widget_class, on_box_selected);
}

static void
desk_count_scan_view_init (DeskCountScanView *self)
{
  g_type_ensure (DESK_TYPE_ONE_STOP);
  gtk_widget_init_template (GTK_WIDGET (self));
  desk_scan_want (GTK_WIDGET (self), on_scan, NULL);
}

GtkWidget *
desk_count_scan_view_new (DeskPage *page)
{
  DeskCountScanView *self = g_object_new (DESK_TYPE_COUNT_SCAN_VIEW, NULL);

  self->page = page;
  return GTK_WIDGET (self);
}
