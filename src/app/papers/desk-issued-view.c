#include "desk-issued-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-issued-acts.h"
#include "desk-issued-words.h"
#include "desk-letter-issue.h"
#include "desk-letter-preview.h"
#include "desk-list-model.h"
#include "desk-one-stop.h"
#include "desk-patients.h"
#include "desk-row-text.h"
#include "desk-scan.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskIssuedView
{
  AdwBin parent_instance;

  DeskPage *page; /* not owned */
  DeskListModel *model;
  gint64 issued_id; /* shown; 0 for none */
  gint64 patient_id;
  gboolean selecting;

  GtkEditable *search;
  GtkDropDown *filter;
  GtkLabel *count, *title, *facts, *state;
  GtkListView *list;
  GtkSingleSelection *selection;
  GtkStack *right;
  GtkBox *prints;
  GtkWidget *keep;
  DeskLetterPreview *preview;
};

G_DEFINE_FINAL_TYPE (DeskIssuedView, desk_issued_view, ADW_TYPE_BIN)

/* What the drop-down offers, in its order; the last is cut from all by its day. */
static const struct
{
  DeskIssuedFilter filter;
  gboolean month;
  const char *words;
} filters[] = {
  { DESK_ISSUED_ALL, FALSE, N_("All papers") },          { DESK_ISSUED_DIFFERS, FALSE, N_("No longer matches") },
  { DESK_ISSUED_TROUBLE, FALSE, N_("Failed prints") },   { DESK_ISSUED_VOID, FALSE, N_("Void or replaced") },
  { DESK_ISSUED_ALL, TRUE, N_("This month") },
};

#define PATIENTS 20 /* of one name, whose papers are listed */

/* ── the list ── */

static void
free_issued (gpointer issued)
{
  desk_issued_free (issued);
}

static GPtrArray *
read_rows (const gint64 *ids, guint n_ids, gpointer user_data)
{
  DeskIssuedView *self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = desk_issued_rows (desk_page_get_reader (self->page), ids, n_ids, &error);

  if (rows)
    return rows;
  g_warning ("cannot read the register: %s", error->message);
  rows = g_ptr_array_new_with_free_func (free_issued);
  g_ptr_array_set_size (rows, (int) n_ids);
  return rows;
}

/* Those that begin the month are found by halves: the newest are first. */
static void
cut_month (DeskIssuedView *self, GArray *ids)
{
  int year, month, mday;
  guint from = 0, to = ids->len;

  desk_day_to_ymd (desk_page_get_today (self->page), &year, &month, &mday);
  gint64 begin = desk_instant_at (desk_day_from_ymd (year, month, 1), 0, desk_page_get_zone (self->page));
  while (from < to)
    {
      guint middle = (from + to) / 2;
      g_autoptr (DeskIssued) issued = desk_issued_load (desk_page_get_reader (self->page), g_array_index (ids, gint64, middle), NULL);

      if (issued && issued->at >= begin)
        from = middle + 1;
      else
        to = middle;
    }
  g_array_set_size (ids, from);
}

static gboolean
add_patients (DeskDb *db, const char *text, GHashTable *found, GError **error)
{
  g_autoptr (GArray) patients = desk_patient_search (db, text, PATIENTS, error);

  for (guint i = 0; patients && i < patients->len; i++)
    {
      g_autoptr (GPtrArray) papers = desk_issued_of_patient (db, g_array_index (patients, gint64, i), error);

      if (!papers)
        return FALSE;
      for (guint p = 0; p < papers->len; p++)
        g_hash_table_add (found, g_memdup2 (&((DeskIssued *) papers->pdata[p])->id, sizeof (gint64)));
    }
  return patients != NULL;
}

/* Keeps of ids what the text names: a number, a patient, a letter. */
static gboolean
cut_search (DeskIssuedView *self, GArray *ids, const char *text, GError **error)
{
  DeskDb *db = desk_page_get_reader (self->page);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) numbers = desk_issued_search (db, text, error);
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  guint kept = 0;

  if (!numbers || !add_patients (db, text, found, error))
    return FALSE;
  for (guint i = 0; i < numbers->len; i++)
    g_hash_table_add (found, g_memdup2 (&g_array_index (numbers, gint64, i), sizeof (gint64)));
  for (guint from = 0; from < ids->len; from += 256)
    {
      guint n = MIN (256, ids->len - from);
      g_autoptr (GPtrArray) rows = desk_issued_rows (db, &g_array_index (ids, gint64, from), n, error);

      if (!rows)
        return FALSE;
      for (guint i = 0; i < n; i++)
        {
          const DeskIssued *issued = rows->pdata[i];
          gint64 id = g_array_index (ids, gint64, from + i);
          g_autofree char *letter = g_utf8_casefold (issued ? desk_words ("letter", issued->name) : "", -1);

          if (g_hash_table_contains (found, &id) || strstr (letter, wanted))
            g_array_index (ids, gint64, kept++) = id;
        }
    }
  g_array_set_size (ids, kept);
  return TRUE;
}

static void
select_id (DeskIssuedView *self)
{
  self->selecting = TRUE;
  desk_list_model_select (self->model, self->selection, self->issued_id);
  self->selecting = FALSE;
}

static void
requery (DeskIssuedView *self)
{
  guint filter = MIN (gtk_drop_down_get_selected (self->filter), G_N_ELEMENTS (filters) - 1);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->search)));
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;

  if (!self->page)
    return;
  ids = desk_issued_ids (desk_page_get_reader (self->page), filters[filter].filter, &error);
  if (ids && filters[filter].month)
    cut_month (self, ids);
  if (!ids || (*text && !cut_search (self, ids, text, &error)))
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%u paper", "%u papers", ids->len), ids->len);
  gtk_label_set_label (self->count, count);
  desk_list_model_set_ids (self->model, g_steal_pointer (&ids));
  select_id (self);
}

static void
show_row (GtkListItem *list_item)
{
  DeskRowText *row = DESK_ROW_TEXT (gtk_list_item_get_child (list_item));
  DeskListItem *item = gtk_list_item_get_item (list_item);
  const DeskIssued *issued = item ? desk_list_item_get_row (item) : NULL;

  if (!issued)
    {
      desk_row_text_set (row, "", "", "");
      return;
    }
  DeskIssuedView *self = g_object_get_data (G_OBJECT (list_item), "view");
  g_autofree char *state = desk_issued_words_state (issued, desk_page_get_zone (self->page)), *day = desk_words_day_short (issued->issued_on);
  const char *facts[] = { issued->number, issued->patient_name, state };
  g_autofree char *below = desk_words_facts (facts, G_N_ELEMENTS (facts));
  desk_row_text_set (row, desk_words ("letter", issued->name), day, below);
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *list_item, DeskIssuedView *self)
{
  GtkWidget *row = desk_row_text_new (DESK_ROW_TEXT_BESIDE_END | DESK_ROW_TEXT_BESIDE_DIM | DESK_ROW_TEXT_BELOW_DIM);

  g_object_set_data (G_OBJECT (list_item), "view", self);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_list_item_set_child (list_item, row);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  gulong handler = g_signal_connect_swapped (gtk_list_item_get_item (list_item), "changed", G_CALLBACK (show_row), list_item);

  g_object_set_data (G_OBJECT (list_item), "handler", GSIZE_TO_POINTER (handler));
  show_row (list_item);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *list_item)
{
  g_signal_handler_disconnect (gtk_list_item_get_item (list_item), GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (list_item), "handler")));
}

/* ── one of them ── */

static void
show_prints (DeskIssuedView *self, const GPtrArray *prints)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self->prints)));)
    gtk_box_remove (self->prints, child);
  for (guint i = 0; i < prints->len; i++)
    {
      g_autofree char *words = desk_issued_words_print (prints->pdata[i], desk_page_get_zone (self->page));
      GtkWidget *line = gtk_label_new (words);

      gtk_label_set_xalign (GTK_LABEL (line), 0);
      gtk_label_set_wrap (GTK_LABEL (line), TRUE);
      gtk_box_append (self->prints, line);
    }
}

static void
show_words (DeskIssuedView *self, const DeskIssued *issued)
{
  GTimeZone *zone = desk_page_get_zone (self->page);
  g_autoptr (DeskPatient) patient = issued->patient_id ? desk_patient_load (desk_page_get_reader (self->page), issued->patient_id, NULL) : NULL;
  g_autofree char *title = desk_issued_words_title (issued), *state = desk_issued_words_state (issued, zone);
  g_autofree char *when = desk_words_when (issued->at, zone), *name = patient ? desk_patient_name (patient) : g_strdup ("");
  g_autofree char *pages = g_strdup_printf (g_dngettext (NULL, "%u page", "%u pages", issued->pages), issued->pages);
  const char *facts[] = { name, patient ? patient->chart : "", when, desk_words_pick (issued->by, issued->by_ja), desk_words ("language", issued->language),
                          pages };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->facts, line);
  gtk_label_set_label (self->state, state);
}

static void
enable (DeskIssuedView *self, const DeskIssued *issued)
{
  gboolean writable = issued && !desk_page_get_read_only (self->page), good = issued && !issued->void_at && !issued->replaced_by;
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "issued.print", issued != NULL);
  gtk_widget_action_set_enabled (widget, "issued.correct", writable && good);
  gtk_widget_action_set_enabled (widget, "issued.void", writable && good);
  gtk_widget_action_set_enabled (widget, "issued.keep", writable && good && *issued->differs);
  gtk_widget_action_set_enabled (widget, "issued.patient", issued && issued->patient_id);
  gtk_widget_set_visible (self->keep, issued && good && *issued->differs);
}

static void
show_issued (DeskIssuedView *self, gint64 id)
{
  DeskDb *db = desk_page_get_reader (self->page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = id ? desk_issued_rows (db, &id, 1, &error) : NULL;
  const DeskIssued *issued = rows && rows->len ? rows->pdata[0] : NULL;
  g_autoptr (GPtrArray) prints = issued ? desk_issued_prints (db, id, &error) : NULL;
  DeskLetterLayout *layout = prints ? desk_issued_layout (db, id, 0, desk_page_get_today (self->page), &error) : NULL;

  if (error)
    desk_toast_error (GTK_WIDGET (self), error);
  self->issued_id = issued ? id : 0;
  self->patient_id = issued ? issued->patient_id : 0;
  desk_letter_preview_set (self->preview, layout);
  if (issued)
    show_words (self, issued);
  if (prints)
    show_prints (self, prints);
  enable (self, issued);
  gtk_stack_set_visible_child_name (self->right, issued ? "detail" : "empty");
}

static void
on_selected (GtkSingleSelection *selection, GParamSpec *pspec, DeskIssuedView *self)
{
  guint place = gtk_single_selection_get_selected (selection);

  if (!self->selecting && place != GTK_INVALID_LIST_POSITION)
    show_issued (self, desk_list_model_get_id (self->model, place));
}

/* ── what can be done ── */

static void
action_act (GtkWidget *widget, const char *name, GVariant *target)
{
  static const struct
  {
    const char *action;
    void (*act) (GtkWidget *widget, DeskPage *page, gint64 issued_id);
  } acts[] = { { "issued.print", desk_issued_act_print }, { "issued.correct", desk_issued_act_correct }, { "issued.void", desk_issued_act_void } };
  DeskIssuedView *self = DESK_ISSUED_VIEW (widget);

  for (guint i = 0; self->issued_id && i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].action, name))
      acts[i].act (widget, self->page, self->issued_id);
}

static gboolean
keep_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_issued_keep (db, *(const gint64 *) data, error);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (widget, error);
}

static void
action_keep (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskIssuedView *self = DESK_ISSUED_VIEW (widget);

  desk_session_run_async (desk_page_get_session (self->page), keep_work, g_memdup2 (&self->issued_id, sizeof (gint64)), g_free, NULL, on_kept,
                          g_object_ref (widget));
}

static void
action_patient (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_window_show (desk_window_of (widget), DESK_KIND_PATIENT, DESK_ISSUED_VIEW (widget)->patient_id);
}

static void
action_search (GtkWidget *widget, const char *name, GVariant *target)
{
  gtk_widget_grab_focus (GTK_WIDGET (DESK_ISSUED_VIEW (widget)->search));
}

static gboolean
on_scan (GtkWidget *widget, const DeskScan *scan, gpointer user_data)
{
  if (scan->found.kind != DESK_CODE_PAPER)
    return FALSE;
  desk_issued_view_show (DESK_ISSUED_VIEW (widget), scan->found.id);
  return TRUE;
}

/* ── from outside ── */

/* Shows that paper, whatever the list was cut to. */
void
desk_issued_view_show (DeskIssuedView *self, gint64 issued_id)
{
  gtk_editable_set_text (self->search, "");
  gtk_drop_down_set_selected (self->filter, 0);
  show_issued (self, issued_id);
  requery (self);
}

/* Something was issued, printed, or no longer matches. */
void
desk_issued_view_refresh (DeskIssuedView *self)
{
  requery (self);
  if (self->issued_id)
    show_issued (self, self->issued_id);
}

/* Gives the view the page it is in, once the session is there. */
void
desk_issued_view_load (DeskIssuedView *self, DeskPage *page)
{
  self->page = page;
  requery (self);
  show_issued (self, 0);
}

static gboolean
desk_issued_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DESK_ISSUED_VIEW (widget)->search));
}

static void
desk_issued_view_dispose (GObject *object)
{
  g_clear_object (&DESK_ISSUED_VIEW (object)->model);
  G_OBJECT_CLASS (desk_issued_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, search);
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, filter);
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, count);
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, title);
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, facts);
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, state);
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, list);
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, selection);
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, right);
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, prints);
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, keep);
  gtk_widget_class_bind_template_child (widget_class, DeskIssuedView, preview);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, requery);
}

static void
desk_issued_view_class_init (DeskIssuedViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_issued_view_dispose;
  widget_class->grab_focus = desk_issued_view_grab_focus;
  g_type_ensure (DESK_TYPE_ONE_STOP);
  g_type_ensure (DESK_TYPE_LETTER_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-issued-view.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "issued.print", NULL, action_act);
  gtk_widget_class_install_action (widget_class, "issued.correct", NULL, action_act);
  gtk_widget_class_install_action (widget_class, "issued.void", NULL, action_act);
  gtk_widget_class_install_action (widget_class, "issued.keep", NULL, action_keep);
  gtk_widget_class_install_action (widget_class, "issued.patient", NULL, action_patient);
  gtk_widget_class_install_action (widget_class, "issued.search", NULL, action_search);
  /* The key of the page is off while no letter is ready: what is shown here is printed all the same. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "issued.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "issued.correct", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "issued.search", NULL);
}

static void
desk_issued_view_init (DeskIssuedView *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    gtk_string_list_append (names, _(filters[i].words));
  gtk_drop_down_set_model (self->filter, G_LIST_MODEL (names));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  self->model = desk_list_model_new (read_rows, self);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  desk_scan_want (GTK_WIDGET (self), on_scan, NULL);
}
