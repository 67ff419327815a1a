/* The fields of a paper's form, made from their table. */
#include "desk-paper-form-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-document-state.h"
#include "desk-words.h"

const DeskPaperField desk_paper_fields[N_FIELDS] = {
  [EXAMINED_ON] = { "examined_on", N_("_Examination date"), N_("2026-01-31, 31 Jan 2026, R8.1.31"), FALSE, ALWAYS },
  [LANGUAGE] = { "language", N_("Lan_guage of the paper"), N_("en, ja, zh …"), FALSE, ALWAYS },
  [SOURCE] = { "source", N_("_Hospital or laboratory"), NULL, FALSE, ALWAYS },
  [TITLE] = { "title", N_("_Title"), NULL, FALSE, ALWAYS },
  [PART] = { "part", N_("What it is of it"), NULL, TRUE, OF_A_TRANSLATION },
  [PART_OF] = { "part_of", N_("Translation _of"), NULL, TRUE, OF_A_TRANSLATION },
  [TRANSLATOR] = { "translator", N_("Translator"), NULL, FALSE, OF_A_TRANSLATION },
  [SUPERSEDES] = { "supersedes", N_("_Replaces"), NULL, TRUE, OF_ONE_REPLACED },
  [STATE] = { "state", N_("_State"), NULL, TRUE, ALWAYS },
  [REASON] = { "reason", N_("Rea_son"), N_("Why it cannot be used"), FALSE, WITH_REASON },
  [DUE_ON] = { "due_on", N_("Expected by"), N_("2026-01-31"), FALSE, WHEN_REQUESTED },
  [NOTE] = { "note", N_("Note"), NULL, FALSE, ALWAYS },
};

static const char *const parts[] = { "translation", "certificate" };

/* What a translation's file is of it: translation or certificate. */
const char *
desk_paper_form_part (DeskPaperForm *self)
{
  return parts[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->inputs[PART])) == 1];
}

static void
on_state (GtkDropDown *state, GParamSpec *pspec, DeskPaperForm *self)
{
  if (!self->filling && self->document)
    desk_paper_form_show_wanted (self);
}

static void
on_activate (GtkEntry *entry, DeskPaperForm *self)
{
  g_signal_emit_by_name (self, "submitted");
}

/* A date in another form is shown as it is stored, so that a wrong reading is seen. */
static void
on_day_left (GtkEventControllerFocus *focus, DeskPaperForm *self)
{
  g_autoptr (DeskDocument) document = self->document ? desk_paper_form_collect (self) : NULL;

  if (document && strcmp (document->examined_on, gtk_editable_get_text (GTK_EDITABLE (self->inputs[EXAMINED_ON]))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->inputs[EXAMINED_ON]), document->examined_on);
}
/* The row of kinds with their keys; toggled is called as by GtkToggleButton. */
GtkWidget *
desk_paper_form_make_kinds (DeskPaperForm *self, GCallback toggled)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *grid = gtk_grid_new ();
  const char *const *kinds = desk_document_kinds (&self->n_kinds);

  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 3);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Kind"), -1);
  self->n_kinds = MIN (self->n_kinds, G_N_ELEMENTS (self->kinds));
  for (guint i = 0; i < self->n_kinds; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();
      GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      g_autofree char *key = g_strdup_printf ("%u", (i + 1) % 10);
      g_autofree char *tip = g_strdup_printf (_("Key %s in the list, Ctrl+%s anywhere"), key, key);
      GtkWidget *number = gtk_label_new (key), *words = gtk_label_new (desk_words ("document-kind", kinds[i]));

      gtk_widget_add_css_class (number, "dim-label");
      gtk_widget_add_css_class (number, "numeric");
      gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (content), number);
      gtk_box_append (GTK_BOX (content), words);
      gtk_button_set_child (GTK_BUTTON (button), content);
      gtk_widget_set_tooltip_text (button, tip);
      gtk_widget_add_css_class (button, "paper-kind");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, desk_words ("document-kind", kinds[i]), -1);
      self->kinds[i] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (self->kinds[i], self->kinds[0]);
      g_signal_connect (button, "toggled", toggled, self);
      gtk_grid_attach (GTK_GRID (grid), button, i % 2, i / 2, 1, 1);
    }
  gtk_box_append (GTK_BOX (box), grid);
  return box;
}

/* A place for what is wrong, hidden until something is. */
GtkLabel *
desk_paper_form_make_problem (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_visible (label, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
make_choice (DeskPaperForm *self, guint i)
{
  GtkWidget *input = gtk_drop_down_new (NULL, NULL);

  if (i == PART)
    {
      g_autoptr (GListModel) list = desk_words_list ("document-part", parts, G_N_ELEMENTS (parts));
      gtk_drop_down_set_model (GTK_DROP_DOWN (input), list);
    }
  if (i == STATE)
    g_signal_connect (input, "notify::selected", G_CALLBACK (on_state), self);
  return input;
}

static GtkWidget *
make_entry (DeskPaperForm *self, guint i)
{
  GtkWidget *input = gtk_entry_new ();

  if (desk_paper_fields[i].hint)
    gtk_entry_set_placeholder_text (GTK_ENTRY (input), _(desk_paper_fields[i].hint));
  g_signal_connect (input, "activate", G_CALLBACK (on_activate), self);
  if (i == EXAMINED_ON)
    {
      GtkEventController *focus = gtk_event_controller_focus_new ();

      g_signal_connect (focus, "leave", G_CALLBACK (on_day_left), self);
      gtk_widget_add_controller (input, focus);
    }
  return input;
}

/* A field with its title and its place for a problem. */
GtkWidget *
desk_paper_form_make_field (DeskPaperForm *self, guint i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new_with_mnemonic (_(desk_paper_fields[i].title));

  self->inputs[i] = desk_paper_fields[i].choice ? make_choice (self, i) : make_entry (self, i);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (title), self->inputs[i]);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->inputs[i]), GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, NULL, -1);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->inputs[i]);
  self->problems[i] = desk_paper_form_make_problem (box);
  self->boxes[i] = box;
  return box;
}
