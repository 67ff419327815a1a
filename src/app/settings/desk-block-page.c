#include "desk-block-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-blocks.h"
#include "desk-book-words.h"
#include "desk-book.h"
#include "desk-clinics.h"
#include "desk-setup-row.h"
#include "desk-toast.h"
#include "desk-words.h"

#define REACH_DAYS 3660 /* blocks are listed that far ahead */

static const char *const kinds[] = { "lunch", "leave", "meeting", "cleaning", "repair", "reserved", "other" };

struct _DeskBlockPage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *blocks, *adding;
  AdwComboRow *kind, *who;
  AdwEntryRow *first, *last, *from, *until, *reason;
  AdwActionRow *weekdays;
  GtkBox *days;
  GtkButton *add, *leave;

  GPtrArray *resources; /* those offered in who, after the whole clinic */
  DeskTimeBlock *edited; /* the one that is changed, or NULL */
};

G_DEFINE_FINAL_TYPE (DeskBlockPage, desk_block_page, DESK_TYPE_SETUP_PAGE)

static DeskDay
today_of (DeskBlockPage *self)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, zone ? zone : utc);
}

static gboolean
remove_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_time_block_remove (db, data, g_get_real_time () / G_USEC_PER_SEC, error);
}

static gboolean
restore_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_time_block_restore (db, data, error);
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_time_block_save (db, data, error);
}

static const char *
resource_name (DeskBlockPage *self, gint64 id)
{
  for (guint i = 0; self->resources && i < self->resources->len; i++)
    {
      const DeskResource *resource = g_ptr_array_index (self->resources, i);

      if (resource->id == id)
        return desk_words_pick (resource->name, resource->name_ja);
    }
  return _("Whole clinic");
}

/* "12:00–13:00 · every day" or "… · Mon Wed"; a whole day without its hours */
static char *
times_words (const DeskTimeBlock *block)
{
  g_autofree char *from = desk_book_time_words (block->from), *until = desk_book_time_words (block->until);
  GString *words = g_string_new (NULL);

  if (block->from <= 0 && block->until >= 1440)
    g_string_append (words, _("whole day"));
  else
    g_string_append_printf (words, "%s–%s", from, until);
  g_string_append (words, " · ");
  if (strlen (block->weekdays) >= 7)
    g_string_append (words, _("every day"));
  for (const char *day = block->weekdays; strlen (block->weekdays) < 7 && *day; day++)
    g_string_append_printf (words, "%s%s", day > block->weekdays ? " " : "", desk_words_weekday (*day - '0'));
  return g_string_free (words, FALSE);
}

static char *
subtitle_of (const DeskTimeBlock *block)
{
  g_autofree char *times = times_words (block), *first = desk_words_day (block->first), *last = desk_words_day (block->last);

  return g_strconcat (times, " · ", first, block->first == block->last ? "" : " – ", block->first == block->last ? "" : last,
                      *block->reason ? " · " : "", block->reason, NULL);
}

static GtkWidget *
button_new (const char *icon, const char *label, const char *action, gint64 id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  return button;
}

static GtkWidget *
row_new (DeskBlockPage *self, const DeskTimeBlock *block)
{
  g_autofree char *title = g_strdup_printf ("%s · %s", desk_words ("block", block->kind), resource_name (self, block->resource_id));
  g_autofree char *subtitle = subtitle_of (block);
  g_autofree char *change = g_strdup_printf (_("Change: %s"), title), *drop = g_strdup_printf (_("Remove: %s"), title);
  GtkWidget *row = desk_setup_row_new (title, subtitle, "block", block->id);

  if (desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)))
    return row;
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button_new ("document-edit-symbolic", change, "block.change", block->id));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button_new ("user-trash-symbolic", drop, "block.remove", block->id));
  return row;
}

static void
fill_who (DeskBlockPage *self, GPtrArray *resources)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = adw_combo_row_get_selected (self->who);

  for (guint i = resources->len; i-- > 0;)
    if (!((DeskResource *) g_ptr_array_index (resources, i))->active)
      g_ptr_array_remove_index (resources, i);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  self->resources = g_ptr_array_ref (resources);
  gtk_string_list_append (names, _("Whole clinic"));
  for (guint i = 0; i < resources->len; i++)
    gtk_string_list_append (names, resource_name (self, ((DeskResource *) g_ptr_array_index (resources, i))->id));
  adw_combo_row_set_model (self->who, G_LIST_MODEL (names));
  if (selected != GTK_INVALID_LIST_POSITION && selected <= resources->len)
    adw_combo_row_set_selected (self->who, selected);
}

static void
desk_block_page_refresh (DeskSetupPage *page)
{
  DeskBlockPage *self = DESK_BLOCK_PAGE (page);
  DeskDb *db = desk_setup_page_get_reader (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) resources = desk_resource_list (db, &error);
  g_autoptr (GPtrArray) blocks = resources ? desk_time_block_list (db, today_of (self), today_of (self) + REACH_DAYS, &error) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  gtk_widget_set_visible (GTK_WIDGET (self->adding), !desk_setup_page_get_read_only (page));
  if (!blocks)
    {
      desk_setup_page_say_error (page, self->blocks, error);
      return;
    }
  fill_who (self, resources);
  for (guint i = 0; i < blocks->len; i++)
    g_ptr_array_add (rows, row_new (self, g_ptr_array_index (blocks, i)));
  adw_preferences_group_set_description (self->blocks, blocks->len == 0 ? _("None. Lunch, leave and meetings are kept free of visits once they are here.")
                                                                        : _("Nobody is booked into these times without a reason."));
  desk_setup_page_set_rows (page, self->blocks, rows);
}

static void
set_time (AdwEntryRow *row, int minute)
{
  g_autofree char *text = desk_book_time_words (minute);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
set_day (AdwEntryRow *row, DeskDay day)
{
  g_autofree char *text = desk_day_format (day);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
set_weekdays (DeskBlockPage *self, const char *weekdays)
{
  int weekday = '1';

  for (GtkWidget *day = gtk_widget_get_first_child (GTK_WIDGET (self->days)); day; day = gtk_widget_get_next_sibling (day))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (day), strchr (weekdays, weekday++) != NULL);
}

static char *
get_weekdays (DeskBlockPage *self)
{
  GString *weekdays = g_string_new (NULL);
  char weekday = '1';

  for (GtkWidget *day = gtk_widget_get_first_child (GTK_WIDGET (self->days)); day; day = gtk_widget_get_next_sibling (day), weekday++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (day)))
      g_string_append_c (weekdays, weekday);
  return g_string_free (weekdays, FALSE);
}

/* Takes the block that is to be changed, NULL for a new one. */
static void
edit (DeskBlockPage *self, DeskTimeBlock *block)
{
  g_clear_pointer (&self->edited, desk_time_block_free);
  self->edited = block;
  adw_preferences_group_set_title (self->adding, block ? _("Change the Block") : _("Add a Block"));
  gtk_button_set_label (self->add, block ? _("_Save") : _("_Add"));
  gtk_widget_set_visible (GTK_WIDGET (self->leave), block != NULL);
  if (!block)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], block->kind) == 0)
      adw_combo_row_set_selected (self->kind, i);
  adw_combo_row_set_selected (self->who, 0);
  for (guint i = 0; i < self->resources->len; i++)
    if (((DeskResource *) g_ptr_array_index (self->resources, i))->id == block->resource_id)
      adw_combo_row_set_selected (self->who, i + 1);
  set_day (self->first, block->first);
  set_day (self->last, block->last);
  set_time (self->from, block->from);
  set_time (self->until, block->until);
  set_weekdays (self, block->weekdays);
  gtk_editable_set_text (GTK_EDITABLE (self->reason), block->reason);
  gtk_widget_grab_focus (GTK_WIDGET (self->first));
}

static void
action_change (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBlockPage *self = DESK_BLOCK_PAGE (widget);
  g_autoptr (GError) error = NULL;
  DeskTimeBlock *block = desk_time_block_load (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), g_variant_get_int64 (target), &error);

  if (block)
    edit (self, block);
  else
    desk_toast_error (widget, error);
}

static void
action_leave (GtkWidget *widget, const char *name, GVariant *target)
{
  edit (DESK_BLOCK_PAGE (widget), NULL);
}

static void
action_remove (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBlockPage *self = DESK_BLOCK_PAGE (widget);
  g_autoptr (GError) error = NULL;
  DeskTimeBlock *block = desk_time_block_load (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), g_variant_get_int64 (target), &error);

  if (!block)
    {
      desk_toast_error (widget, error);
      return;
    }
  g_autofree char *words = g_strdup_printf (_("Removed: %s"), desk_words ("block", block->kind));
  DeskTimeBlock *back = desk_time_block_copy (block);
  back->version++; /* as it is once it is removed */
  desk_setup_page_change (DESK_SETUP_PAGE (self), words, remove_work, block, restore_work, back, (GDestroyNotify) desk_time_block_free);
}

/* What was typed, with a problem at each row that is wrong; NULL then. */
static DeskTimeBlock *
collect (DeskBlockPage *self)
{
  g_autoptr (DeskTimeBlock) block = g_new0 (DeskTimeBlock, 1);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskDay today = today_of (self);
  guint kind = adw_combo_row_get_selected (self->kind), who = adw_combo_row_get_selected (self->who);
  const struct { AdwPreferencesRow *row; const char *field; } rows[]
      = { { ADW_PREFERENCES_ROW (self->first), "first" }, { ADW_PREFERENCES_ROW (self->last), "last" }, { ADW_PREFERENCES_ROW (self->weekdays), "weekdays" },
          { ADW_PREFERENCES_ROW (self->from), "from" }, { ADW_PREFERENCES_ROW (self->until), "until" }, { ADW_PREFERENCES_ROW (self->reason), "reason" } };

  block->id = self->edited ? self->edited->id : 0;
  block->version = self->edited ? self->edited->version : 0;
  block->kind = g_strdup (kinds[kind < G_N_ELEMENTS (kinds) ? kind : 0]);
  block->resource_id = who > 0 && who <= self->resources->len ? ((DeskResource *) g_ptr_array_index (self->resources, who - 1))->id : 0;
  if (!desk_book_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->first)), today, &block->first))
    block->first = DESK_DAY_NONE;
  if (!*gtk_editable_get_text (GTK_EDITABLE (self->last)))
    block->last = block->first;
  else if (!desk_book_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->last)), block->first != DESK_DAY_NONE ? block->first : today, &block->last))
    block->last = DESK_DAY_NONE;
  if (!desk_book_parse_time (gtk_editable_get_text (GTK_EDITABLE (self->from)), &block->from))
    block->from = -1;
  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->until)), "24:00"))
    block->until = 1440;
  else if (!desk_book_parse_time (gtk_editable_get_text (GTK_EDITABLE (self->until)), &block->until))
    block->until = -1;
  block->weekdays = get_weekdays (self);
  block->reason = desk_setup_row_dup_text (self->reason);
  desk_time_block_check (block, problems);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    desk_setup_row_show_problem (rows[i].row, problems, rows[i].field);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (desk_problems_find (problems, rows[i].field))
      {
        gtk_widget_grab_focus (GTK_WIDGET (rows[i].row));
        return NULL;
      }
  return g_steal_pointer (&block);
}

static void
on_saved (DeskSetupPage *page, gpointer data, const GError *error)
{
  DeskBlockPage *self = DESK_BLOCK_PAGE (page);
  DeskTimeBlock *block = data;

  if (error)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_autofree char *subtitle = subtitle_of (block);
  g_autofree char *words = g_strdup_printf ("%s: %s", desk_words ("block", block->kind), subtitle);
  DeskTimeBlock *before = self->edited ? g_steal_pointer (&self->edited) : NULL;
  if (before)
    {
      before->version = block->version;
      desk_setup_page_offer_undo (page, words, save_work, before, (GDestroyNotify) desk_time_block_free);
    }
  else
    desk_setup_page_offer_undo (page, words, remove_work, desk_time_block_copy (block), (GDestroyNotify) desk_time_block_free);
  edit (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->first));
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskBlockPage *self = DESK_BLOCK_PAGE (widget);

  if (desk_setup_page_is_busy (DESK_SETUP_PAGE (self)) || desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)))
    return;

  DeskTimeBlock *block = collect (self);
  if (block)
    desk_setup_page_run (DESK_SETUP_PAGE (self), save_work, block, (GDestroyNotify) desk_time_block_free, on_saved);
}

static void
on_enter (DeskBlockPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "block.add", NULL);
}

static void
desk_block_page_finalize (GObject *object)
{
  DeskBlockPage *self = DESK_BLOCK_PAGE (object);

  g_clear_pointer (&self->resources, g_ptr_array_unref);
  g_clear_pointer (&self->edited, desk_time_block_free);
  G_OBJECT_CLASS (desk_block_page_parent_class)->finalize (object);
}

static void
desk_block_page_class_init (DeskBlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_block_page_finalize;
  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_block_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-block-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, blocks);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, adding);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, kind);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, who);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, first);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, last);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, from);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, until);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, reason);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, weekdays);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, days);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, add);
  gtk_widget_class_bind_template_child (widget_class, DeskBlockPage, leave);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_install_action (widget_class, "block.add", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "block.leave", NULL, action_leave);
  gtk_widget_class_install_action (widget_class, "block.change", "x", action_change);
  gtk_widget_class_install_action (widget_class, "block.remove", "x", action_remove);
}

static void
desk_block_page_init (DeskBlockPage *self)
{
  g_autoptr (GListModel) names = desk_words_list ("block", kinds, G_N_ELEMENTS (kinds));

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->kind, names);
  for (int weekday = 1; weekday <= 7; weekday++)
    gtk_box_append (self->days, gtk_check_button_new_with_label (desk_words_weekday (weekday)));
  set_weekdays (self, "1234567");
}
