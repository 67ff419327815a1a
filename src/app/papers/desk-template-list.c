#include "desk-template-list.h"

#include <glib/gi18n.h>

#include "desk-letter-templates.h"
#include "desk-template-words.h"
#include "desk-words.h"

/* The letter of a row. */
const char *
desk_template_list_name (GtkListBoxRow *row)
{
  return row ? g_object_get_data (G_OBJECT (row), "letter") : NULL;
}

/* Selects a letter's row; FALSE where there is none. */
gboolean
desk_template_list_select (GtkListBox *list, const char *name)
{
  for (int i = 0; gtk_list_box_get_row_at_index (list, i); i++)
    if (g_str_equal (desk_template_list_name (gtk_list_box_get_row_at_index (list, i)), name))
      {
        gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, i));
        return TRUE;
      }
  return FALSE;
}

static const DeskLetterVersion *
find_version (const GPtrArray *versions, const char *name)
{
  for (guint i = 0; i < versions->len; i++)
    if (g_str_equal (((DeskLetterVersion *) versions->pdata[i])->name, name))
      return versions->pdata[i];
  return NULL;
}

static gboolean
has_draft (const GPtrArray *drafts, const char *name)
{
  for (guint i = 0; i < drafts->len; i++)
    if (g_str_equal (((DeskLetterDraft *) drafts->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static char *
describe (const char *name, const DeskLetterVersion *version, gboolean draft)
{
  gboolean own = version && version->digest, builtin = desk_letter_template_builtin (name);
  g_autofree char *changed = own ? g_strdup_printf (builtin ? _("changed, version %s") : _("yours, version %s"), version->version) : NULL;
  const char *facts[] = { own ? changed : builtin ? _("built in") : version ? _("put away") : _("new"), draft ? _("✎ draft") : "" };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

static void
add_row (GtkListBox *list, const char *name, const DeskLetterVersion *version, gboolean draft)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = describe (name, version, draft);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), desk_template_name_words (name));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_tooltip_text (row, name);
  g_object_set_data_full (G_OBJECT (row), "letter", g_strdup (name), g_free);
  gtk_list_box_append (list, row);
}

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)))
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* Fills the list anew; by_id is whose drafts are shown. */
gboolean
desk_template_list_fill (GtkListBox *list, DeskDb *db, gint64 by_id, GError **error)
{
  g_autoptr (GPtrArray) versions = desk_letter_text_list (db, error);
  g_autoptr (GPtrArray) drafts = versions ? desk_letter_draft_list (db, by_id, error) : NULL;
  const char *const *builtin = desk_letter_template_builtins ();

  if (!drafts)
    return FALSE;
  clear (list);
  for (guint i = 0; builtin[i]; i++)
    add_row (list, builtin[i], find_version (versions, builtin[i]), has_draft (drafts, builtin[i]));
  for (guint i = 0; i < versions->len; i++)
    {
      const DeskLetterVersion *version = versions->pdata[i];

      if (!desk_letter_template_builtin (version->name))
        add_row (list, version->name, version, has_draft (drafts, version->name));
    }
  for (guint i = 0; i < drafts->len; i++)
    {
      const char *name = ((DeskLetterDraft *) drafts->pdata[i])->name;

      if (!desk_letter_template_builtin (name) && !find_version (versions, name))
        add_row (list, name, NULL, TRUE);
    }
  return TRUE;
}
