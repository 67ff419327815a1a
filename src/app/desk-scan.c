#include "desk-scan.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-bedside-window.h"
#include "desk-consents.h"
#include "desk-palette.h"
#include "desk-scan-burst.h"
#include "desk-shortcuts.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

/* ── who wants codes ─────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskScanFunc func;
  gpointer user_data;
} Want;

static GPtrArray *wanting; /* of GtkWidget, not owned; the last to ask is asked first */

static void
on_wanting_gone (gpointer data, GObject *widget)
{
  g_ptr_array_remove (wanting, widget);
}

static void
on_wanting_shown (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (root))
    desk_scan_watch (GTK_WINDOW (root));
}

/* Has func asked with every whole code that is scanned while the widget is shown in the window that has the keyboard. */
void
desk_scan_want (GtkWidget *widget, DeskScanFunc func, gpointer user_data)
{
  Want *want = g_new (Want, 1);

  *want = (Want){ func, user_data };
  if (!wanting)
    wanting = g_ptr_array_new ();
  if (!g_object_get_data (G_OBJECT (widget), "desk-scan-want"))
    {
      g_ptr_array_add (wanting, widget);
      g_object_weak_ref (G_OBJECT (widget), on_wanting_gone, NULL);
      g_signal_connect (widget, "map", G_CALLBACK (on_wanting_shown), NULL);
    }
  g_object_set_data_full (G_OBJECT (widget), "desk-scan-want", want, g_free);
  on_wanting_shown (widget);
}

/* The widget stays, but wants no more codes until it asks again. */
void
desk_scan_unwant (GtkWidget *widget)
{
  if (!g_object_get_data (G_OBJECT (widget), "desk-scan-want"))
    return;
  g_object_set_data (G_OBJECT (widget), "desk-scan-want", NULL);
  g_object_weak_unref (G_OBJECT (widget), on_wanting_gone, NULL);
  g_signal_handlers_disconnect_by_func (widget, on_wanting_shown, NULL);
  g_ptr_array_remove (wanting, widget);
}

static gboolean
ask (GtkWidget *widget, const DeskScan *scan)
{
  const Want *want = g_object_get_data (G_OBJECT (widget), "desk-scan-want");

  return want && want->func (widget, scan, want->user_data);
}

/* Those around the focus first, from the inside out; then whoever else is shown in that window, the newest first. */
static gboolean
ask_all (GtkRoot *root, const DeskScan *scan)
{
  GtkWidget *focus = gtk_root_get_focus (root);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);

  for (GtkWidget *at = focus; at; at = gtk_widget_get_parent (at))
    if (g_object_get_data (G_OBJECT (at), "desk-scan-want"))
      g_ptr_array_add (shown, g_object_ref (at));
  for (guint i = wanting ? wanting->len : 0; i-- > 0;)
    if (gtk_widget_get_root (wanting->pdata[i]) == root && gtk_widget_get_mapped (wanting->pdata[i])
        && !g_ptr_array_find (shown, wanting->pdata[i], NULL))
      g_ptr_array_add (shown, g_object_ref (wanting->pdata[i]));
  for (guint i = 0; i < shown->len; i++)
    if (ask (shown->pdata[i], scan))
      return TRUE;
  return FALSE;
}

static gboolean
is_wanted (GtkRoot *root)
{
  for (guint i = 0; wanting && i < wanting->len; i++)
    if (gtk_widget_get_root (wanting->pdata[i]) == root && gtk_widget_get_mapped (wanting->pdata[i]))
      return TRUE;
  return FALSE;
}

/* ── saying no ───────────────────────────────────────────────────────────────────────────────── */

/* What a code's problem means and what to do now. */
const char *
desk_scan_words (const char *problem)
{
  return desk_words ("code-problem", problem);
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* The next scan takes the message away and goes to where it was meant for. */
static gboolean
on_scan_over_message (GtkWidget *dialog, const DeskScan *scan, gpointer user_data)
{
  g_autofree char *text = g_strdup (scan->code->read);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  gtk_window_destroy (GTK_WINDOW (dialog));
  if (parent)
    desk_scan_give (GTK_WIDGET (parent), text);
  return TRUE;
}

static void
tell (GtkWidget *widget, const char *heading, const char *words)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), words);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Understood"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect (dialog, "response", G_CALLBACK (on_answer), NULL);
  desk_scan_want (dialog, on_scan_over_message, NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Says with a sound why a scan was not taken: at the foot of the main window, over a dialog in a message that the next
 * scan takes away. */
void
desk_scan_refuse (GtkWidget *widget, const char *words)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  gdk_display_beep (gtk_widget_get_display (widget));
  if (DESK_IS_WINDOW (root))
    desk_toast (widget, words);
  else
    tell (widget, _("Not Taken"), words);
}

static void
explain (GtkWidget *widget, const DeskScan *scan)
{
  if (!g_str_has_prefix (scan->found.problem, "code-layout-"))
    {
      desk_scan_refuse (widget, desk_scan_words (scan->found.problem));
      return;
    }
  gdk_display_beep (gtk_widget_get_display (widget));
  tell (widget, _("The Scanner’s Keyboard Does Not Match"), desk_scan_words (scan->found.problem));
}

static gboolean
is_damaged (const DeskScan *scan)
{
  static const char *const whole[]
      = { "code-not-found", "code-unknown", "code-ambiguous", "code-check-missing", NULL };

  return scan->found.problem && !g_strv_contains (whole, scan->found.problem);
}

/* ── opening ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
obey (DeskWindow *window, DeskCodeCommand command)
{
  switch (command)
    {
    case DESK_COMMAND_FIND:
      desk_palette_show (window);
      return TRUE;
    case DESK_COMMAND_HELP:
      desk_shortcuts_show (GTK_WINDOW (window));
      return TRUE;
    case DESK_COMMAND_UNDO:
      desk_toast_take_back (GTK_WIDGET (window));
      return TRUE;
    case DESK_COMMAND_COUNT:
      desk_window_run (window, "cells", "cells.way", "counts");
      return TRUE;
    case DESK_COMMAND_LABEL:
      desk_window_run (window, "cells", "cells.step", "print-label");
      return TRUE;
    default:
      desk_scan_refuse (GTK_WIDGET (window), _("This command has nothing to act on here. Open what you want to do first."));
      return TRUE;
    }
}

static gboolean
is_money (DeskCodeKind kind)
{
  return kind == DESK_CODE_QUOTE || kind == DESK_CODE_INVOICE || kind == DESK_CODE_PAYMENT || kind == DESK_CODE_REFUND;
}

/* A paper that asks for a consent opens the patient's consents. */
static gboolean
open_consent (DeskWindow *window, const DeskScan *scan)
{
  gint64 id = 0;

  if (scan->found.kind != DESK_CODE_PAPER || !scan->found.patient_id
      || !desk_consent_of_number (desk_page_get_reader (desk_window_get_page (window, "patients")), scan->code->number, &id, NULL) || !id)
    return FALSE;
  desk_window_show (window, DESK_KIND_PATIENT, scan->found.patient_id);
  desk_window_run (window, "patients", "consents.show", NULL);
  return TRUE;
}

static gboolean
open_thing (DeskWindow *window, const DeskScan *scan)
{
  static const struct
  {
    DeskCodeKind kind;
    DeskKind thing;
  } things[] = { { DESK_CODE_UNIT, DESK_KIND_UNIT },           { DESK_CODE_LOT, DESK_KIND_LOT },
                 { DESK_CODE_PATIENT, DESK_KIND_PATIENT },     { DESK_CODE_CONTAINER, DESK_KIND_CONTAINER },
                 { DESK_CODE_PLACE, DESK_KIND_CONTAINER },     { DESK_CODE_PAPER, DESK_KIND_LETTER } };

  if (scan->code->kind == DESK_CODE_COMMAND)
    return obey (window, scan->code->command);
  /* Whoever sits in a chair with a dose is given it. */
  if ((scan->found.kind == DESK_CODE_PATIENT && desk_bedside_window_offer (window, scan->found.id, 0))
      || (scan->found.kind == DESK_CODE_UNIT && desk_bedside_window_offer (window, 0, scan->found.id)))
    return TRUE;
  if (open_consent (window, scan))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    if (things[i].kind == scan->found.kind)
      {
        desk_window_show (window, things[i].thing, scan->found.id);
        return TRUE;
      }
  if (scan->found.patient_id)
    {
      desk_window_show (window, DESK_KIND_PATIENT, scan->found.patient_id);
      if (is_money (scan->found.kind))
        desk_window_run (window, "patients", "money.show", NULL);
      return TRUE;
    }
  if (scan->found.kind == DESK_CODE_UNKNOWN)
    return FALSE;
  desk_scan_refuse (GTK_WIDGET (window), desk_words ("code-elsewhere", desk_code_kind_name (scan->found.kind)));
  return TRUE;
}

static gboolean
give (GtkRoot *root, const DeskScan *scan)
{
  if (is_damaged (scan))
    {
      explain (GTK_WIDGET (root), scan);
      return TRUE;
    }
  if (ask_all (root, scan))
    return TRUE;
  if (!DESK_IS_WINDOW (root))
    return FALSE;
  if (!open_thing (DESK_WINDOW (root), scan))
    explain (GTK_WIDGET (root), scan);
  return TRUE;
}

static gboolean
look_up (GtkWidget *widget, const DeskCode *code, DeskScan *scan)
{
  g_autoptr (GError) error = NULL;
  DeskWindow *window = desk_window_of (widget);

  scan->code = code;
  if (window && desk_code_find (desk_session_reader (desk_window_get_session (window)), code, &scan->found, &error))
    return TRUE;
  if (error)
    desk_toast_error (widget, error);
  return FALSE;
}

gboolean
desk_scan_give (GtkWidget *widget, const char *text)
{
  g_autoptr (DeskCode) code = desk_code_read (text);
  DeskScan scan;

  return look_up (widget, code, &scan) && give (gtk_widget_get_root (widget), &scan);
}

/* ── the wedge ───────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  GtkWindow *window;
  DeskScanBurst burst;
  GtkWidget *entry; /* weak; into which the burst goes, NULL for none */
  char *before;     /* what stood in it, and its selection */
  int from, to;
} Watch;

static void
forget_entry (Watch *watch)
{
  g_clear_weak_pointer (&watch->entry);
  g_clear_pointer (&watch->before, g_free);
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  forget_entry (watch);
  desk_scan_burst_clear (&watch->burst);
  g_free (watch);
}

static void
remember_entry (Watch *watch)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (watch->window));

  forget_entry (watch);
  if (GTK_IS_EDITABLE (focus))
    {
      watch->before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
      gtk_editable_get_selection_bounds (GTK_EDITABLE (focus), &watch->from, &watch->to);
    }
  else if (GTK_IS_TEXT_VIEW (focus))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus));
      GtkTextIter at;

      gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
      watch->from = gtk_text_iter_get_offset (&at);
    }
  else
    return;
  g_set_weak_pointer (&watch->entry, focus);
}

/* The entry holds again what it held, and an input method that was on forgets what it had begun. */
static void
take_out (Watch *watch)
{
  GtkWidget *entry = watch->entry;

  if (!entry)
    return;
  if (GTK_IS_TEXT_VIEW (entry))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry));
      GtkTextIter from, to;

      gtk_text_view_reset_im_context (GTK_TEXT_VIEW (entry));
      gtk_text_buffer_get_iter_at_offset (buffer, &from, watch->from);
      gtk_text_buffer_get_iter_at_mark (buffer, &to, gtk_text_buffer_get_insert (buffer));
      gtk_text_buffer_delete (buffer, &from, &to);
    }
  else if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), watch->before))
    {
      gtk_editable_set_text (GTK_EDITABLE (entry), watch->before);
      gtk_editable_select_region (GTK_EDITABLE (entry), watch->from, watch->to);
    }
  forget_entry (watch);
}

static gboolean
is_secret (GtkWidget *entry)
{
  return GTK_IS_TEXT (entry) && !gtk_text_get_visibility (GTK_TEXT (entry));
}

/* Whether what a scanner typed is for us: not the lines of a passport, not a secret, and not what a person wants to have
 * in the entry he put the cursor into, such as the number on a foreign box. */
static gboolean
is_ours (Watch *watch, const char *text, const DeskScan *scan)
{
  gboolean wanted = is_wanted (GTK_ROOT (watch->window));

  if (strstr (text, "<<") || (watch->entry && is_secret (watch->entry)))
    return FALSE;
  if (!wanted && !DESK_IS_WINDOW (watch->window))
    return FALSE;
  return !watch->entry || wanted || g_strcmp0 (scan->found.problem, "code-unknown") != 0;
}

static gboolean
on_end (Watch *watch, guint32 time)
{
  g_autofree char *text = desk_scan_burst_end (&watch->burst, time);
  g_autoptr (DeskCode) code = text ? desk_code_read (text) : NULL;
  DeskScan scan;

  if (!code || !look_up (GTK_WIDGET (watch->window), code, &scan) || !is_ours (watch, text, &scan))
    return FALSE;
  take_out (watch);
  give (GTK_ROOT (watch->window), &scan);
  return TRUE;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint keycode, GdkModifierType state, Watch *watch)
{
  guint32 time = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));
  gunichar sign = gdk_keyval_to_unicode (key);

  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_Tab)
    return on_end (watch, time);
  if (sign < ' ' || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)))
    return FALSE;
  if (desk_scan_burst_add (&watch->burst, sign, time))
    remember_entry (watch);
  return FALSE;
}

/* Knows a scanner in this window from now on. */
void
desk_scan_watch (GtkWindow *window)
{
  if (g_object_get_data (G_OBJECT (window), "desk-scan-watch"))
    return;

  GtkEventController *controller = gtk_event_controller_key_new ();
  Watch *watch = g_new0 (Watch, 1);

  watch->window = window;
  desk_scan_burst_init (&watch->burst);
  g_object_set_data_full (G_OBJECT (window), "desk-scan-watch", watch, watch_free);
  gtk_event_controller_set_name (controller, "desk-scan");
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_key), watch);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}
