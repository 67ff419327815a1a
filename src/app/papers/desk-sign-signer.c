#include "desk-sign-signer.h"

#include <glib/gi18n.h>

#include "desk-clinics.h"
#include "desk-words.h"

struct _DeskSignSigner
{
  AdwBin parent_instance;

  char *role;
  gboolean strokes;       /* signs on the screen; else only who it was */
  GtkWidget *row;         /* AdwExpanderRow */
  GtkWidget *name;        /* AdwEntryRow, or the combo of staff */
  GtkWidget *relation;    /* AdwEntryRow of a representative, or NULL */
  GtkWidget *pad, *typed; /* or NULL */
  GtkSwitch *took_part;   /* on paper: whether somebody signed in that role */
  GArray *ids;            /* of the staff in the combo; NULL for a name that is typed */
  GPtrArray *names;
};

G_DEFINE_FINAL_TYPE (DeskSignSigner, desk_sign_signer, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const char *
name_of (DeskSignSigner *self, gint64 *staff_id)
{
  guint chosen = self->ids ? adw_combo_row_get_selected (ADW_COMBO_ROW (self->name)) : 0;

  *staff_id = self->ids && chosen < self->ids->len ? g_array_index (self->ids, gint64, chosen) : 0;
  return !self->ids ? gtk_editable_get_text (GTK_EDITABLE (self->name)) : *staff_id ? self->names->pdata[chosen] : "";
}

static gboolean
has_signed (DeskSignSigner *self)
{
  if (!self->strokes)
    return gtk_switch_get_active (self->took_part);
  return gtk_switch_get_active (GTK_SWITCH (self->typed)) || !desk_sign_pad_is_empty (DESK_SIGN_PAD (self->pad));
}

/* Who signs as it is filled in, or NULL while nobody does; free with desk_consent_signer_free (). */
DeskConsentSigner *
desk_sign_signer_get (DeskSignSigner *self)
{
  gint64 staff_id;
  g_autofree char *name = g_strstrip (g_strdup (name_of (self, &staff_id)));

  if (!has_signed (self))
    return NULL;
  DeskConsentSigner *signer = desk_consent_signer_new (self->role, name);
  signer->staff_id = staff_id;
  if (self->relation)
    {
      g_free (signer->relation);
      signer->relation = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->relation))));
    }
  signer->typed = self->strokes && gtk_switch_get_active (GTK_SWITCH (self->typed));
  if (self->strokes && !signer->typed)
    {
      g_free (signer->ink);
      signer->ink = desk_sign_pad_dup_ink (DESK_SIGN_PAD (self->pad));
    }
  return signer;
}

/* Whether something was written that would be lost. */
gboolean
desk_sign_signer_touched (DeskSignSigner *self)
{
  return self->strokes && has_signed (self);
}

void
desk_sign_signer_set_open (DeskSignSigner *self, gboolean open)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->row), open);
}

/* Lends the box to sign in; NULL on paper. */
DeskSignPad *
desk_sign_signer_get_pad (DeskSignSigner *self)
{
  return self->pad ? DESK_SIGN_PAD (self->pad) : NULL;
}

/* Lends the entry of a typed name, or the list of staff. */
GtkWidget *
desk_sign_signer_get_name (DeskSignSigner *self)
{
  return self->name;
}

/* Chooses one of the staff. */
void
desk_sign_signer_choose (DeskSignSigner *self, gint64 staff_id)
{
  for (guint i = 0; self->ids && i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == staff_id)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->name), i);
}

/* ── looks ── */

static void
show_state (DeskSignSigner *self)
{
  gint64 staff_id;
  const char *name = name_of (self, &staff_id);
  gboolean done = has_signed (self);
  g_autofree char *state = g_strdup_printf ("%s%s%s", done ? _("✓ signed") : _("not signed"), *name ? " · " : "", name);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->row), "");
  g_autofree char *escaped = g_markup_escape_text (state, -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->row), escaped);
  if (self->pad)
    gtk_widget_set_sensitive (self->pad, !gtk_switch_get_active (GTK_SWITCH (self->typed)));
}

static void
on_changed (DeskSignSigner *self)
{
  show_state (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add (DeskSignSigner *self, GtkWidget *row, const char *title)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->row), row);
}

static GtkWidget *
add_switch (DeskSignSigner *self, const char *title)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_switch_new ();

  add (self, row, title);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_swapped (button, "notify::active", G_CALLBACK (on_changed), self);
  return button;
}

/* Physicians who explain, and staff who witness, are chosen; others' names are typed. */
static void
add_staff (DeskSignSigner *self, DeskPage *page)
{
  gboolean physicians = g_str_equal (self->role, "physician");
  g_autoptr (GPtrArray) staff = desk_staff_list (desk_page_get_reader (page), TRUE, NULL);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  gint64 nobody = 0;

  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->names = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (words, _("Choose…"));
  g_array_append_val (self->ids, nobody);
  g_ptr_array_add (self->names, g_strdup (""));
  for (guint i = 0; staff && i < staff->len; i++)
    {
      const DeskStaff *person = staff->pdata[i];

      if (physicians && !g_str_equal (person->role, "physician"))
        continue;
      gtk_string_list_append (words, desk_words_pick (person->name, person->name_ja));
      g_array_append_val (self->ids, person->id);
      g_ptr_array_add (self->names, g_strdup (person->name));
    }
  self->name = adw_combo_row_new ();
  adw_combo_row_set_model (ADW_COMBO_ROW (self->name), G_LIST_MODEL (words));
  add (self, self->name, physicians ? _("Physician") : _("Person of the clinic"));
  g_signal_connect_swapped (self->name, "notify::selected", G_CALLBACK (on_changed), self);
}

static void
add_entry (DeskSignSigner *self, GtkWidget **row, const char *title, const char *text)
{
  *row = adw_entry_row_new ();
  add (self, *row, title);
  gtk_editable_set_text (GTK_EDITABLE (*row), text);
  g_signal_connect_swapped (*row, "changed", G_CALLBACK (on_changed), self);
}

static void
add_strokes (DeskSignSigner *self)
{
  g_autofree char *whose = g_strdup_printf (_("Signature: %s"), desk_words ("signer", self->role));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *row = gtk_list_box_row_new ();
  GtkWidget *clear = gtk_button_new_with_mnemonic (_("C_lear"));

  self->pad = desk_sign_pad_new (whose);
  gtk_box_append (GTK_BOX (box), self->pad);
  gtk_widget_set_halign (clear, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), clear);
  gtk_widget_add_css_class (box, "sign-box");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->row), row);
  g_signal_connect_swapped (self->pad, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (clear, "clicked", G_CALLBACK (desk_sign_pad_clear), self->pad);
  self->typed = add_switch (self, _("The typed name is the signature (a witness signs)"));
}

static void
desk_sign_signer_finalize (GObject *object)
{
  DeskSignSigner *self = DESK_SIGN_SIGNER (object);

  g_free (self->role);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_sign_signer_parent_class)->finalize (object);
}

static void
desk_sign_signer_class_init (DeskSignSignerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_sign_signer_finalize;
  signals[CHANGED] = g_signal_new ("changed", DESK_TYPE_SIGN_SIGNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_sign_signer_init (DeskSignSigner *self)
{
}

/* name: who it probably is. strokes: signs on the screen; else it is only written down who signed on paper. */
GtkWidget *
desk_sign_signer_new (DeskPage *page, const char *role, const char *name, gboolean strokes)
{
  DeskSignSigner *self = g_object_new (DESK_TYPE_SIGN_SIGNER, NULL);

  self->role = g_strdup (role);
  self->strokes = strokes;
  self->row = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), desk_words ("signer", role));
  GtkWidget *list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->row);
  adw_bin_set_child (ADW_BIN (self), list);
  if (!strokes)
    self->took_part = GTK_SWITCH (add_switch (self, _("Has signed")));
  if (g_str_equal (role, "physician") || g_str_equal (role, "witness"))
    add_staff (self, page);
  else
    add_entry (self, &self->name, g_str_equal (role, "interpreter") ? _("Name, language") : _("Name"), name);
  if (g_str_equal (role, "representative"))
    add_entry (self, &self->relation, _("Relation (mother, husband, guardian …)"), "");
  if (strokes)
    add_strokes (self);
  show_state (self);
  return GTK_WIDGET (self);
}
