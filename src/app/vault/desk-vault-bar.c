#include "desk-vault-bar.h"

#include <glib/gi18n.h>

#include "desk-clinic-contents.h"
#include "desk-passphrase.h"
#include "desk-toast.h"

/* The encrypting of what an older version left in clear; lives as long as its thread. */
typedef struct
{
  DeskVaultBar *bar;
  gint permille; /* atomic */
} Work;

struct _DeskVaultBar
{
  AdwBin parent_instance;

  DeskSession *session;
  DeskContents *contents; /* the session's, lent */
  GCancellable *cancellable;
  Work *work; /* lent while papers are encrypted */
  guint tick;
  guint clear; /* papers that lay in clear when they were last counted */

  GtkLabel *label;
  GtkProgressBar *progress;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (DeskVaultBar, desk_vault_bar, ADW_TYPE_BIN)

typedef enum
{
  QUIET,
  LOCKED,
  NO_PASSPHRASE,
  IN_CLEAR,
  ENCRYPTING,
} State;

static const struct
{
  const char *text, *button, *action;
} states[] = {
  [LOCKED] = { N_("Papers are locked. Everything else works."), N_("Give the _Passphrase…"), "vault.unlock" },
  [NO_PASSPHRASE] = { N_("This clinic has no passphrase yet: papers are not encrypted, and none can be added."),
                      N_("_Choose a Passphrase…"), "vault.choose" },
  [IN_CLEAR] = { N_("Some papers are not encrypted yet."), N_("_Encrypt Them"), "vault.protect" },
  [ENCRYPTING] = { N_("Papers are being encrypted. You can go on working."), N_("_Stop for Now"), "vault.stop" },
};

static State
state_of (DeskVaultBar *self)
{
  if (!self->session)
    return QUIET;
  if (self->work)
    return ENCRYPTING;
  if (desk_contents_is_closed (self->contents))
    {
      if (desk_clinic_contents_protection (self->session) != DESK_PROTECTION_NONE)
        return LOCKED;
      return desk_session_get_read_only (self->session) ? QUIET : NO_PASSPHRASE;
    }
  return self->clear && !desk_session_get_read_only (self->session) ? IN_CLEAR : QUIET;
}

static void
refresh (DeskVaultBar *self)
{
  State state = state_of (self);

  gtk_widget_set_visible (GTK_WIDGET (self), state != QUIET);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), state == ENCRYPTING);
  if (state == QUIET)
    return;
  gtk_label_set_label (self->label, _(states[state].text));
  gtk_button_set_label (self->button, _(states[state].button));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), states[state].action);
}

static void
on_progress (double fraction, gpointer user_data)
{
  g_atomic_int_set (&((Work *) user_data)->permille, (gint) (fraction * 1000));
}

static gboolean
on_tick (gpointer user_data)
{
  DeskVaultBar *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&self->work->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
on_protected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Work *work = user_data;
  g_autoptr (DeskVaultBar) self = work->bar;
  g_autoptr (GError) error = NULL;
  gboolean ok = desk_clinic_contents_protect_finish (result, &error);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->cancellable);
  self->work = NULL;
  if (!self->session) /* the window has gone; what is left goes on when the clinic is opened again */
    return;
  self->clear = desk_contents_count_clear (self->contents);
  refresh (self);
  if (ok)
    desk_toast (GTK_WIDGET (self), _("All papers are encrypted."));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    desk_toast_error (GTK_WIDGET (self), error);
}

static void
action_protect (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskVaultBar *self = DESK_VAULT_BAR (widget);

  if (self->work || desk_contents_is_closed (self->contents))
    return;
  self->cancellable = g_cancellable_new ();
  self->work = g_new0 (Work, 1);
  self->work->bar = g_object_ref (self);
  gtk_progress_bar_set_fraction (self->progress, 0);
  self->tick = g_timeout_add (100, on_tick, self);
  desk_clinic_contents_protect_async (self->contents, on_progress, self->work, self->cancellable, on_protected,
                                      self->work);
  refresh (self);
}

static void
action_stop (GtkWidget *widget, const char *name, GVariant *target)
{
  if (DESK_VAULT_BAR (widget)->cancellable)
    g_cancellable_cancel (DESK_VAULT_BAR (widget)->cancellable);
}

static void
show_dialog (DeskVaultBar *self, DeskPassphrasePurpose purpose)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  desk_passphrase_show (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->session, purpose);
}

static void
action_unlock (GtkWidget *widget, const char *name, GVariant *target)
{
  show_dialog (DESK_VAULT_BAR (widget), DESK_PASSPHRASE_ASK);
}

static void
action_choose (GtkWidget *widget, const char *name, GVariant *target)
{
  show_dialog (DESK_VAULT_BAR (widget), DESK_PASSPHRASE_CHOOSE);
}

/* Now what lies in clear can be encrypted, and is. */
static void
on_unlocked (DeskVaultBar *self)
{
  self->clear = desk_contents_count_clear (self->contents);
  if (self->clear && !desk_session_get_read_only (self->session))
    action_protect (GTK_WIDGET (self), NULL, NULL);
  refresh (self);
}

static void
on_changed (DeskSession *session, guint kind, gint64 id, DeskVaultBar *self)
{
  if (kind == DESK_KIND_CLINIC || kind == DESK_KIND_ANY)
    refresh (self);
}

/* Gives the bar its clinic, once. */
void
desk_vault_bar_set_session (DeskVaultBar *self, DeskSession *session)
{
  self->session = g_object_ref (session);
  self->contents = desk_clinic_contents (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (self->contents, "unlocked", G_CALLBACK (on_unlocked), self, G_CONNECT_SWAPPED);
  if (desk_contents_is_closed (self->contents))
    refresh (self);
  else
    on_unlocked (self);
}

/* At opening: asks for the passphrase, or to choose one, where that is needed. */
void
desk_vault_bar_offer (DeskVaultBar *self)
{
  State state = state_of (self);

  if (state == LOCKED)
    action_unlock (GTK_WIDGET (self), NULL, NULL);
  else if (state == NO_PASSPHRASE)
    action_choose (GTK_WIDGET (self), NULL, NULL);
}

static void
desk_vault_bar_dispose (GObject *object)
{
  DeskVaultBar *self = DESK_VAULT_BAR (object);

  action_stop (GTK_WIDGET (self), NULL, NULL);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (desk_vault_bar_parent_class)->dispose (object);
}

static void
desk_vault_bar_class_init (DeskVaultBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_vault_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-vault-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskVaultBar, label);
  gtk_widget_class_bind_template_child (widget_class, DeskVaultBar, progress);
  gtk_widget_class_bind_template_child (widget_class, DeskVaultBar, button);
  gtk_widget_class_install_action (widget_class, "vault.unlock", NULL, action_unlock);
  gtk_widget_class_install_action (widget_class, "vault.choose", NULL, action_choose);
  gtk_widget_class_install_action (widget_class, "vault.protect", NULL, action_protect);
  gtk_widget_class_install_action (widget_class, "vault.stop", NULL, action_stop);
}

static void
desk_vault_bar_init (DeskVaultBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
