#include "desk-codes-page.h"

#include <glib/gi18n.h>

#include "desk-codes.h"
#include "desk-isbt-codes.h"
#include "desk-setup-row.h"
#include "desk-words.h"

struct _DeskCodesPage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *numbers, *products;
  AdwEntryRow *facility;
  AdwActionRow *state, *missing;
  GtkWidget *give;
  struct
  {
    AdwExpanderRow *row;
    AdwEntryRow *code, *words;
  } kinds[DESK_N_ISBT_KINDS];
};

G_DEFINE_FINAL_TYPE (DeskCodesPage, desk_codes_page, DESK_TYPE_SETUP_PAGE)

/* ── what is saved ───────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  const char *kind; /* static, of a product; NULL for the facility */
  char *code, *words;
  gint64 by;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->code);
  g_free (change->words);
  g_free (change);
}

static gboolean
change_work (DeskDb *db, gpointer data, GError **error)
{
  const Change *change = data;

  return change->kind ? desk_isbt_product_save (db, change->kind, change->code, change->words, error)
                      : desk_isbt_facility_save (db, change->code, change->by, error);
}

/* Says at the row what is wrong with it; NULL takes it back. TRUE when something is. */
static gboolean
say (AdwEntryRow *row, const char *code)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (code)
    desk_problems_add (problems, "row", code, NULL);
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (row), problems, "row");
  if (code)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  return code != NULL;
}

static void
save (DeskCodesPage *self, const char *kind, char *code, char *words)
{
  Change *change = g_new (Change, 1);

  *change = (Change){ kind, code, words, desk_session_get_actor (desk_setup_page_get_session (DESK_SETUP_PAGE (self))) };
  desk_setup_page_run (DESK_SETUP_PAGE (self), change_work, change, change_free, NULL);
}

static gboolean
can_save (DeskCodesPage *self)
{
  return !desk_setup_page_is_busy (DESK_SETUP_PAGE (self)) && !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self));
}

static void
on_facility (DeskCodesPage *self)
{
  g_autofree char *typed = desk_setup_row_dup_text (self->facility);
  g_autofree char *code = g_ascii_strup (typed, -1);

  if (!can_save (self) || say (self->facility, *code && !desk_isbt_facility_valid (code) ? "isbt-facility" : NULL))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->facility), code);
  save (self, NULL, g_steal_pointer (&code), NULL);
}

static const char *
wrong_product (const char *code, const char *words)
{
  if (*code == '\0')
    return *words ? "missing" : NULL;
  if (!desk_isbt_product_valid (code))
    return "isbt-product";
  return g_str_has_suffix (code, "00") ? NULL : "isbt-product-divided";
}

static void
on_product (AdwEntryRow *row, DeskCodesPage *self)
{
  int i = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "kind"));
  g_autofree char *typed = desk_setup_row_dup_text (self->kinds[i].code);
  g_autofree char *code = g_ascii_strup (typed, -1);
  g_autofree char *words = desk_setup_row_dup_text (self->kinds[i].words);

  if (!can_save (self) || say (self->kinds[i].code, wrong_product (code, words)))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->kinds[i].code), code);
  save (self, desk_isbt_kinds[i], g_steal_pointer (&code), g_steal_pointer (&words));
}

static gboolean
give_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_code_give_all (db, error);
}

static void
action_give (GtkWidget *widget, const char *name, GVariant *target)
{
  if (can_save (DESK_CODES_PAGE (widget)))
    desk_setup_page_run (DESK_SETUP_PAGE (widget), give_work, g_malloc0 (1), g_free, NULL);
}

/* ── what is shown ───────────────────────────────────────────────────────────────────────────── */

/* What is being typed stays when something else changes. */
static void
fill (AdwEntryRow *row, const char *text)
{
  const char *shown = g_object_get_data (G_OBJECT (row), "shown");
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (row));

  if (shown && !g_str_equal (typed, shown) && !g_str_equal (typed, text))
    return;
  if (!g_str_equal (typed, text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_object_set_data_full (G_OBJECT (row), "shown", g_strdup (text), g_free);
}

static void
show_state (DeskCodesPage *self, const DeskIsbtCodes *codes)
{
  g_autofree char *words
      = *codes->facility ? g_strdup_printf (_("Each new collection gets a donation number of facility %s. What was collected before keeps its number."), codes->facility)
                         : g_strdup (_("Nothing has to be done. Scanning, printing and checking work the same way."));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state),
                                 *codes->facility ? _("ISBT 128 numbers are written") : _("This program’s own numbers are written"));
  adw_action_row_set_subtitle (self->state, words);
}

static void
show_missing (DeskCodesPage *self, gint64 n)
{
  g_autofree char *words
      = n ? g_strdup_printf (g_dngettext (NULL, "%d container or device has no code yet", "%d containers and devices have no code yet", (gulong) n), (int) n)
          : g_strdup (_("Each container and device has a code"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->missing), words);
  gtk_widget_set_visible (self->give, n > 0);
  gtk_widget_set_sensitive (self->give, !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)));
}

static void
desk_codes_page_refresh (DeskSetupPage *page)
{
  DeskCodesPage *self = DESK_CODES_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskIsbtCodes) codes = desk_isbt_codes_load (desk_setup_page_get_reader (page), &error);
  gboolean writable = !desk_setup_page_get_read_only (page);

  gint64 missing;

  if (!codes || !desk_code_missing (desk_setup_page_get_reader (page), &missing, &error))
    {
      desk_setup_page_say_error (page, self->numbers, error);
      return;
    }
  show_state (self, codes);
  show_missing (self, missing);
  fill (self->facility, codes->facility);
  gtk_widget_set_sensitive (GTK_WIDGET (self->facility), writable);
  for (int i = 0; i < DESK_N_ISBT_KINDS; i++)
    {
      const char *parts[] = { codes->products[i].code, codes->products[i].words };
      g_autofree char *facts = desk_words_facts (parts, G_N_ELEMENTS (parts));

      adw_expander_row_set_subtitle (self->kinds[i].row, *codes->products[i].code ? facts : _("No product code: own numbers"));
      fill (self->kinds[i].code, codes->products[i].code);
      fill (self->kinds[i].words, codes->products[i].words);
      gtk_widget_set_sensitive (GTK_WIDGET (self->kinds[i].code), writable);
      gtk_widget_set_sensitive (GTK_WIDGET (self->kinds[i].words), writable);
    }
}

static void
desk_codes_page_class_init (DeskCodesPageClass *klass)
{
  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_codes_page_refresh;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "codes.give", NULL, action_give);
}

static AdwEntryRow *
entry_new (const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  return ADW_ENTRY_ROW (row);
}

static void
add_kind (DeskCodesPage *self, int i)
{
  GtkWidget *row = adw_expander_row_new ();
  AdwEntryRow *entries[] = { entry_new (_("Product code")), entry_new (_("Words on the label")) };

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), desk_words ("unit-kind", desk_isbt_kinds[i]));
  for (guint n = 0; n < G_N_ELEMENTS (entries); n++)
    {
      g_object_set_data (G_OBJECT (entries[n]), "kind", GINT_TO_POINTER (i));
      g_signal_connect_object (entries[n], "apply", G_CALLBACK (on_product), self, 0);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), GTK_WIDGET (entries[n]));
    }
  adw_preferences_group_add (self->products, row);
  self->kinds[i].row = ADW_EXPANDER_ROW (row);
  self->kinds[i].code = entries[0];
  self->kinds[i].words = entries[1];
}

static AdwPreferencesGroup *
group_new (DeskCodesPage *self, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
  return group;
}

static void
add_missing (DeskCodesPage *self)
{
  AdwPreferencesGroup *group
      = group_new (self, _("Containers and Devices"),
                   _("Tanks, racks, boxes and devices get a code when they are added; those that an older file brings get theirs here, or when "
                     "their label is printed."));

  self->missing = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->missing), FALSE);
  self->give = gtk_button_new_with_mnemonic (_("_Give Codes"));
  gtk_widget_set_valign (self->give, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->give), "codes.give");
  adw_action_row_add_suffix (self->missing, self->give);
  adw_preferences_group_add (group, GTK_WIDGET (self->missing));
}

static void
desk_codes_page_init (DeskCodesPage *self)
{
  self->numbers = group_new (self, _("Numbers on Labels"),
                             _("This program gives cells, blood and containers numbers of its own, with a check character; within the clinic they are "
                               "all that is needed. ISBT 128 numbers are read in every facility of the world, but only who is registered with ICCBBA "
                               "and pays its yearly fee may write them: enter the facility code that ICCBBA gave this clinic, never another one."));
  self->state = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->state), FALSE);
  adw_action_row_set_subtitle_lines (self->state, 3);
  adw_preferences_group_add (self->numbers, GTK_WIDGET (self->state));
  self->facility = entry_new (_("Facility code (FIN) of this clinic; empty for none"));
  g_signal_connect_object (self->facility, "apply", G_CALLBACK (on_facility), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->numbers, GTK_WIDGET (self->facility));
  self->products = group_new (self, _("Product Codes"),
                              _("The codes that ICCBBA has for what this clinic makes, written with 00 at the end: each unit gets its own division. "
                                "Units of a kind without a code keep this program’s own numbers. A code that is changed counts for units filled from "
                                "then on."));
  for (int i = 0; i < DESK_N_ISBT_KINDS; i++)
    add_kind (self, i);
  add_missing (self);
}
