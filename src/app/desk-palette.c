#include "desk-palette.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells.h"
#include "desk-codes.h"
#include "desk-commands.h"
#include "desk-country.h"
#include "desk-fold.h"
#include "desk-label.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-words.h"

#define MAX_PATIENTS 8
#define MAX_UNITS 5

struct _DeskPalette
{
  AdwWindow parent_instance;

  DeskWindow *window; /* the parent; it outlives us */
  GtkSearchEntry *search;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (DeskPalette, desk_palette, ADW_TYPE_WINDOW)

/* Where a row leads: to a thing, or to a command. */
typedef struct
{
  DeskKind kind;
  gint64 id;
  const DeskCommand *command;
} Target;

static void
add_row (DeskPalette *self, const char *icon, const char *title, const char *subtitle, const char *key, Target target)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (texts), desk_label_new (title, NULL));
  if (subtitle)
    {
      GtkWidget *small = desk_label_new (subtitle, "caption");
      gtk_widget_add_css_class (small, "dim-label");
      gtk_box_append (GTK_BOX (texts), small);
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), texts);
  if (key)
    {
      guint value;
      GdkModifierType modifiers;

      gtk_accelerator_parse (key, &value, &modifiers);
      g_autofree char *words = gtk_accelerator_get_label (value, modifiers);
      gtk_box_append (GTK_BOX (box), desk_label_new (words, "dim-label"));
    }
  gtk_widget_set_margin_start (box, 8);
  gtk_widget_set_margin_end (box, 8);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (row), "target", g_memdup2 (&target, sizeof target), g_free);
  gtk_list_box_append (self->list, row);
}

static void
add_patients (DeskPalette *self, DeskDb *db, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = desk_patient_search (db, text, MAX_PATIENTS, &error);
  g_autoptr (GPtrArray) rows
      = ids ? desk_patient_rows (db, (const gint64 *) (gpointer) ids->data, ids->len, &error) : NULL;

  if (!rows)
    desk_toast_error (GTK_WIDGET (self->window), error);
  for (guint i = 0; rows && i < rows->len; i++)
    {
      const DeskPatient *patient = g_ptr_array_index (rows, i);

      if (!patient)
        continue;
      g_autofree char *name = desk_patient_name (patient);
      g_autofree char *native_name = desk_patient_native_name (patient);
      g_autofree char *title = g_strdup_printf ("%s   %s", name, native_name);
      g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", patient->chart, patient->birth,
                                                   desk_country_name (patient->nationality, desk_words_language ()));
      add_row (self, "avatar-default-symbolic", title, subtitle, NULL, (Target){ DESK_KIND_PATIENT, patient->id, NULL });
    }
}

/* What was typed is a whole code: its thing comes first. */
static void
add_code (DeskPalette *self, DeskDb *db, const char *text)
{
  static const struct
  {
    DeskCodeKind kind;
    DeskKind thing;
    const char *icon;
  } things[] = { { DESK_CODE_LOT, DESK_KIND_LOT, "view-list-symbolic" },
                 { DESK_CODE_CONTAINER, DESK_KIND_CONTAINER, "view-grid-symbolic" },
                 { DESK_CODE_PLACE, DESK_KIND_CONTAINER, "view-grid-symbolic" },
                 { DESK_CODE_UNIT, DESK_KIND_UNIT, "view-grid-symbolic" } };
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskCode) code = desk_code_read (text);
  DeskFound found = { 0 };

  if (!desk_code_find (db, code, &found, &error))
    desk_toast_error (GTK_WIDGET (self->window), error);
  else
    for (guint i = 0; i < G_N_ELEMENTS (things); i++)
      if (things[i].kind == found.kind)
        add_row (self, things[i].icon, code->number, desk_words ("code-kind", desk_code_kind_name (found.kind)), NULL,
                 (Target){ things[i].thing, found.id, NULL });
  /* Papers of somebody. */
  if (found.kind >= DESK_CODE_PAPER && found.kind <= DESK_CODE_REFUND && found.patient_id)
    add_row (self, "x-office-document-symbolic", code->number, desk_words ("code-kind", desk_code_kind_name (found.kind)), NULL,
             (Target){ DESK_KIND_PATIENT, found.patient_id, NULL });
}

static void
add_units (DeskPalette *self, DeskDb *db, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = desk_unit_search (db, text, MAX_UNITS, &error);
  g_autoptr (GPtrArray) rows
      = ids ? desk_unit_rows (db, (const gint64 *) (gpointer) ids->data, ids->len, &error) : NULL;

  if (!rows)
    desk_toast_error (GTK_WIDGET (self->window), error);
  for (guint i = 0; rows && i < rows->len; i++)
    {
      const DeskUnit *unit = g_ptr_array_index (rows, i);

      if (!unit)
        continue;
      g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", desk_words ("unit-kind", unit->kind),
                                                   unit->patient_name, unit->patient_chart);
      add_row (self, "view-grid-symbolic", unit->number, subtitle, NULL, (Target){ DESK_KIND_UNIT, unit->id, NULL });
    }
}

/* Every word typed begins a word of the title or keywords, in the window's language or in English. */
static gboolean
command_matches (const DeskCommand *command, const GPtrArray *query)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  desk_fold_words (_(command->title), words);
  desk_fold_words (_(command->keywords), words);
  desk_fold_words (command->title, words);
  desk_fold_words (command->keywords, words);
  for (guint q = 0; q < query->len; q++)
    {
      gboolean found = FALSE;

      for (guint w = 0; w < words->len && !found; w++)
        found = g_str_has_prefix (g_ptr_array_index (words, w), g_ptr_array_index (query, q));
      if (!found)
        return FALSE;
    }
  return TRUE;
}

static void
add_commands (DeskPalette *self, const char *text)
{
  guint n;
  const DeskCommand *commands = desk_commands (&n);
  g_autoptr (GPtrArray) query = desk_fold_query (text);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (commands[i].action, "win.search") != 0 && command_matches (&commands[i], query))
      add_row (self, "emblem-system-symbolic", _(commands[i].title), NULL, commands[i].key,
               (Target){ DESK_KIND_ANY, 0, &commands[i] });
}

static void
refill (DeskPalette *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  DeskDb *db = desk_session_reader (desk_window_get_session (self->window));
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
  if (*text)
    {
      add_code (self, db, text);
      add_patients (self, db, text);
      add_units (self, db, text);
    }
  add_commands (self, text);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static void
on_search_changed (GtkSearchEntry *search, DeskPalette *self)
{
  refill (self);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, DeskPalette *self)
{
  Target target = *(Target *) g_object_get_data (G_OBJECT (row), "target");
  DeskWindow *window = self->window;

  gtk_window_close (GTK_WINDOW (self));
  if (target.command)
    desk_window_run (window, target.command->place, target.command->action, target.command->target);
  else
    desk_window_show (window, target.kind, target.id);
}

static void
on_search_activate (GtkSearchEntry *search, DeskPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row)
    on_row_activated (self->list, row, self);
}

static void
on_search_stop (GtkSearchEntry *search, DeskPalette *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
select_next (DeskPalette *self, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->list, row ? gtk_list_box_row_get_index (row) + by : 0);
  GtkWidget *viewport = gtk_widget_get_parent (GTK_WIDGET (self->list));

  if (!next)
    return;
  gtk_list_box_select_row (self->list, next);

  /* The focus stays in the entry, so the list is scrolled by hand. */
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  graphene_rect_t bounds;
  if (gtk_widget_compute_bounds (GTK_WIDGET (next), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DeskPalette *self)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return FALSE;
  select_next (self, key == GDK_KEY_Down ? 1 : -1);
  return TRUE;
}

/* The window is modal from the moment it is asked for, but the keyboard comes to it only when the window manager says
 * so: what is typed until then arrives at the window itself, and belongs into the entry. */
static gboolean
on_stray_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DeskPalette *self)
{
  return gtk_event_controller_key_forward (controller, GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->search))));
}

static void
desk_palette_class_init (DeskPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPalette, search);
  gtk_widget_class_bind_template_child (widget_class, DeskPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_stray_key);
}

static void
desk_palette_init (DeskPalette *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Opens the box over the window; lends it. */
DeskPalette *
desk_palette_show (DeskWindow *window)
{
  DeskPalette *self = g_object_new (DESK_TYPE_PALETTE, "transient-for", window, NULL);

  self->window = window;
  refill (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return self;
}
