#include "desk-visit-type-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-book.h"
#include "desk-conflict-rules.h"
#include "desk-setup-row.h"
#include "desk-toast.h"
#include "desk-visit-types.h"
#include "desk-words.h"

static const char *const kinds[] = { "room", "chair", "staff" };

/* The numbers of a type, each a row. */
static const struct
{
  const char *title;
  gsize offset;
  int low, high, step;
} numbers[] = {
  { N_("Minutes"), G_STRUCT_OFFSET (DeskVisitType, minutes), 5, 720, 5 },
  { N_("Minutes before, for making ready"), G_STRUCT_OFFSET (DeskVisitType, before), 0, 240, 5 },
  { N_("Minutes after, for cleaning and rest"), G_STRUCT_OFFSET (DeskVisitType, after), 0, 240, 5 },
  { N_("At most on one day (0: no limit)"), G_STRUCT_OFFSET (DeskVisitType, per_day), 0, 999, 1 },
  { N_("At most at one time (0: no limit)"), G_STRUCT_OFFSET (DeskVisitType, at_once), 0, 99, 1 },
};

struct _DeskVisitTypePage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *types, *conflicts;
  GPtrArray *forms;                    /* of Form */
  AdwComboRow *rules[DESK_N_CONFLICTS]; /* NULL for those that always stop */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (DeskVisitTypePage, desk_visit_type_page, DESK_TYPE_SETUP_PAGE)

/* One kind of visit: an expander with its numbers. */
typedef struct
{
  DeskVisitTypePage *page;
  DeskVisitType *type; /* as the store has it */
  AdwExpanderRow *row;
  GtkSpinButton *spins[G_N_ELEMENTS (numbers)];
  GtkCheckButton *needs[G_N_ELEMENTS (kinds)];
  GtkSwitch *active;
} Form;

typedef struct
{
  DeskConflictKind kind;
  gboolean blocks;
} Rule;

static void
form_free (gpointer data)
{
  Form *form = data;

  desk_visit_type_free (form->type);
  g_free (form);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_visit_type_save (db, data, error);
}

static gboolean
rule_work (DeskDb *db, gpointer data, GError **error)
{
  const Rule *rule = data;

  return desk_conflict_rule_set (db, rule->kind, rule->blocks, error);
}

/* "60 min, 15 before, 15 after · Chair · at most 6 a day" */
static char *
subtitle_of (const DeskVisitType *type)
{
  g_auto (GStrv) needs = g_strsplit (type->needs, ",", -1);
  GString *words = g_string_new (NULL);

  g_string_append_printf (words, _("%d min"), type->minutes);
  if (type->before || type->after)
    g_string_append_printf (words, _(", %d before, %d after"), type->before, type->after);
  for (guint i = 0; needs[i]; i++)
    if (*needs[i])
      g_string_append_printf (words, "%s%s", i == 0 ? " · " : ", ", desk_words ("resource", needs[i]));
  if (type->per_day)
    g_string_append_printf (words, _(" · at most %d a day"), type->per_day);
  if (type->at_once)
    g_string_append_printf (words, _(" · at most %d at a time"), type->at_once);
  if (!type->active)
    g_string_append_printf (words, " · %s", _("not offered"));
  return g_string_free (words, FALSE);
}

static DeskVisitType *
collect (const Form *form)
{
  DeskVisitType *type = desk_visit_type_copy (form->type);
  GString *needs = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    G_STRUCT_MEMBER (int, type, numbers[i].offset) = gtk_spin_button_get_value_as_int (form->spins[i]);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (gtk_check_button_get_active (form->needs[i]))
      g_string_append_printf (needs, "%s%s", needs->len ? "," : "", kinds[i]);
  g_free (type->needs);
  type->needs = g_string_free (needs, FALSE);
  type->active = gtk_switch_get_active (form->active);
  return type;
}

static gboolean
same (const DeskVisitType *a, const DeskVisitType *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (G_STRUCT_MEMBER (int, a, numbers[i].offset) != G_STRUCT_MEMBER (int, b, numbers[i].offset))
      return FALSE;
  return strcmp (a->needs, b->needs) == 0 && a->active == b->active;
}

/* Each change is saved as it is made, a number when it has been typed; the toast takes it back. */
static void
on_changed (Form *form)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  g_autoptr (DeskVisitType) type = NULL;

  if (form->page->filling)
    return;
  type = collect (form);
  desk_visit_type_check (type, problems);
  if (problems->len > 0 || same (type, form->type))
    return;

  g_autofree char *subtitle = subtitle_of (type);
  g_autofree char *words = g_strdup_printf ("%s: %s", desk_book_type_name (type), subtitle);
  DeskVisitType *before = g_steal_pointer (&form->type);
  form->type = desk_visit_type_copy (type);
  desk_setup_page_change (DESK_SETUP_PAGE (form->page), words, save_work, g_steal_pointer (&type), save_work, before, (GDestroyNotify) desk_visit_type_free);
}

static void
add_number (Form *form, guint i)
{
  GtkWidget *row = desk_setup_row_new (_(numbers[i].title), "", "number", i);
  GtkWidget *spin = gtk_spin_button_new_with_range (numbers[i].low, numbers[i].high, numbers[i].step);

  gtk_spin_button_set_snap_to_ticks (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _(numbers[i].title), -1);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (on_changed), form);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_expander_row_add_row (form->row, row);
  form->spins[i] = GTK_SPIN_BUTTON (spin);
}

static void
add_needs (Form *form)
{
  GtkWidget *row = desk_setup_row_new (_("Needs"), "", "needs", 0), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (desk_words ("resource", kinds[i]));

      g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_changed), form);
      gtk_box_append (GTK_BOX (box), check);
      form->needs[i] = GTK_CHECK_BUTTON (check);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  adw_expander_row_add_row (form->row, row);
}

static void
add_active (Form *form)
{
  GtkWidget *row = desk_setup_row_new (_("Offered for new visits"), "", "active", 0), *toggle = gtk_switch_new ();

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Offered for new visits"), -1);
  g_signal_connect_swapped (toggle, "notify::active", G_CALLBACK (on_changed), form);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_expander_row_add_row (form->row, row);
  form->active = GTK_SWITCH (toggle);
}

static Form *
form_new (DeskVisitTypePage *self, const DeskVisitType *type)
{
  Form *form = g_new0 (Form, 1);

  form->page = self;
  form->row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (form->row), FALSE);
  gtk_widget_set_name (GTK_WIDGET (form->row), type->code);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    add_number (form, i);
  add_needs (form);
  add_active (form);
  adw_preferences_group_add (self->types, GTK_WIDGET (form->row));
  return form;
}

static void
fill (Form *form, const DeskVisitType *type)
{
  g_autofree char *subtitle = subtitle_of (type);
  gboolean read_only = desk_setup_page_get_read_only (DESK_SETUP_PAGE (form->page));

  desk_visit_type_free (form->type);
  form->type = desk_visit_type_copy (type);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (form->row), desk_book_type_name (type));
  adw_expander_row_set_subtitle (form->row, subtitle);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gtk_spin_button_set_value (form->spins[i], G_STRUCT_MEMBER (int, type, numbers[i].offset));
      gtk_widget_set_sensitive (GTK_WIDGET (form->spins[i]), !read_only);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gtk_check_button_set_active (form->needs[i], strstr (type->needs, kinds[i]) != NULL);
      gtk_widget_set_sensitive (GTK_WIDGET (form->needs[i]), !read_only);
    }
  gtk_switch_set_active (form->active, type->active);
  gtk_widget_set_sensitive (GTK_WIDGET (form->active), !read_only);
}

static Form *
form_of (DeskVisitTypePage *self, const DeskVisitType *type)
{
  for (guint i = 0; i < self->forms->len; i++)
    {
      Form *form = g_ptr_array_index (self->forms, i);

      if (strcmp (form->type->code, type->code) == 0)
        return form;
    }
  Form *form = form_new (self, type);
  g_ptr_array_add (self->forms, form);
  return form;
}

static void
on_rule (AdwComboRow *row, GParamSpec *pspec, DeskVisitTypePage *self)
{
  Rule rule = { GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "kind")), adw_combo_row_get_selected (row) == 0 };
  Rule back = { rule.kind, !rule.blocks };

  if (self->filling)
    return;
  g_autofree char *words = g_strdup_printf ("%s: %s", desk_words ("conflict-kind", desk_conflict_code (rule.kind)), rule.blocks ? _("stops") : _("warns"));
  desk_setup_page_change (DESK_SETUP_PAGE (self), words, rule_work, g_memdup2 (&rule, sizeof rule), rule_work, g_memdup2 (&back, sizeof back), g_free);
}

static void
show_rules (DeskVisitTypePage *self, const DeskConflictRules *rules)
{
  for (guint kind = 0; kind < DESK_N_CONFLICTS; kind++)
    if (self->rules[kind])
      {
        adw_combo_row_set_selected (self->rules[kind], rules->blocks[kind] ? 0 : 1);
        gtk_widget_set_sensitive (GTK_WIDGET (self->rules[kind]), !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)));
      }
}

static void
desk_visit_type_page_refresh (DeskSetupPage *page)
{
  DeskVisitTypePage *self = DESK_VISIT_TYPE_PAGE (page);
  DeskDb *db = desk_setup_page_get_reader (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) types = desk_visit_type_list (db, &error);
  DeskConflictRules rules;

  if (!types || !desk_conflict_rules_load (db, &rules, &error))
    {
      desk_setup_page_say_error (page, self->types, error);
      return;
    }
  self->filling = TRUE;
  for (guint i = 0; i < types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (types, i);
      Form *form = form_of (self, type);

      fill (form, type);
    }
  show_rules (self, &rules);
  self->filling = FALSE;
}

static void
add_rule (DeskVisitTypePage *self, DeskConflictKind kind)
{
  const char *title = desk_words ("conflict-kind", desk_conflict_code (kind));
  static const char *const effects[] = { N_("Stops"), N_("Warns") };
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (desk_conflict_always_blocks (kind))
    {
      adw_preferences_group_add (self->conflicts, desk_setup_row_new (title, _("Always stops"), "conflict", kind));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    gtk_string_list_append (names, _(effects[i]));
  self->rules[kind] = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->rules[kind]), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rules[kind]), title);
  adw_combo_row_set_model (self->rules[kind], G_LIST_MODEL (names));
  g_object_set_data (G_OBJECT (self->rules[kind]), "kind", GINT_TO_POINTER (kind));
  g_signal_connect (self->rules[kind], "notify::selected", G_CALLBACK (on_rule), self);
  adw_preferences_group_add (self->conflicts, GTK_WIDGET (self->rules[kind]));
}

static void
desk_visit_type_page_finalize (GObject *object)
{
  g_ptr_array_unref (DESK_VISIT_TYPE_PAGE (object)->forms);
  G_OBJECT_CLASS (desk_visit_type_page_parent_class)->finalize (object);
}

static void
desk_visit_type_page_class_init (DeskVisitTypePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_visit_type_page_finalize;
  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_visit_type_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-visit-type-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskVisitTypePage, types);
  gtk_widget_class_bind_template_child (widget_class, DeskVisitTypePage, conflicts);
}

static void
desk_visit_type_page_init (DeskVisitTypePage *self)
{
  self->forms = g_ptr_array_new_with_free_func (form_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = TRUE;
  for (guint kind = 0; kind < DESK_N_CONFLICTS; kind++)
    add_rule (self, kind);
  self->filling = FALSE;
}
