#include "desk-passphrase.h"

#include <glib/gi18n.h>

#include "desk-clinic-contents.h"
#include "desk-passphrase-fields.h"
#include "desk-toast.h"
#include "desk-words.h"

#define PATIENCE 3 /* wrong tries before they are slowed */
#define PAUSE 5    /* seconds after each wrong one from then on */

struct _DeskPassphrase
{
  AdwWindow parent_instance;

  DeskSession *session;
  DeskPassphrasePurpose purpose;
  guint wrong; /* tries */
  guint pause; /* source */

  GtkLabel *explanation, *message;
  GtkWidget *present;
  GtkEditable *old;
  DeskPassphraseFields *fields;
  GtkButton *later, *ok;
  GtkWidget *spinner;
  GtkWidget *caps;
};

G_DEFINE_FINAL_TYPE (DeskPassphrase, desk_passphrase, ADW_TYPE_WINDOW)

static const struct
{
  const char *title, *explanation, *later, *ok;
} purposes[] = {
  [DESK_PASSPHRASE_ASK] = { N_("Passphrase of the Clinic"),
                            N_("Patients’ papers are encrypted. Without the passphrase everything else works, but papers can be neither read nor added."),
                            N_("_Work Without Papers"), N_("_Open Papers") },
  [DESK_PASSPHRASE_CHOOSE] = { N_("Choose a Passphrase"),
                               N_("From now on patients’ papers are kept encrypted, and whoever opens this clinic gives this passphrase. "
                                  "Papers that are there already are encrypted as well.\n\n"
                                  "Nobody can recover it, neither we nor a technician. Write it down and put it into the clinic’s safe."),
                               N_("_Later"), N_("_Encrypt Papers") },
  [DESK_PASSPHRASE_CHANGE] = { N_("Change the Passphrase"),
                               N_("The old passphrase stops working on all desks.\n\n"
                                  "Nobody can recover the new one. Write it down, put it into the clinic’s safe and destroy the old note."),
                               N_("_Cancel"), N_("C_hange") },
};

static void
say (DeskPassphrase *self, const char *words)
{
  gtk_label_set_label (self->message, words);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *words != '\0');
}

static void
set_busy (DeskPassphrase *self, gboolean busy)
{
  /* A text that turns insensitive with the focus in it complains. */
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->ok), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->old), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->fields), !busy);
}

static gboolean
on_pause_over (gpointer user_data)
{
  DeskPassphrase *self = user_data;

  self->pause = 0;
  set_busy (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->old));
  return G_SOURCE_REMOVE;
}

/* Whoever guesses is made to wait; whoever mistyped twice is not. */
static void
on_wrong (DeskPassphrase *self)
{
  self->wrong++;
  gtk_widget_add_css_class (GTK_WIDGET (self->old), "error");
  if (self->wrong < PATIENCE)
    {
      say (self, _("That is not the clinic’s passphrase. Please look at Caps Lock and the keyboard’s language, and try again."));
      gtk_widget_grab_focus (GTK_WIDGET (self->old));
      gtk_editable_select_region (self->old, 0, -1);
      return;
    }
  say (self, _("That is not the clinic’s passphrase. It can be tried again in five seconds. It is written down in the clinic’s safe."));
  set_busy (self, TRUE);
  gtk_widget_set_visible (self->spinner, FALSE);
  self->pause = g_timeout_add_seconds (PAUSE, on_pause_over, self);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPassphrase) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = desk_clinic_contents_finish (DESK_SESSION (source), result, &error);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  /* Closed meanwhile: it is done all the same. */
  if (!gtk_widget_get_realized (GTK_WIDGET (self)))
    return;
  set_busy (self, FALSE);
  if (ok)
    {
      if (parent && self->purpose == DESK_PASSPHRASE_CHANGE)
        desk_toast (GTK_WIDGET (parent), _("The passphrase was changed."));
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else if (g_error_matches (error, DESK_ERROR, DESK_ERROR_REFUSED) && self->purpose == DESK_PASSPHRASE_CHOOSE)
    say (self, _("A passphrase was chosen on another desk meanwhile. Please close this and give that one."));
  else if (g_error_matches (error, DESK_ERROR, DESK_ERROR_REFUSED))
    on_wrong (self);
  else
    {
      g_autofree char *words = desk_words_error (error);

      say (self, words);
    }
}

static void
action_ok (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskPassphrase *self = DESK_PASSPHRASE (widget);
  gboolean asks = self->purpose == DESK_PASSPHRASE_ASK, changes = self->purpose == DESK_PASSPHRASE_CHANGE;
  char *passphrase;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->ok)))
    return;
  say (self, "");
  if ((asks || changes) && !*gtk_editable_get_text (self->old))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->old));
      return;
    }
  passphrase = asks ? g_strdup (gtk_editable_get_text (self->old)) : desk_passphrase_fields_dup (self->fields);
  if (!passphrase)
    return;
  set_busy (self, TRUE);
  if (asks)
    desk_clinic_contents_unlock_async (self->session, passphrase, on_done, g_object_ref (self));
  else
    desk_clinic_contents_passphrase_async (self->session, changes ? gtk_editable_get_text (self->old) : NULL, passphrase,
                                           on_done, g_object_ref (self));
  desk_vault_wipe (passphrase);
  g_free (passphrase);
}

static void
on_typed (DeskPassphrase *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->old), "error");
}

static void
on_caps_lock (GdkDevice *keyboard, GParamSpec *pspec, DeskPassphrase *self)
{
  gtk_widget_set_visible (self->caps, gdk_device_get_caps_lock_state (keyboard));
}

static void
watch_caps_lock (DeskPassphrase *self)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat ? gdk_seat_get_keyboard (seat) : NULL;

  if (!keyboard)
    return;
  g_signal_connect_object (keyboard, "notify::caps-lock-state", G_CALLBACK (on_caps_lock), self, 0);
  on_caps_lock (keyboard, NULL, self);
}

static void
desk_passphrase_dispose (GObject *object)
{
  DeskPassphrase *self = DESK_PASSPHRASE (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (desk_passphrase_parent_class)->dispose (object);
}

static void
desk_passphrase_class_init (DeskPassphraseClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_passphrase_dispose;
  g_type_ensure (DESK_TYPE_PASSPHRASE_FIELDS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-passphrase.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPassphrase, explanation);
  gtk_widget_class_bind_template_child (widget_class, DeskPassphrase, message);
  gtk_widget_class_bind_template_child (widget_class, DeskPassphrase, present);
  gtk_widget_class_bind_template_child (widget_class, DeskPassphrase, old);
  gtk_widget_class_bind_template_child (widget_class, DeskPassphrase, fields);
  gtk_widget_class_bind_template_child (widget_class, DeskPassphrase, later);
  gtk_widget_class_bind_template_child (widget_class, DeskPassphrase, ok);
  gtk_widget_class_bind_template_child (widget_class, DeskPassphrase, spinner);
  gtk_widget_class_bind_template_child (widget_class, DeskPassphrase, caps);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_install_action (widget_class, "passphrase.ok", NULL, action_ok);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
desk_passphrase_init (DeskPassphrase *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  watch_caps_lock (self);
}

/* Shows the question over the window. Lent; it closes itself when it is answered, and the contents of the session are
 * open then. */
DeskPassphrase *
desk_passphrase_show (GtkWindow *parent, DeskSession *session, DeskPassphrasePurpose purpose)
{
  DeskPassphrase *self = g_object_new (DESK_TYPE_PASSPHRASE, "transient-for", parent, "title", _(purposes[purpose].title), NULL);

  self->session = g_object_ref (session);
  self->purpose = purpose;
  gtk_label_set_label (self->explanation, _(purposes[purpose].explanation));
  if (purpose == DESK_PASSPHRASE_CHANGE)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->old), _("Present passphrase"));
  gtk_button_set_label (self->later, _(purposes[purpose].later));
  gtk_button_set_label (self->ok, _(purposes[purpose].ok));
  gtk_widget_set_visible (self->present, purpose != DESK_PASSPHRASE_CHOOSE);
  gtk_widget_set_visible (GTK_WIDGET (self->fields), purpose != DESK_PASSPHRASE_ASK);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (purpose == DESK_PASSPHRASE_CHOOSE ? GTK_WIDGET (self->fields) : GTK_WIDGET (self->old));
  return self;
}
