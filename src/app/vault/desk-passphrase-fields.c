#include "desk-passphrase-fields.h"

#include <glib/gi18n.h>

#include "desk-strength.h"

struct _DeskPassphraseFields
{
  AdwPreferencesGroup parent_instance;

  GtkEditable *first, *again;
  GtkLevelBar *level;
  GtkLabel *words;
};

G_DEFINE_FINAL_TYPE (DeskPassphraseFields, desk_passphrase_fields, ADW_TYPE_PREFERENCES_GROUP)

static void
mark (GtkEditable *row, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
on_typed (DeskPassphraseFields *self)
{
  const char *text = gtk_editable_get_text (self->first);
  DeskStrength strength = desk_strength (text);

  gtk_level_bar_set_value (self->level, *text ? strength + 1 : 0);
  gtk_label_set_label (self->words, *text ? desk_strength_words (strength) : "");
  mark (self->first, FALSE);
  mark (self->again, FALSE);
}

static char *
refuse (DeskPassphraseFields *self, GtkEditable *row, const char *words)
{
  gtk_label_set_label (self->words, words);
  mark (row, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return NULL;
}

/* The passphrase, for the caller to wipe and free; NULL when it is not good or not typed twice alike, which is said
 * and the field chosen. */
char *
desk_passphrase_fields_dup (DeskPassphraseFields *self)
{
  const char *text = gtk_editable_get_text (self->first);
  DeskStrength strength = desk_strength (text);

  if (strength < DESK_STRENGTH_FAIR)
    return refuse (self, self->first, desk_strength_words (strength));
  if (!g_str_equal (text, gtk_editable_get_text (self->again)))
    return refuse (self, self->again, _("The two are not the same. Please type it again."));
  return g_strdup (text);
}

/* Forgets what was typed. */
void
desk_passphrase_fields_clear (DeskPassphraseFields *self)
{
  gtk_editable_set_text (self->first, "");
  gtk_editable_set_text (self->again, "");
}

static gboolean
desk_passphrase_fields_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DESK_PASSPHRASE_FIELDS (widget)->first));
}

static void
desk_passphrase_fields_class_init (DeskPassphraseFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = desk_passphrase_fields_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-passphrase-fields.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPassphraseFields, first);
  gtk_widget_class_bind_template_child (widget_class, DeskPassphraseFields, again);
  gtk_widget_class_bind_template_child (widget_class, DeskPassphraseFields, level);
  gtk_widget_class_bind_template_child (widget_class, DeskPassphraseFields, words);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
}

static void
desk_passphrase_fields_init (DeskPassphraseFields *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
