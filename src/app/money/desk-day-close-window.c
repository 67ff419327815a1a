#include "desk-day-close-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cash-counter.h"
#include "desk-clinics.h"
#include "desk-day-closes.h"
#include "desk-day-words.h"
#include "desk-issued.h"
#include "desk-letter-paper.h"
#include "desk-money-words.h"
#include "desk-sign.h"
#include "desk-vault-key.h"
#include "desk-words.h"

struct _DeskDayCloseWindow
{
  AdwWindow parent_instance;

  DeskPage *page; /* lives longer: the window is modal to its window */
  DeskDayClose *day;
  gboolean closed;
  GPtrArray *rows;  /* of Row */
  GPtrArray *staff; /* of DeskStaff: who can have seen it */
  GtkEntry *on;
  GtkGrid *grid;
  DeskCashCounter *counter;
  GtkDropDown *witness;
  GtkPasswordEntry *secret;
  GtkEntry *note;
  GtkLabel *message, *state;
  GtkWidget *signing, *print;
};

G_DEFINE_FINAL_TYPE (DeskDayCloseWindow, desk_day_close_window, ADW_TYPE_WINDOW)

typedef struct
{
  GtkWidget *counted, *difference, *reason;
} Row;

static void
say (DeskDayCloseWindow *self, const char *words)
{
  gtk_label_set_label (self->message, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words != NULL);
}

/* ── counting ────────────────────────────────────────────────────────────────────────────────── */

/* What is typed goes into the day's lines. NULL, or the code of what is wrong. */
static const char *
collect (DeskDayCloseWindow *self)
{
  const char *first = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];
      DeskDayCloseLine *line = self->day->lines->pdata[i];
      const char *wrong = desk_money_read (gtk_editable_get_text (GTK_EDITABLE (row->counted)), line->currency, &line->counted);

      g_free (line->reason);
      line->reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row->reason))));
      if (!wrong && line->counted != line->expected && *line->reason == '\0')
        wrong = "missing";
      if (wrong && !first)
        {
          first = wrong;
          g_object_set_data (G_OBJECT (self), "wrong", strcmp (wrong, "missing") == 0 ? row->reason : row->counted);
        }
    }
  return first;
}

static void
on_counted (DeskDayCloseWindow *self)
{
  if (self->closed)
    return;
  collect (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];
      const DeskDayCloseLine *line = self->day->lines->pdata[i];
      gint64 counted;
      gboolean read = !desk_money_read (gtk_editable_get_text (GTK_EDITABLE (row->counted)), line->currency, &counted);
      g_autofree char *money = desk_words_money (read ? counted - line->expected : 0, line->currency);
      g_autofree char *words = !read ? g_strdup ("") : counted == line->expected ? g_strdup (_("✓ right")) : g_strdup_printf ("✖ %s", money);

      gtk_label_set_label (GTK_LABEL (row->difference), words);
      gtk_widget_set_sensitive (row->reason, read && counted != line->expected);
    }
  say (self, NULL);
}

/* Notes and coins counted are what there is of cash in yen. */
static void
on_coins (DeskDayCloseWindow *self)
{
  for (guint i = 0; i < self->rows->len && !self->closed; i++)
    {
      const DeskDayCloseLine *line = self->day->lines->pdata[i];
      g_autofree char *yen = desk_money_format (desk_cash_counter_get_yen (self->counter), "JPY");

      if (strcmp (line->currency, "JPY") == 0 && strcmp (line->method, "cash") == 0)
        gtk_editable_set_text (GTK_EDITABLE (((Row *) self->rows->pdata[i])->counted), yen);
    }
}

static GtkWidget *
attach (DeskDayCloseWindow *self, const char *text, int column, int row, gboolean right)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), right ? 1 : 0);
  gtk_widget_add_css_class (label, row == 0 ? "caption-heading" : "numeric");
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
  return label;
}

static GtkWidget *
attach_entry (DeskDayCloseWindow *self, const char *title, const char *what, const char *text, int width, int column, int row)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *spoken = g_strdup_printf ("%s, %s", title, what);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), width);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_sensitive (entry, !self->closed);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_counted), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (self->grid, entry, column, row, 1, 1);
  return entry;
}

/* Cards and transfers are what their own slips say: that is offered; the drawer is counted. */
static void
add_line (DeskDayCloseWindow *self, const DeskDayCloseLine *line)
{
  Row *row = g_new0 (Row, 1);
  int at = (int) self->rows->len + 1;
  gboolean cash = strcmp (line->method, "cash") == 0;
  g_autofree char *expected = desk_words_money (line->expected, line->currency), *counted = desk_money_format (line->counted, line->currency);
  g_autofree char *own = desk_money_format (line->expected, line->currency);
  const char *facts[] = { line->currency, desk_words ("pay-method", line->method) };
  g_autofree char *what = desk_words_facts (facts, G_N_ELEMENTS (facts));

  attach (self, what, 0, at, FALSE);
  attach (self, expected, 1, at, TRUE);
  row->counted = attach_entry (self, _("Counted"), what, self->closed ? counted : cash ? "" : own, 12, 2, at);
  gtk_entry_set_alignment (GTK_ENTRY (row->counted), 1);
  row->difference = attach (self, "", 3, at, TRUE);
  gtk_label_set_width_chars (GTK_LABEL (row->difference), 12);
  row->reason = attach_entry (self, _("Reason of the difference"), what, line->reason, 26, 4, at);
  gtk_widget_set_hexpand (row->reason, TRUE);
  g_ptr_array_add (self->rows, row);
}

static void
add_heads (DeskDayCloseWindow *self)
{
  static const char *const heads[] = { N_("Currency and way of paying"), N_("Expected"), N_("Counted"), N_("Difference"), N_("Reason of the difference") };

  for (int i = 0; i < (int) G_N_ELEMENTS (heads); i++)
    attach (self, _(heads[i]), i, 0, i >= 1 && i <= 3);
}

/* ── a day ───────────────────────────────────────────────────────────────────────────────────── */

static void
show_state (DeskDayCloseWindow *self)
{
  g_autofree char *when = self->closed ? desk_words_when (self->day->at, desk_page_get_zone (self->page)) : NULL;
  const char *facts[] = { when ? when : "", self->closed ? self->day->by : "", self->closed ? self->day->witness : "", self->closed ? self->day->note : "" };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));
  g_autofree char *words = self->closed ? g_strdup_printf (_("✓ This day is closed and takes no more money: %s"), line)
                                        : g_strdup (_("Once it is closed the day takes no more money."));

  gtk_label_set_label (self->state, words);
  gtk_widget_set_visible (GTK_WIDGET (self->counter), !self->closed);
  gtk_widget_set_visible (self->signing, !self->closed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "close.day", !self->closed && !desk_page_get_read_only (self->page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "close.print", self->closed && !desk_page_get_read_only (self->page));
  gtk_widget_set_visible (self->print, self->closed);
}

/* Reads the day again; FALSE when it cannot be. */
static gboolean
show_day (DeskDayCloseWindow *self, DeskDay day)
{
  DeskDb *db = desk_page_get_reader (self->page);
  g_autoptr (GError) error = NULL;
  gboolean closed = FALSE;
  DeskDayClose *read = desk_day_is_closed (db, day, &closed, &error) ? closed ? desk_day_close_load (db, day, &error) : desk_day_close_begin (db, day, &error)
                                                                     : NULL;
  GtkWidget *child;

  if (!read)
    {
      g_autofree char *words = desk_words_error (error);

      say (self, words);
      return FALSE;
    }
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  /* What is typed into goes away: the focus has to be gone before. */
  if (focus && focus != GTK_WIDGET (self->on) && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->on)))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  g_clear_pointer (&self->day, desk_day_close_free);
  self->day = read;
  self->closed = closed;
  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))))
    gtk_grid_remove (self->grid, child);
  add_heads (self);
  for (guint i = 0; i < read->lines->len; i++)
    add_line (self, read->lines->pdata[i]);
  show_state (self);
  on_counted (self);
  return TRUE;
}

static void
on_day (DeskDayCloseWindow *self)
{
  g_autofree char *iso = desk_day_read (gtk_editable_get_text (GTK_EDITABLE (self->on)), DESK_DAY_ORDER_NONE, NULL);
  DeskDay day;

  if (iso && desk_day_parse (iso, &day))
    show_day (self, day);
}

/* ── closing ─────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskDayClose *day;
  char *secret;
} Close;

static void
close_free (gpointer data)
{
  Close *close = data;

  desk_day_close_free (close->day);
  desk_vault_wipe (close->secret);
  g_free (close->secret);
  g_free (close);
}

static gboolean
close_work (DeskDb *db, gpointer data, GError **error)
{
  Close *close = data;

  return desk_sign_check (db, close->day->witness_id, close->secret, error) && desk_day_close_make (db, close->day, error);
}

static void
on_closed (GObject *session, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskDayCloseWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  const Close *close = desk_session_run_finish (DESK_SESSION (session), result, &error);

  gtk_editable_set_text (GTK_EDITABLE (self->secret), "");
  if (!close)
    {
      g_autofree char *words = desk_words_error (error);

      say (self, words);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "close.day", TRUE);
      return;
    }
  show_day (self, self->day->day);
}

/* A copy for the worker: the window keeps what was typed. */
static DeskDayClose *
copy_day (const DeskDayClose *day)
{
  DeskDayClose *copy = desk_day_close_new (day->day);

  for (guint i = 0; i < day->lines->len; i++)
    {
      const DeskDayCloseLine *line = day->lines->pdata[i];
      DeskDayCloseLine *one = desk_day_close_add (copy, line->currency, line->method, line->expected);

      one->counted = line->counted;
      g_free (one->reason);
      one->reason = g_strdup (line->reason);
    }
  return copy;
}

static void
action_close (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskDayCloseWindow *self = DESK_DAY_CLOSE_WINDOW (widget);
  const char *wrong = collect (self);
  guint chosen = gtk_drop_down_get_selected (self->witness);
  Close *close;

  if (wrong)
    {
      const DeskProblem problem = { .field = "counted", .code = wrong };
      g_autofree char *words = desk_words_problem (&problem);

      say (self, strcmp (wrong, "missing") == 0 ? _("Please write why it differs.") : words);
      gtk_widget_grab_focus (g_object_get_data (G_OBJECT (self), "wrong"));
      return;
    }
  if (chosen == GTK_INVALID_LIST_POSITION || chosen >= self->staff->len)
    {
      say (self, _("A second person has to see it counted."));
      return;
    }
  close = g_new0 (Close, 1);
  close->day = copy_day (self->day);
  close->day->by_id = desk_session_get_actor (desk_page_get_session (self->page));
  close->day->witness_id = ((DeskStaff *) self->staff->pdata[chosen])->id;
  g_free (close->day->note);
  close->day->note = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note)));
  close->secret = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->secret)));
  gtk_widget_action_set_enabled (widget, "close.day", FALSE);
  desk_session_run_async (desk_page_get_session (self->page), close_work, close, close_free, NULL, on_closed, g_object_ref (self));
}

/* ── its paper ───────────────────────────────────────────────────────────────────────────────── */

/* The paper of the day in that language, as it was issued; 0 for none. */
static gint64
find_issued (DeskDayCloseWindow *self, const DeskLetterWanted *wanted)
{
  g_autoptr (GPtrArray) before = desk_issued_of_subject (desk_page_get_reader (self->page), wanted->subject, wanted->subject_id, NULL);

  for (guint i = 0; before && i < before->len; i++)
    {
      const DeskIssued *one = before->pdata[i];

      if (!one->void_at && !one->replaced_by && strcmp (one->name, wanted->name) == 0 && strcmp (one->language, wanted->language) == 0)
        return one->id;
    }
  return 0;
}

static void
action_print (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskDayCloseWindow *self = DESK_DAY_CLOSE_WINDOW (widget);
  const char *language = strcmp (desk_words_language (), "ja") == 0 ? "ja" : "en";
  const DeskLetterWanted wanted = { .name = "day-close", .language = language, .subject = "day", .subject_id = self->day->day };
  gint64 issued = find_issued (self, &wanted);

  if (issued)
    desk_letter_paper_print (widget, self->page, &issued, 1);
  else
    desk_letter_paper_issue (widget, self->page, &wanted, 1);
}

/* ── the window ──────────────────────────────────────────────────────────────────────────────── */

static void
desk_day_close_window_finalize (GObject *object)
{
  DeskDayCloseWindow *self = DESK_DAY_CLOSE_WINDOW (object);

  g_clear_pointer (&self->day, desk_day_close_free);
  g_clear_pointer (&self->staff, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (desk_day_close_window_parent_class)->finalize (object);
}

static void
desk_day_close_window_class_init (DeskDayCloseWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_day_close_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-day-close-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskDayCloseWindow, on);
  gtk_widget_class_bind_template_child (widget_class, DeskDayCloseWindow, grid);
  gtk_widget_class_bind_template_child (widget_class, DeskDayCloseWindow, counter);
  gtk_widget_class_bind_template_child (widget_class, DeskDayCloseWindow, witness);
  gtk_widget_class_bind_template_child (widget_class, DeskDayCloseWindow, secret);
  gtk_widget_class_bind_template_child (widget_class, DeskDayCloseWindow, note);
  gtk_widget_class_bind_template_child (widget_class, DeskDayCloseWindow, message);
  gtk_widget_class_bind_template_child (widget_class, DeskDayCloseWindow, state);
  gtk_widget_class_bind_template_child (widget_class, DeskDayCloseWindow, signing);
  gtk_widget_class_bind_template_child (widget_class, DeskDayCloseWindow, print);
  gtk_widget_class_bind_template_callback (widget_class, on_day);
  gtk_widget_class_bind_template_callback (widget_class, on_coins);
  gtk_widget_class_install_action (widget_class, "close.day", NULL, action_close);
  gtk_widget_class_install_action (widget_class, "close.print", NULL, action_print);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "close.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "close.day", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
desk_day_close_window_init (DeskDayCloseWindow *self)
{
  g_type_ensure (DESK_TYPE_CASH_COUNTER);
  self->rows = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Everybody but who closes it. */
static void
offer_witnesses (DeskDayCloseWindow *self)
{
  gint64 own = desk_session_get_actor (desk_page_get_session (self->page));
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_page_get_reader (self->page), TRUE, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = staff ? staff->len : 0; i-- > 0;)
    if (((DeskStaff *) staff->pdata[i])->id == own)
      g_ptr_array_remove_index (staff, i);
  for (guint i = 0; staff && i < staff->len; i++)
    gtk_string_list_append (names, desk_words_pick (((DeskStaff *) staff->pdata[i])->name, ((DeskStaff *) staff->pdata[i])->name_ja));
  self->staff = staff ? g_steal_pointer (&staff) : g_ptr_array_new ();
  gtk_drop_down_set_model (self->witness, G_LIST_MODEL (names));
}

/* Opens it for today. Lent; the window closes itself. */
DeskDayCloseWindow *
desk_day_close_window_show (DeskPage *page)
{
  DeskDayCloseWindow *self = g_object_new (DESK_TYPE_DAY_CLOSE_WINDOW, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  g_autofree char *today = desk_day_format (desk_page_get_today (page));

  self->page = page;
  offer_witnesses (self);
  gtk_editable_set_text (GTK_EDITABLE (self->on), today);
  gtk_window_present (GTK_WINDOW (self));
  if (self->rows->len)
    gtk_widget_grab_focus (((Row *) self->rows->pdata[0])->counted);
  return self;
}

/* Types what was counted of a line, from 0, and why it differs. */
void
desk_day_close_window_count (DeskDayCloseWindow *self, guint line, const char *counted, const char *reason)
{
  const Row *row = self->rows->pdata[line];

  gtk_editable_set_text (GTK_EDITABLE (row->counted), counted);
  gtk_editable_set_text (GTK_EDITABLE (row->reason), reason);
}

/* Chooses who saw it, and types their PIN. */
void
desk_day_close_window_witness (DeskDayCloseWindow *self, gint64 staff_id, const char *secret)
{
  for (guint i = 0; i < self->staff->len; i++)
    if (((DeskStaff *) self->staff->pdata[i])->id == staff_id)
      gtk_drop_down_set_selected (self->witness, i);
  gtk_editable_set_text (GTK_EDITABLE (self->secret), secret);
}
