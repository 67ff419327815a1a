#include "desk-gate-dialog.h"

#include <glib/gi18n.h>

#include "desk-clinics.h"
#include "desk-gate-words.h"
#include "desk-gates.h"
#include "desk-text.h"
#include "desk-toast.h"
#include "desk-words.h"

/* One decision on its way to the store. */
typedef struct
{
  DeskPage *page;
  gint64 patient_id, id, by;
  const DeskGateRule *rule; /* NULL: about the case; static */
  gboolean accepted, revoke;
  char *reason;
  DeskDay until;
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_object_unref (act->page);
  g_free (act->reason);
  g_free (act);
}

static gboolean
act_work (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;

  if (act->revoke)
    return desk_gate_override_revoke (db, act->id, act->by, error);
  if (act->rule)
    return desk_gate_override_add (db, act->patient_id, act->rule, act->reason, act->until, act->by, &act->id, error);
  return desk_gate_decide (db, act->patient_id, act->accepted, act->reason, act->by, error);
}

static void
on_undo (gpointer data)
{
  const Act *act = data;

  desk_gate_revoke (act->page, act->id);
}

static void
on_acted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPage) page = user_data;
  g_autoptr (GError) error = NULL;
  const Act *act = desk_session_run_finish (DESK_SESSION (source), result, &error);

  if (!act)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  if (act->revoke)
    desk_toast (GTK_WIDGET (page), _("The override was taken back."));
  else if (act->rule)
    {
      Act *undo = g_new0 (Act, 1);

      *undo = (Act){ .page = g_object_ref (page), .id = act->id };
      g_autofree char *text = g_strdup_printf (_("Overridden: %s"), desk_gate_words_rule (act->rule->code));
      desk_toast_undo (GTK_WIDGET (page), text, G_CALLBACK (on_undo), undo, act_free);
    }
  else
    desk_toast (GTK_WIDGET (page), act->accepted ? _("The case is accepted.") : _("The case is declined."));
}

static void
run (Act *act)
{
  desk_session_run_async (desk_page_get_session (act->page), act_work, act, act_free, NULL, on_acted,
                          g_object_ref (act->page));
}

/* Takes an override back, in the name of whoever is at the desk. */
void
desk_gate_revoke (DeskPage *page, gint64 override_id)
{
  Act *act = g_new0 (Act, 1);
  gint64 actor = desk_session_get_actor (desk_page_get_session (page));

  *act = (Act){ .page = g_object_ref (page), .id = override_id, .by = actor, .revoke = TRUE };
  run (act);
}

typedef struct
{
  DeskPage *page; /* lent: the dialog is above it */
  gint64 patient_id;
  const DeskGateRule *rule;
  AdwMessageDialog *dialog;
  GtkDropDown *physician;
  GtkEntry *reason, *until;
  GArray *ids; /* of gint64: the physicians */
} Form;

static void
form_free (gpointer data, GClosure *closure)
{
  Form *form = data;

  g_array_unref (form->ids);
  g_free (form);
}

/* The day written, or DESK_DAY_NONE for none; FALSE for no day or one that is past. */
static gboolean
read_until (const Form *form, DeskDay *until)
{
  g_autofree char *text = form->until ? desk_text_tidy (gtk_editable_get_text (GTK_EDITABLE (form->until)), FALSE) : g_strdup ("");

  *until = DESK_DAY_NONE;
  return *text == '\0' || (desk_day_parse (text, until) && *until >= desk_page_get_today (form->page));
}

/* An override needs its reason, declining too; accepting does not. */
static void
on_typed (Form *form)
{
  g_autofree char *reason = desk_text_tidy (gtk_editable_get_text (GTK_EDITABLE (form->reason)), FALSE);
  DeskDay until;
  gboolean whole = *reason && form->ids->len > 0 && read_until (form, &until);

  adw_message_dialog_set_response_enabled (form->dialog, form->rule ? "override" : "decline", whole);
  if (!form->rule)
    adw_message_dialog_set_response_enabled (form->dialog, "accept", form->ids->len > 0);
}

/* Whether the button is one that does something: Escape and the window manager answer with words of their own. */
static gboolean
is_decision (const char *response)
{
  return g_str_equal (response, "override") || g_str_equal (response, "accept") || g_str_equal (response, "decline");
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  const Form *form = user_data;
  guint selected = gtk_drop_down_get_selected (form->physician);
  DeskDay until = DESK_DAY_NONE;
  Act *act;

  if (!is_decision (response) || selected >= form->ids->len || !read_until (form, &until))
    return;
  act = g_new0 (Act, 1);
  *act = (Act){ .page = g_object_ref (form->page), .patient_id = form->patient_id, .rule = form->rule, .until = until,
                .by = g_array_index (form->ids, gint64, selected), .accepted = g_str_equal (response, "accept"),
                .reason = desk_text_tidy (gtk_editable_get_text (GTK_EDITABLE (form->reason)), FALSE) };
  run (act);
}

/* The physicians who work here; whoever is at the desk stands first chosen. */
static void
fill_physicians (Form *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_page_get_reader (form->page), TRUE, &error);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gint64 actor = desk_session_get_actor (desk_page_get_session (form->page));
  guint chosen = 0;

  for (guint i = 0; staff && i < staff->len; i++)
    {
      const DeskStaff *person = g_ptr_array_index (staff, i);

      if (!g_str_equal (person->role, "physician"))
        continue;
      if (person->id == actor)
        chosen = form->ids->len;
      gtk_string_list_append (names, desk_words_pick (person->name, person->name_ja));
      g_array_append_val (form->ids, person->id);
    }
  gtk_drop_down_set_model (form->physician, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (form->physician, chosen);
  if (!staff)
    desk_toast_error (GTK_WIDGET (form->page), error);
}

static void
add_line (GtkGrid *grid, int row, const char *title, GtkWidget *field)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (title);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), field);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_hexpand (field, TRUE);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, field, 1, row, 1, 1);
}

static Form *
form_new (DeskPage *page, gint64 patient_id, const DeskGateRule *rule, const char *title, const char *body)
{
  Form *form = g_new0 (Form, 1);
  GtkWidget *grid = gtk_grid_new ();

  form->page = page;
  form->patient_id = patient_id;
  form->rule = rule;
  form->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  form->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), title, body));
  form->physician = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  form->reason = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_max_length (form->reason, 500);
  gtk_widget_set_size_request (grid, 420, -1);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  add_line (GTK_GRID (grid), 0, _("_Physician"), GTK_WIDGET (form->physician));
  add_line (GTK_GRID (grid), 1, _("_Reason"), GTK_WIDGET (form->reason));
  if (rule)
    {
      form->until = GTK_ENTRY (gtk_entry_new ());
      gtk_entry_set_placeholder_text (form->until, _("No end, or a day such as 2026-12-31"));
      add_line (GTK_GRID (grid), 2, _("_Until"), GTK_WIDGET (form->until));
      g_signal_connect_swapped (form->until, "changed", G_CALLBACK (on_typed), form);
    }
  fill_physicians (form);
  adw_message_dialog_set_extra_child (form->dialog, grid);
  adw_message_dialog_add_response (form->dialog, "cancel", _("_Cancel"));
  return form;
}

static void
present (Form *form)
{
  g_signal_connect_swapped (form->reason, "changed", G_CALLBACK (on_typed), form);
  g_signal_connect_data (form->dialog, "response", G_CALLBACK (on_response), form, form_free, 0);
  on_typed (form);
  gtk_window_present (GTK_WINDOW (form->dialog));
  gtk_widget_grab_focus (GTK_WIDGET (form->reason));
}

/* Asks which physician passes the rule over, why, and until when. */
void
desk_gate_ask_override (DeskPage *page, gint64 patient_id, const DeskGateRule *rule)
{
  g_autofree char *title = g_strdup_printf (_("Override “%s”?"), desk_gate_words_rule (rule->code));
  Form *form = form_new (page, patient_id, rule, title, _("Name, reason and end stay visible. Anybody can take the override back."));

  adw_message_dialog_add_response (form->dialog, "override", _("_Override"));
  adw_message_dialog_set_response_appearance (form->dialog, "override", ADW_RESPONSE_DESTRUCTIVE);
  present (form);
}

/* Asks which physician accepts or declines the case. */
void
desk_gate_ask_decision (DeskPage *page, gint64 patient_id)
{
  Form *form = form_new (page, patient_id, NULL, _("Accept the Case?"), _("Declining needs a reason."));

  adw_message_dialog_add_responses (form->dialog, "decline", _("_Decline"), "accept", _("_Accept"), NULL);
  adw_message_dialog_set_response_appearance (form->dialog, "decline", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (form->dialog, "accept", ADW_RESPONSE_SUGGESTED);
  present (form);
}
