#include "desk-recall-page.h"

#include <glib/gi18n.h>

#include "desk-recalls.h"
#include "desk-setup-row.h"
#include "desk-words.h"

/* What is counted from, and which way; the kinds of table recall_rule. */
static const struct
{
  const char *kind, *words;
} rows[] = {
  { "follow_up", N_("Days after an infusion, as 1, 7; empty for no call") },
  { "preventive", N_("Days after the last infusion of a preventive course") },
  { "storage", N_("Days before the consent to storing ends") },
  { "viral", N_("Days before a draw at which viral tests would be too old") },
};

struct _DeskRecallPage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *group;
  AdwEntryRow *entries[G_N_ELEMENTS (rows)];
  GArray *rules; /* of DeskRecallRule, as read last */
};

G_DEFINE_FINAL_TYPE (DeskRecallPage, desk_recall_page, DESK_TYPE_SETUP_PAGE)

static char *
days_of (const GArray *rules, const char *kind)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rules->len; i++)
    if (g_str_equal (g_array_index (rules, DeskRecallRule, i).kind, kind))
      g_string_append_printf (text, "%s%d", text->len ? ", " : "", g_array_index (rules, DeskRecallRule, i).days);
  return g_string_free (text, FALSE);
}

static void
free_rules (gpointer rules)
{
  g_array_unref (rules);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_recall_rules_save (db, data, error);
}

/* The rules with those of one kind put anew. */
static GArray *
with_days (const GArray *rules, const char *kind, const GArray *days)
{
  GArray *out = g_array_new (FALSE, TRUE, sizeof (DeskRecallRule));

  for (guint i = 0; i < rules->len; i++)
    if (!g_str_equal (g_array_index (rules, DeskRecallRule, i).kind, kind))
      g_array_append_val (out, g_array_index (rules, DeskRecallRule, i));
  for (guint i = 0; i < days->len; i++)
    {
      DeskRecallRule rule = { .days = g_array_index (days, int, i) };

      g_strlcpy (rule.kind, kind, sizeof rule.kind);
      g_array_append_val (out, rule);
    }
  return out;
}

static void
on_apply (AdwEntryRow *entry, DeskRecallPage *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (entry), "row"));
  g_autofree char *text = desk_setup_row_dup_text (entry);
  g_autoptr (GArray) days = desk_recall_days_read (text);

  if (!self->rules)
    return;
  if (!days)
    {
      desk_setup_row_say (ADW_PREFERENCES_ROW (entry), _("Whole days from 0 to 730, with commas between: 1, 7"), FALSE);
      return;
    }
  desk_setup_row_say (ADW_PREFERENCES_ROW (entry), NULL, FALSE);
  desk_setup_page_change (DESK_SETUP_PAGE (self), _("Calls changed"), save_work, with_days (self->rules, rows[i].kind, days), save_work,
                          g_array_ref (self->rules), free_rules);
}

static void
desk_recall_page_refresh (DeskSetupPage *page)
{
  DeskRecallPage *self = DESK_RECALL_PAGE (page);
  g_autoptr (GError) error = NULL;
  GArray *rules = desk_recall_rules (desk_setup_page_get_reader (page), &error);

  if (!rules)
    {
      desk_setup_page_say_error (page, self->group, error);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *was = self->rules ? days_of (self->rules, rows[i].kind) : NULL, *now = days_of (rules, rows[i].kind);

      gtk_editable_set_editable (GTK_EDITABLE (self->entries[i]), !desk_setup_page_get_read_only (page));
      /* What somebody is typing stays when another rule changed. */
      if (g_strcmp0 (was, now) != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), now);
    }
  g_clear_pointer (&self->rules, g_array_unref);
  self->rules = rules;
}

static void
desk_recall_page_finalize (GObject *object)
{
  g_clear_pointer (&DESK_RECALL_PAGE (object)->rules, g_array_unref);
  G_OBJECT_CLASS (desk_recall_page_parent_class)->finalize (object);
}

static void
desk_recall_page_class_init (DeskRecallPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_recall_page_finalize;
  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_recall_page_refresh;
}

static void
desk_recall_page_init (DeskRecallPage *self)
{
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("Calls That Fall Due"));
  adw_preferences_group_set_description (self->group, _("Each makes one call on the list of recalls, on its day. What is on the list already stays."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), self->group);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *title = g_strdup_printf ("%s – %s", desk_words ("recall", rows[i].kind), _(rows[i].words));

      self->entries[i] = ADW_ENTRY_ROW (adw_entry_row_new ());
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->entries[i]), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entries[i]), title);
      adw_entry_row_set_show_apply_button (self->entries[i], TRUE);
      g_object_set_data (G_OBJECT (self->entries[i]), "row", GUINT_TO_POINTER (i));
      g_signal_connect (self->entries[i], "apply", G_CALLBACK (on_apply), self);
      adw_preferences_group_add (self->group, GTK_WIDGET (self->entries[i]));
    }
}
