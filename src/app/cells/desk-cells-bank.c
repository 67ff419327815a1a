#include "desk-cells-bank.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-container.h"
#include "desk-cells-map.h"
#include "desk-cells-moves.h"
#include "desk-cells-steps.h"
#include "desk-cells-tree.h"
#include "desk-cells-words.h"
#include "desk-label-dialog.h"
#include "desk-toast.h"
#include "desk-words.h"

/* More doses than that are not looked for one by one on a map. */
#define MAX_FOUND 1000

struct _DeskCellsBank
{
  DeskCellsWay parent_instance;

  GtkStack *stack;
  DeskCellsTree *tree;
  GtkStack *middle;
  GtkLabel *title;
  GtkLabel *used;
  GtkLabel *summary;
  GtkLabel *state;
  GtkLabel *in_hand;
  DeskCellsMap *map;
  GtkLabel *sentence;
  GtkLabel *legend;

  DeskPage *page;      /* not owned: the bank is inside it */
  gint64 container_id; /* the box shown, or 0 */
  gint64 cut_id;       /* the unit in hand, or 0 */
  gint64 cut_container; /* the container in hand, or 0 */
  char *search;
  GHashTable *matches; /* of unit ids (gint64), or NULL when nothing is searched */
  GPtrArray *found;    /* of DeskUnit, in a place; the next to show is at next_found */
  guint next_found;
};

G_DEFINE_FINAL_TYPE (DeskCellsBank, desk_cells_bank, DESK_TYPE_CELLS_WAY)

/* ── the box ─────────────────────────────────────────────────────────────────────────────────── */

/* What is to be known before anything is put there, in words; empty for nothing. The caller frees it. */
static char *
state_words (const DeskContainer *container)
{
  const char *kinds = container->allowed_kinds && *container->allowed_kinds && g_strcmp0 (container->allowed_kinds, "none") != 0
                        ? desk_words ("allowed", container->allowed_kinds) : "";
  const char *facts[] = { container->usable ? "" : _("✕ Out of service: nothing can be put here"),
                          *container->cold_class ? desk_words ("cold", container->cold_class) : "",
                          container->quarantine_only ? _("only what is not released") : "",
                          container->biohazard_only ? _("☣ only with a biohazard mark") : "", kinds,
                          *container->barcode ? container->barcode : "" };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

static void
show_box (DeskCellsBank *self, const DeskContainer *container, const char *path)
{
  g_autoptr (GError) error = NULL;
  DeskDb *reader = desk_page_get_reader (self->page);
  g_autoptr (GPtrArray) units = desk_unit_in_container (reader, container->id, &error);
  g_autoptr (GPtrArray) children = units ? desk_container_children (reader, container->id, &error) : NULL;
  g_autoptr (GPtrArray) blocks = children ? desk_place_blocks (reader, container->id, &error) : NULL;

  if (!blocks)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  gboolean bare = !desk_container_has_places (container) && children->len == 0;
  desk_cells_map_set_box (self->map, path, container, g_steal_pointer (&units), g_steal_pointer (&children), g_steal_pointer (&blocks),
                          desk_page_get_today (self->page));
  gtk_widget_set_visible (GTK_WIDGET (self->summary), bare);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), desk_container_has_places (container));
  gtk_stack_set_visible_child_name (self->middle, "map");
}

/* "65 of 81 places used, 16 free", and how full in words where it begins to matter. */
static void
show_used (DeskCellsBank *self, const DeskContainer *container)
{
  static const char *const rooms[] = { [DESK_ROOM_ENOUGH] = "", [DESK_ROOM_80] = N_("filled to over 80 %"),
                                       [DESK_ROOM_90] = N_("filled to over 90 %"), [DESK_ROOM_FULL] = N_("full") };
  DeskRoom room = desk_container_room (container->used, container->capacity);
  g_autofree char *used = g_strdup_printf (_("%d of %d places used"), container->used, container->capacity);
  g_autofree char *text = room == DESK_ROOM_ENOUGH ? g_strdup (used) : g_strdup_printf ("%s · %s", used, _(rooms[room]));

  gtk_label_set_text (self->used, text);
  if (room >= DESK_ROOM_90)
    gtk_widget_add_css_class (GTK_WIDGET (self->used), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->used), "warning");
}

static void
show_selected (DeskCellsBank *self)
{
  const DeskContainer *container = desk_cells_tree_get_selected (self->tree);

  self->container_id = container ? container->id : 0;
  if (!container)
    {
      gtk_stack_set_visible_child_name (self->middle, "none");
      return;
    }
  g_autofree char *path = desk_cells_path (desk_page_get_reader (self->page), container->id);
  g_autofree char *state = state_words (container);
  gtk_label_set_text (self->title, path);
  gtk_label_set_text (self->state, state);
  gtk_widget_set_visible (GTK_WIDGET (self->state), *state != '\0');
  show_used (self, container);
  show_box (self, container, path);
}

static void
on_cursor (DeskCellsBank *self)
{
  gtk_label_set_text (self->sentence, desk_cells_map_get_sentence (self->map));
}

static const DeskUnit *
unit_at_cursor (DeskCellsBank *self)
{
  int row, col;

  desk_cells_map_get_cursor (self->map, &row, &col);
  return self->container_id ? desk_cells_map_get_unit (self->map, row, col) : NULL;
}

static const DeskContainer *
container_at_cursor (DeskCellsBank *self)
{
  int row, col;

  desk_cells_map_get_cursor (self->map, &row, &col);
  return self->container_id ? desk_cells_map_get_container (self->map, row, col) : NULL;
}

static void
on_chosen (DeskCellsBank *self)
{
  const DeskUnit *unit = unit_at_cursor (self);

  if (unit)
    desk_cells_way_choose (DESK_CELLS_WAY (self), unit->id, FALSE);
}

static void
on_opened (DeskCellsBank *self)
{
  const DeskUnit *unit = unit_at_cursor (self);
  const DeskContainer *container = container_at_cursor (self);

  if (container)
    {
      desk_cells_tree_select (self->tree, container->id);
      gtk_widget_grab_focus (GTK_WIDGET (self->map));
    }
  if (unit)
    desk_cells_way_choose (DESK_CELLS_WAY (self), unit->id, TRUE);
}

/* ── moving ──────────────────────────────────────────────────────────────────────────────────── */

static void
take_in_hand (DeskCellsBank *self, const DeskUnit *unit, const DeskContainer *container)
{
  g_autofree char *text = NULL;

  self->cut_id = unit ? unit->id : 0;
  self->cut_container = container ? container->id : 0;
  if (unit)
    {
      g_autofree char *line = desk_cells_unit_line (unit);
      text = g_strdup_printf (_("✂ To be moved: %s. Go to an empty place and press Ctrl+V; Esc to leave it."), line);
    }
  else if (container)
    text = g_strdup_printf (_("✂ To be moved with all it holds: %s. Go to where it belongs and press Ctrl+V; Esc to leave it."),
                            container->name);
  desk_cells_map_set_in_hand (self->map, self->cut_id, self->cut_container);
  gtk_widget_set_visible (GTK_WIDGET (self->in_hand), text != NULL);
  gtk_label_set_text (self->in_hand, text ? text : "");
}

/* Marks the dose, or the container, under the cursor to be moved. */
void
desk_cells_bank_cut (DeskCellsBank *self)
{
  const DeskUnit *unit = unit_at_cursor (self);
  const DeskContainer *container = container_at_cursor (self);

  if (container)
    take_in_hand (self, NULL, container);
  else if (!unit)
    desk_toast (GTK_WIDGET (self), _("There is no dose at this place."));
  else if (!desk_cells_step_offered (unit, "move", desk_page_get_today (self->page)))
    desk_toast (GTK_WIDGET (self), _("This dose cannot be moved now."));
  else
    take_in_hand (self, unit, NULL);
}

/* A dose goes to the place under the cursor, or into the next free place of the container there. */
static void
move_here (DeskCellsBank *self, gint64 unit_id)
{
  const DeskContainer *container = container_at_cursor (self);
  DeskCellsTarget to = { .container_id = container ? container->id : self->container_id };
  g_autoptr (GError) error = NULL;

  desk_cells_map_get_cursor (self->map, &to.row, &to.col);
  take_in_hand (self, NULL, NULL);
  if (container)
    {
      g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (DeskPlace));
      DeskPlace from = { .container_id = container->id };

      if (!desk_places_free (desk_page_get_reader (self->page), &from, NULL, 1, places, &error))
        {
          desk_toast_error (GTK_WIDGET (self), error);
          return;
        }
      const DeskPlace *place = &g_array_index (places, DeskPlace, 0);
      to = (DeskCellsTarget) { place->container_id, place->row, place->col };
    }
  desk_cells_step_begin (self->page, unit_id, "move", &to);
}

/* A container goes to the place under the cursor, into the container there, or into the one that is shown. */
static void
move_container_here (DeskCellsBank *self, gint64 container_id)
{
  const DeskContainer *there = container_at_cursor (self);
  DeskCellsTarget to = { .container_id = there && there->id != container_id ? there->id : self->container_id };
  int row, col;

  desk_cells_map_get_cursor (self->map, &row, &col);
  if (desk_cells_map_is_free (self->map, row, col))
    {
      to.row = row;
      to.col = col;
    }
  take_in_hand (self, NULL, NULL);
  desk_cells_container_move (self->page, container_id, &to);
}

/* Asks for the move of what is in hand to the place under the cursor. */
void
desk_cells_bank_paste (DeskCellsBank *self)
{
  if (self->cut_container)
    move_container_here (self, self->cut_container);
  else if (self->cut_id == 0)
    desk_toast (GTK_WIDGET (self), _("First go to a dose and press Ctrl+X."));
  else if (self->container_id == 0 || unit_at_cursor (self))
    desk_toast (GTK_WIDGET (self), _("This place is taken. Choose an empty one."));
  else
    move_here (self, self->cut_id);
}

static void
on_moved (DeskCellsBank *self, gint64 unit_id)
{
  move_here (self, unit_id);
}

static void
on_container_moved (DeskCellsBank *self, gint64 container_id)
{
  move_container_here (self, container_id);
}

/* ── what can be done with a container ───────────────────────────────────────────────────────── */

/* What an action is about: the container under the cursor or, where none is, the one that is shown. */
static gint64
meant (DeskCellsBank *self)
{
  const DeskContainer *container = container_at_cursor (self);

  return container && gtk_widget_has_focus (GTK_WIDGET (self->map)) ? container->id : self->container_id;
}

static void
action_on_container (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsBank *self = DESK_CELLS_BANK (widget);
  int row, col;

  desk_cells_map_get_cursor (self->map, &row, &col);
  if (desk_page_get_read_only (self->page))
    desk_toast (widget, _("This step is not possible now."));
  else if (self->container_id == 0)
    desk_toast (widget, _("Choose a tank, rack or box first."));
  else if (strcmp (name, "bank.labels") == 0)
    desk_label_dialog_show_thing (desk_window_of (widget), DESK_CODE_CONTAINER, meant (self));
  else if (strcmp (name, "bank.add") == 0)
    desk_cells_container_new (self->page, self->container_id);
  else if (strcmp (name, "bank.edit") == 0)
    desk_cells_container_edit (self->page, meant (self));
  else if (strcmp (name, "bank.retire") == 0)
    desk_cells_container_retire (self->page, meant (self));
  else if (strcmp (name, "bank.move") == 0)
    desk_cells_container_move (self->page, meant (self), NULL);
  else if (strcmp (name, "bank.empty") == 0)
    desk_cells_container_empty (self->page, meant (self));
  else if (strcmp (name, "bank.put-away") == 0)
    desk_cells_put_away (self->page, meant (self));
  else if (desk_cells_map_get_block (self->map, row, col))
    desk_cells_place_unblock (self->page, self->container_id, row, col);
  else if (desk_cells_map_is_free (self->map, row, col))
    desk_cells_place_block (self->page, self->container_id, row, col);
  else
    desk_toast (widget, _("Go to an empty place first."));
}

/* Chooses a container, also one that came a moment ago. */
static gboolean
show_container (DeskCellsBank *self, gint64 id)
{
  if (desk_cells_tree_select (self->tree, id))
    return TRUE;
  desk_cells_tree_refresh (self->tree);
  return desk_cells_tree_select (self->tree, id);
}

static gboolean
show_place (DeskCellsBank *self, gint64 container_id, int row, int col)
{
  if (!show_container (self, container_id))
    return FALSE;
  desk_cells_map_set_cursor (self->map, row, col);
  return TRUE;
}

/* ── searching ───────────────────────────────────────────────────────────────────────────────── */

static void
count_up (DeskCellsBank *self, GHashTable *hits, GHashTable *paths, gint64 container_id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *path = g_hash_table_lookup (paths, &container_id);

  if (!path)
    {
      path = desk_container_path (desk_page_get_reader (self->page), container_id, &error);
      if (!path)
        return;
      g_hash_table_insert (paths, g_memdup2 (&container_id, sizeof container_id), path);
    }
  for (guint i = 0; i < path->len; i++)
    {
      gint64 id = ((DeskContainer *) path->pdata[i])->id;
      int n = GPOINTER_TO_INT (g_hash_table_lookup (hits, &id));

      g_hash_table_insert (hits, g_memdup2 (&id, sizeof id), GINT_TO_POINTER (n + 1));
    }
}

static void
take_found (DeskCellsBank *self, GPtrArray *units)
{
  g_autoptr (GHashTable) hits = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) paths
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  self->matches = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_unit_free);
  for (guint i = 0; i < units->len; i++)
    {
      DeskUnit *unit = units->pdata[i];

      if (!unit || unit->container_id == 0)
        continue;
      g_hash_table_add (self->matches, g_memdup2 (&unit->id, sizeof unit->id));
      count_up (self, hits, paths, unit->container_id);
      g_ptr_array_add (self->found, g_steal_pointer (&units->pdata[i]));
    }
  desk_cells_tree_set_hits (self->tree, hits);
  desk_cells_map_set_hits (self->map, hits);
}

/* Lights the doses of that number, patient or chart, and counts them in the tree; an empty text lights all. */
static void
desk_cells_bank_search (DeskCellsWay *way, const char *text)
{
  DeskCellsBank *self = DESK_CELLS_BANK (way);
  g_autoptr (GError) error = NULL;
  g_autofree char *wanted = g_strstrip (g_strdup (text));

  g_clear_pointer (&self->matches, g_hash_table_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->next_found = 0;
  g_free (self->search);
  self->search = g_steal_pointer (&wanted);
  if (*self->search)
    {
      DeskDb *reader = desk_page_get_reader (self->page);
      g_autoptr (GArray) ids = desk_unit_search (reader, self->search, MAX_FOUND, &error);
      g_autoptr (GPtrArray) units = ids ? desk_unit_rows (reader, (gint64 *) ids->data, ids->len, &error) : NULL;

      if (units)
        take_found (self, units);
      else
        desk_toast_error (GTK_WIDGET (self), error);
    }
  if (!self->matches)
    {
      desk_cells_tree_set_hits (self->tree, NULL);
      desk_cells_map_set_hits (self->map, NULL);
    }
  desk_cells_map_set_matches (self->map, self->matches);
}

/* Goes to the next dose that was found, in any box; FALSE when there is none. */
static gboolean
next_match (DeskCellsBank *self)
{
  if (!self->found || self->found->len == 0)
    return FALSE;
  const DeskUnit *unit = self->found->pdata[self->next_found % self->found->len];
  gint64 id = unit->id;

  self->next_found++;
  if (!show_place (self, unit->container_id, unit->row, unit->col))
    return FALSE;
  desk_cells_way_choose (DESK_CELLS_WAY (self), id, FALSE);
  return TRUE;
}

static void
desk_cells_bank_search_next (DeskCellsWay *way)
{
  if (!next_match (DESK_CELLS_BANK (way)))
    desk_toast (GTK_WIDGET (way), _("No dose in a place was found for that."));
}

/* ── the view's part ─────────────────────────────────────────────────────────────────────────── */

/* A tank, rack or box; a dose at its place. */
static gboolean
desk_cells_bank_show (DeskCellsWay *way, DeskKind kind, gint64 id)
{
  DeskCellsBank *self = DESK_CELLS_BANK (way);

  if (kind == DESK_KIND_CONTAINER)
    return show_container (self, id);
  if (kind != DESK_KIND_UNIT)
    return FALSE;
  g_autoptr (DeskUnit) unit = desk_unit_load (desk_page_get_reader (self->page), id, NULL);
  if (unit && unit->container_id)
    show_place (self, unit->container_id, unit->row, unit->col);
  return TRUE;
}

static void
desk_cells_bank_refresh (DeskCellsWay *way)
{
  DeskCellsBank *self = DESK_CELLS_BANK (way);

  desk_cells_tree_refresh (self->tree);
  if (self->container_id == 0)
    desk_cells_tree_select_first_box (self->tree);
  gtk_stack_set_visible_child_name (self->stack, desk_cells_tree_is_empty (self->tree) ? "empty" : "bank");
  show_selected (self);
  if (self->search && *self->search)
    {
      g_autofree char *text = g_strdup (self->search);
      guint next = self->next_found;

      desk_cells_bank_search (way, text);
      self->next_found = next;
    }
}

static void
desk_cells_bank_enter (DeskCellsWay *way)
{
  DeskCellsBank *self = DESK_CELLS_BANK (way);

  if (self->container_id && gtk_widget_get_mapped (GTK_WIDGET (self->map)))
    gtk_widget_grab_focus (GTK_WIDGET (self->map));
  else
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* Leaves the dose in hand where it is. */
static gboolean
desk_cells_bank_back (DeskCellsWay *way)
{
  DeskCellsBank *self = DESK_CELLS_BANK (way);
  gboolean had = self->cut_id != 0 || self->cut_container != 0;

  take_in_hand (self, NULL, NULL);
  return had;
}

static void
desk_cells_bank_load (DeskCellsWay *way)
{
  DeskCellsBank *self = DESK_CELLS_BANK (way);

  self->page = desk_cells_way_get_page (way);
  desk_cells_tree_set_reader (self->tree, desk_page_get_reader (self->page));
}

static void
desk_cells_bank_finalize (GObject *object)
{
  DeskCellsBank *self = DESK_CELLS_BANK (object);

  g_clear_pointer (&self->matches, g_hash_table_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self->search);
  G_OBJECT_CLASS (desk_cells_bank_parent_class)->finalize (object);
}

static void
desk_cells_bank_class_init (DeskCellsBankClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DeskCellsWayClass *way_class = DESK_CELLS_WAY_CLASS (klass);
  static const char *const actions[] = { "bank.add", "bank.edit", "bank.retire", "bank.labels", "bank.move", "bank.empty", "bank.put-away", "bank.block" };

  G_OBJECT_CLASS (klass)->finalize = desk_cells_bank_finalize;
  way_class->load = desk_cells_bank_load;
  way_class->refresh = desk_cells_bank_refresh;
  way_class->enter = desk_cells_bank_enter;
  way_class->back = desk_cells_bank_back;
  way_class->search = desk_cells_bank_search;
  way_class->search_next = desk_cells_bank_search_next;
  way_class->show = desk_cells_bank_show;
  g_type_ensure (DESK_TYPE_CELLS_MAP);
  g_type_ensure (DESK_TYPE_CELLS_TREE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-bank.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsBank, stack);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsBank, tree);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsBank, middle);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsBank, title);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsBank, used);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsBank, summary);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsBank, state);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsBank, in_hand);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsBank, map);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsBank, sentence);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsBank, legend);
  gtk_widget_class_bind_template_callback (widget_class, show_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_cursor);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_container_moved);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, action_on_container);
}

static void
desk_cells_bank_init (DeskCellsBank *self)
{
  g_autofree char *legend = desk_cells_legend ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_markup (self->legend, legend);
}
