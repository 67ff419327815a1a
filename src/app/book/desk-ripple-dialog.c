#include "desk-ripple-dialog.h"

#include <glib/gi18n.h>

#include "desk-book-words.h"
#include "desk-ripple-rows.h"
#include "desk-setup-row.h"
#include "desk-toast.h"
#include "desk-words.h"

struct _DeskRippleDialog
{
  AdwWindow parent_instance;

  DeskPage *page;
  DeskRippleWish *wish;
  DeskRipplePlan *plan; /* what is shown; NULL while there is none */
  GPtrArray *resources;
  guint asked;          /* number of the newest preview: answers to older ones are dropped */
  gint64 focus;         /* visit whose check was used last */
  gboolean filling, busy;

  AdwEntryRow *day_row, *reason_row;
  GtkWidget *fields, *spinner, *save;
  GtkListBox *list;
  GtkLabel *message;
};

G_DEFINE_FINAL_TYPE (DeskRippleDialog, desk_ripple_dialog, ADW_TYPE_WINDOW)

/* What each kind is called, and what day it asks for. */
static const struct
{
  const char *title, *day, *save, *done;
} kinds[] = {
  [DESK_RIPPLE_CULTURE_DELAY] = { N_("Culture Late"), N_("_New Harvest Day"), N_("_Move All"), N_("Culture late") },
  [DESK_RIPPLE_LOT_FAILED] = { N_("What Waits for This Lot"), NULL, N_("_Do All"), N_("Lot failed") },
  [DESK_RIPPLE_MISSED_FLIGHT] = { N_("Missed Flight"), N_("_New Arrival"), N_("_Move All"), N_("Missed flight") },
  [DESK_RIPPLE_CLOSED_DAY] = { N_("Close a Day"), N_("_Day"), N_("_Close and Move All"), N_("Day closed") },
  [DESK_RIPPLE_COURSE_LATER] = { N_("This and Later Visits"), N_("_New Day"), N_("_Move All"), N_("Later visits") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == DESK_N_RIPPLES);

static void
say (DeskRippleDialog *self, const char *words)
{
  gtk_label_set_label (self->message, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words && *words);
}

/* ── the preview ─────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskRippleWish *wish;
  DeskRipplePlan *plan;
  guint number;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  g_clear_pointer (&preview->wish, desk_ripple_wish_free);
  g_clear_pointer (&preview->plan, desk_ripple_plan_free);
  g_free (preview);
}

static gboolean
preview_work (DeskDb *db, gpointer data, GError **error)
{
  Preview *preview = data;

  preview->plan = desk_ripple_preview (db, preview->wish, g_get_real_time () / G_USEC_PER_SEC, error);
  return preview->plan != NULL;
}

static void ask (DeskRippleDialog *self);

static void
on_ticked (GtkCheckButton *check, DeskRippleDialog *self)
{
  const DeskRippleItem *item = g_object_get_data (G_OBJECT (check), "item");

  if (self->filling || self->busy)
    return;
  self->focus = item->row_id;
  desk_ripple_wish_tick (self->wish, item, gtk_check_button_get_active (check));
  ask (self);
}

static char *
warnings_of (DeskRippleDialog *self, const DeskRippleItem *item)
{
  if (item->what != DESK_RIPPLE_VISIT || !item->on || !item->after || !item->conflicts || !self->resources)
    return g_strdup ("");
  return desk_book_warnings_words (item->conflicts, self->resources);
}

/* Whether a visit would be where something warns: that asks for a reason. */
static gboolean
warned (DeskRippleDialog *self)
{
  for (guint i = 0; self->plan && i < self->plan->items->len; i++)
    {
      g_autofree char *warnings = warnings_of (self, g_ptr_array_index (self->plan->items, i));

      if (*warnings)
        return TRUE;
    }
  return FALSE;
}

static gboolean
asks_reason (DeskRippleDialog *self)
{
  return self->wish->kind == DESK_RIPPLE_CLOSED_DAY || warned (self);
}

/* Writes down with each visit what is passed over where it goes, and why; what was passed over before is gone. */
static void
pass_over (DeskRippleDialog *self)
{
  for (guint i = 0; i < self->plan->items->len; i++)
    {
      DeskRippleItem *item = g_ptr_array_index (self->plan->items, i);
      g_autofree char *warnings = warnings_of (self, item);

      if (item->what != DESK_RIPPLE_VISIT || !item->on || !item->after)
        continue;
      g_free (item->after->override);
      item->after->override = *warnings ? desk_book_passed_over_words (self->wish->reason, warnings) : g_strdup ("");
    }
}

static void
show_plan (DeskRippleDialog *self)
{
  GtkListBoxRow *old;
  GtkWidget *focus = NULL;

  self->filling = TRUE;
  while ((old = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (old));
  for (guint i = 0; self->plan && i < self->plan->items->len; i++)
    {
      DeskRippleItem *item = g_ptr_array_index (self->plan->items, i);
      GtkWidget *check, *row = desk_ripple_row_new (self->page, item, self->resources, &check);

      gtk_list_box_append (self->list, row);
      if (!check)
        continue;
      g_object_set_data (G_OBJECT (check), "item", item);
      g_signal_connect_object (check, "toggled", G_CALLBACK (on_ticked), self, 0);
      if (item->row_id == self->focus)
        focus = check;
    }
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->plan && self->plan->items->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_row), asks_reason (self) || *self->wish->reason);
  gtk_widget_set_visible (self->fields, kinds[self->wish->kind].day || gtk_widget_get_visible (GTK_WIDGET (self->reason_row)));
  if (focus)
    gtk_widget_grab_focus (focus);
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskRippleDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  Preview *preview = g_task_get_task_data (G_TASK (result));
  gboolean good = desk_session_run_finish (DESK_SESSION (source), result, &error) != NULL;
  g_autofree char *words = NULL;

  if (preview->number != self->asked || !self->list)
    return;
  gtk_widget_set_visible (self->spinner, FALSE);
  /* The rows lend the items of the old plan until they are gone. */
  g_autoptr (DeskRipplePlan) old = g_steal_pointer (&self->plan);
  self->plan = good ? g_steal_pointer (&preview->plan) : NULL;
  show_plan (self);
  words = good ? desk_ripple_plan_words (self->plan) : desk_words_error (error);
  say (self, words);
}

/* Asks the worker what would happen: a closed day can reach many. */
static void
ask (DeskRippleDialog *self)
{
  Preview *preview = g_new0 (Preview, 1);

  preview->wish = desk_ripple_wish_copy (self->wish);
  preview->number = ++self->asked;
  gtk_widget_set_visible (self->spinner, TRUE);
  desk_session_run_async (desk_page_get_session (self->page), preview_work, preview, preview_free, NULL, on_previewed,
                          g_object_ref (self));
}

static void
forget (DeskRippleDialog *self, const char *words)
{
  self->asked++;
  gtk_widget_set_visible (self->spinner, FALSE);
  say (self, words);
  g_autoptr (DeskRipplePlan) old = g_steal_pointer (&self->plan);
  show_plan (self);
}

static void
on_typed (DeskRippleDialog *self)
{
  DeskDay day;

  if (!self->page || self->busy)
    return;
  g_free (self->wish->reason);
  self->wish->reason = desk_setup_row_dup_text (self->reason_row);
  if (self->wish->kind != DESK_RIPPLE_LOT_FAILED)
    {
      if (!desk_book_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->day_row)), desk_page_get_today (self->page), &day))
        {
          forget (self, _("Please write the day as 2026-11-24 or 11/24."));
          return;
        }
      self->wish->day = day;
    }
  ask (self);
}

/* The reason is only kept: no visit moves because of it. */
static void
on_reason (DeskRippleDialog *self)
{
  if (!self->page)
    return;
  g_autofree char *reason = desk_setup_row_dup_text (self->reason_row);

  g_free (self->wish->reason);
  self->wish->reason = g_strdup (reason);
  desk_setup_row_say (ADW_PREFERENCES_ROW (self->reason_row), NULL, FALSE);
  if (!self->plan)
    return;
  g_free (self->plan->wish->reason);
  self->plan->wish->reason = g_strdup (reason);
  for (guint i = 0; i < self->plan->items->len; i++)
    {
      DeskRippleItem *item = g_ptr_array_index (self->plan->items, i);

      if (item->what == DESK_RIPPLE_DAY)
        {
          g_free (item->detail);
          item->detail = g_strdup (reason);
        }
    }
}

/* ── done and taken back ─────────────────────────────────────────────────────────────────────── */

typedef struct
{
  GtkWidget *widget; /* where the toast appears */
  DeskSession *session;
  DeskRipplePlan *plan;
  gint64 id;
  DeskAuditLast *last;
  char *words;
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_clear_object (&act->widget);
  g_clear_object (&act->session);
  g_clear_pointer (&act->plan, desk_ripple_plan_free);
  g_clear_pointer (&act->last, desk_audit_last_free);
  g_free (act->words);
  g_free (act);
}

static Act *
act_new (GtkWidget *widget, DeskSession *session, gint64 id)
{
  Act *act = g_new0 (Act, 1);

  act->widget = g_object_ref (widget);
  act->session = g_object_ref (session);
  act->id = id;
  return act;
}

static gboolean
undo_work (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return desk_ripple_undo (db, act->id, &act->last, error);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Act *act = g_task_get_task_data (G_TASK (result));
  gboolean known;

  if (desk_session_run_finish (DESK_SESSION (source), result, &error))
    {
      desk_toast (act->widget, _("Taken back"));
      return;
    }
  if (!g_error_matches (error, DESK_ERROR, DESK_ERROR_CONFLICT))
    {
      desk_toast_error (act->widget, error);
      return;
    }
  known = act->last && act->last->at && *act->last->name;
  /* Translators: patient, lot or dose; member of the staff */
  g_autofree char *words
      = known ? g_strdup_printf (_("Nothing was taken back: %s was changed since by %s."), error->message,
                                 desk_words_pick (act->last->name, act->last->name_ja))
              /* Translators: patient, lot or dose */
              : g_strdup_printf (_("Nothing was taken back: %s was changed since."), error->message);
  desk_toast (act->widget, words);
}

static void
undo (gpointer user_data)
{
  const Act *act = user_data;

  desk_session_run_async (act->session, undo_work, act_new (act->widget, act->session, act->id), act_free, NULL, on_undone, NULL);
}

static gboolean
apply_work (DeskDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return desk_ripple_apply (db, act->plan, &act->id, error);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskRippleDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  Act *act = g_task_get_task_data (G_TASK (result));

  self->busy = FALSE;
  gtk_widget_set_sensitive (self->save, TRUE);
  gtk_widget_set_visible (self->spinner, FALSE);
  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    {
      /* Somebody was faster: what would happen now is shown instead. */
      desk_toast_error (act->widget, error);
      if (self->page)
        ask (self);
      return;
    }
  desk_toast_undo (act->widget, act->words, G_CALLBACK (undo), act_new (act->widget, act->session, act->id), act_free);
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
does_anything (const DeskRipplePlan *plan)
{
  for (guint what = 0; what < DESK_RIPPLE_PLAN; what++)
    for (guint i = 0; i < plan->items->len; i++)
      {
        const DeskRippleItem *item = g_ptr_array_index (plan->items, i);

        if (item->what == what && item->on && !g_str_equal (item->code, "failed"))
          return TRUE;
      }
  return FALSE;
}

/* What was done, with what was not: who was to be asked first, and whoever was taken out by hand, stayed. */
static char *
told_of (DeskRippleDialog *self)
{
  guint moved = 0, stayed = 0;

  for (guint i = 0; i < self->plan->items->len; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (self->plan->items, i);

      if (item->what == DESK_RIPPLE_VISIT)
        *(item->on ? &moved : &stayed) += 1;
    }
  g_autofree char *words = g_strdup_printf (g_dngettext (NULL, "%s: %u visit moved", "%s: %u visits moved", moved), _(kinds[self->wish->kind].done), moved);
  if (stayed == 0)
    return g_steal_pointer (&words);
  return g_strdup_printf (g_dngettext (NULL, "%s, %u stayed as it is", "%s, %u stayed as they are", stayed), words, stayed);
}

static void
action_save (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskRippleDialog *self = DESK_RIPPLE_DIALOG (widget);

  if (self->busy || !self->plan || gtk_widget_get_visible (self->spinner))
    return;
  if (asks_reason (self) && !*self->wish->reason)
    {
      desk_setup_row_say (ADW_PREFERENCES_ROW (self->reason_row), _("Please fill this in."), FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (self->reason_row));
      return;
    }
  if (!does_anything (self->plan))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  Act *act = act_new (GTK_WIDGET (self->page), desk_page_get_session (self->page), 0);
  char *words = told_of (self);
  pass_over (self);
  act->plan = g_steal_pointer (&self->plan);
  act->words = words;
  show_plan (self);
  self->busy = TRUE;
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_widget_set_visible (self->spinner, TRUE);
  desk_session_run_async (act->session, apply_work, act, act_free, NULL, on_applied, g_object_ref (self));
}

static void
desk_ripple_dialog_dispose (GObject *object)
{
  DeskRippleDialog *self = DESK_RIPPLE_DIALOG (object);

  g_clear_object (&self->page);
  self->asked++;
  G_OBJECT_CLASS (desk_ripple_dialog_parent_class)->dispose (object);
}

static void
desk_ripple_dialog_finalize (GObject *object)
{
  DeskRippleDialog *self = DESK_RIPPLE_DIALOG (object);

  g_clear_pointer (&self->wish, desk_ripple_wish_free);
  g_clear_pointer (&self->plan, desk_ripple_plan_free);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_ripple_dialog_parent_class)->finalize (object);
}

static void
desk_ripple_dialog_class_init (DeskRippleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_ripple_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_ripple_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-ripple-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskRippleDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, DeskRippleDialog, day_row);
  gtk_widget_class_bind_template_child (widget_class, DeskRippleDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, DeskRippleDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DeskRippleDialog, save);
  gtk_widget_class_bind_template_child (widget_class, DeskRippleDialog, list);
  gtk_widget_class_bind_template_child (widget_class, DeskRippleDialog, message);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_reason);
  gtk_widget_class_install_action (widget_class, "ripple.save", NULL, action_save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  /* Many visits are not moved by an Enter too many. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "ripple.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "ripple.save", NULL);
}

static void
desk_ripple_dialog_init (DeskRippleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

DeskRippleDialog *
desk_ripple_dialog_show (DeskPage *page, DeskRippleKind kind, gint64 about, DeskDay day)
{
  DeskRippleDialog *self
      = g_object_new (DESK_TYPE_RIPPLE_DIALOG, "transient-for", gtk_widget_get_root (GTK_WIDGET (page)), NULL);
  g_autofree char *iso = day == DESK_DAY_NONE ? g_strdup ("") : desk_day_format (day);

  self->wish = desk_ripple_wish_new (kind, about, day, "");
  self->resources = desk_resource_list (desk_page_get_reader (page), NULL);
  gtk_window_set_title (GTK_WINDOW (self), _(kinds[kind].title));
  gtk_button_set_label (GTK_BUTTON (self->save), _(kinds[kind].save));
  gtk_widget_set_visible (self->fields, kinds[kind].day != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->day_row), kinds[kind].day != NULL);
  if (kinds[kind].day)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->day_row), _(kinds[kind].day));
  gtk_widget_set_visible (GTK_WIDGET (self->reason_row), kind == DESK_RIPPLE_CLOSED_DAY);
  gtk_editable_set_text (GTK_EDITABLE (self->day_row), iso);
  self->page = g_object_ref (page);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (kinds[kind].day ? GTK_WIDGET (self->day_row) : self->save);
  on_typed (self);
  return self;
}
