#include "desk-book-moves.h"

#include <glib/gi18n.h>

#include "desk-book-words.h"
#include "desk-clock.h"
#include "desk-pin-acts.h"
#include "desk-toast.h"
#include "desk-visit-acts.h"
#include "desk-visit-dialog.h"
#include "desk-words.h"

struct _DeskBookMoves
{
  DeskPage *page;     /* lent: it owns this */
  DeskBookGrid *grid; /* lent */
  GtkLabel *cut_label;
  DeskVisit *cut;
};

/* Whether the clocks skip or show twice that time of a column, so that it has to be asked for; not where the visit stays
 * when it is. */
static gboolean
in_doubt (const DeskBookBoard *board, const DeskVisit *visit, guint column, int minute)
{
  DeskWallTimes times;

  desk_wall_times (desk_book_board_column (board, column)->day, minute, board->zone, &times);
  return times.fit == DESK_WALL_GAP
         || (times.fit == DESK_WALL_TWICE && visit->starts_at != times.at[0] && visit->starts_at != times.at[1]);
}

/* An hour that is there twice: the visit stays in the one it is in. */
static gint64
instant_for (const DeskBookBoard *board, const DeskVisit *visit, guint column, int minute)
{
  DeskWallTimes times;

  desk_wall_times (desk_book_board_column (board, column)->day, minute, board->zone, &times);
  return times.fit == DESK_WALL_TWICE && visit->starts_at == times.at[1] ? times.at[1] : times.at[0];
}

/* The visit as it would be at another place and time. */
static DeskVisit *
moved (DeskBookMoves *self, const DeskVisit *visit, guint from, guint column, int minute, int minutes)
{
  const DeskBookBoard *board = desk_book_grid_get_board (self->grid);
  const DeskVisitType *type = desk_book_board_type (board, visit->type);
  DeskVisit *wanted = desk_visit_copy (visit);

  desk_visit_set_time (wanted, type, instant_for (board, visit, column, minute), minutes);
  if (board->mode == DESK_BOOK_DAY)
    desk_book_retarget (wanted, board->resources,
                        from < board->columns->len ? desk_book_board_column (board, from)->resource_id : 0,
                        desk_book_board_column (board, column)->resource_id);
  return wanted;
}

static GPtrArray *
conflicts_of (DeskBookMoves *self, const DeskVisit *wanted)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *conflicts
      = desk_visit_check (desk_page_get_reader (self->page), wanted, g_get_real_time () / G_USEC_PER_SEC, &error);

  if (!conflicts)
    desk_toast_error (GTK_WIDGET (self->page), error);
  return conflicts;
}

static char *
check (gint64 visit_id, guint from, guint column, int minute, int minutes, gboolean *blocks, gpointer user_data)
{
  DeskBookMoves *self = user_data;
  const DeskBookBoard *board = desk_book_grid_get_board (self->grid);
  const DeskVisit *visit = desk_book_board_visit (board, visit_id);
  g_autoptr (DeskVisit) wanted = visit ? moved (self, visit, from, column, minute, minutes) : NULL;
  g_autoptr (GPtrArray) conflicts = wanted ? conflicts_of (self, wanted) : NULL;

  if (!conflicts || conflicts->len == 0)
    return NULL;
  *blocks = desk_conflicts_block (conflicts);
  return desk_book_conflicts_words (conflicts, board->resources);
}

static void
say_blocked (DeskBookMoves *self, const GPtrArray *conflicts)
{
  g_autofree char *why = desk_book_conflicts_words (conflicts, desk_book_grid_get_board (self->grid)->resources);
  g_autofree char *words = g_strdup_printf (_("Not moved. %s"), why);

  desk_toast (GTK_WIDGET (self->page), g_strdelimit (words, "\n", ' '));
}

/* What only warns is written down with the visit, so that it can be seen that it was passed over. Returns the words. */
static char *
pass_over (DeskBookMoves *self, DeskVisit *wanted, const GPtrArray *conflicts)
{
  char *warnings = desk_book_warnings_words (conflicts, desk_book_grid_get_board (self->grid)->resources);

  /* What was passed over where it was says nothing of where it goes. */
  g_free (wanted->override);
  wanted->override = *warnings ? g_strdup_printf (_("Moved all the same: %s"), warnings) : g_strdup ("");
  return warnings;
}

static const DeskVisit *
find (const GPtrArray *visits, gint64 id)
{
  for (guint i = 0; i < visits->len; i++)
    if (((const DeskVisit *) visits->pdata[i])->id == id)
      return visits->pdata[i];
  return NULL;
}

/* Moves at once, without asking. pins is what is on the pinboard. */
static void
move (DeskBookMoves *self, const DeskVisit *visit, DeskVisit *wanted, const GPtrArray *conflicts, const GPtrArray *pins)
{
  GtkWidget *widget = GTK_WIDGET (self->page);
  g_autofree char *warnings = pass_over (self, wanted, conflicts);
  g_autofree char *when = desk_words_when (wanted->starts_at, desk_book_grid_get_board (self->grid)->zone);
  g_autofree char *words = *warnings ? g_strdup_printf (_("%s moved to %s. %s"), visit->patient_name, when, warnings)
                                     : g_strdup_printf (_("%s moved to %s"), visit->patient_name, when);
  g_autoptr (GPtrArray) after = g_ptr_array_new (), before = g_ptr_array_new ();

  if (!find (pins, visit->id))
    {
      desk_visit_act_save (widget, desk_page_get_session (self->page), wanted, visit, words, NULL, NULL);
      return;
    }
  g_ptr_array_add (after, wanted);
  g_ptr_array_add (before, (gpointer) visit);
  desk_pin_act_place (widget, desk_page_get_session (self->page), after, before, words);
}

/* A time that is none or two: not done, and the two that there are are offered. */
static void
ask (DeskBookMoves *self, const DeskVisit *visit, const DeskVisit *wanted, DeskDay day, int minute)
{
  desk_visit_dialog_show_move_to (self->page, visit, wanted, day, minute);
}

/* ── two pinned visits change places ─────────────────────────────────────────────────────────── */

/* The one pinned visit that all that blocks is about, when there is no other reason; NULL otherwise. */
static const DeskVisit *
partner_of (const GPtrArray *conflicts, const GPtrArray *pins)
{
  const DeskVisit *partner = NULL;

  for (guint i = 0; i < conflicts->len; i++)
    {
      const DeskConflict *conflict = conflicts->pdata[i];
      const DeskVisit *other = conflict->blocks ? find (pins, conflict->visit_id) : NULL;

      if (!conflict->blocks)
        continue;
      if (!other || (partner && other != partner))
        return NULL;
      partner = other;
    }
  return partner;
}

/* The conflicts a visit would have if the other were not there. */
static GPtrArray *
conflicts_without (DeskBookMoves *self, const DeskVisit *wanted, gint64 other_id)
{
  GPtrArray *conflicts = conflicts_of (self, wanted);

  for (guint i = conflicts ? conflicts->len : 0; i-- > 0;)
    if (((const DeskConflict *) conflicts->pdata[i])->visit_id == other_id)
      g_ptr_array_remove_index (conflicts, i);
  return conflicts;
}

/* The partner as it would be where the visit was: its time, and the places it gives away for it. */
static DeskVisit *
in_place_of (const DeskBookBoard *board, const DeskVisit *partner, const DeskVisit *visit, const DeskVisit *wanted)
{
  static const char *const kinds[] = { "room", "chair", "staff" };
  DeskVisit *other = desk_visit_copy (partner);

  desk_visit_set_time (other, desk_book_board_type (board, other->type), visit->starts_at,
                       (int) ((partner->ends_at - partner->starts_at) / 60));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gint64 had = desk_book_resource_of (visit, board->resources, kinds[i]);
      gint64 has = desk_book_resource_of (wanted, board->resources, kinds[i]);

      if (had != has && has == desk_book_resource_of (partner, board->resources, kinds[i]))
        desk_book_set_resource (other, board->resources, kinds[i], had);
    }
  return other;
}

static void
change_places (DeskBookMoves *self, const DeskVisit *visit, DeskVisit *wanted, const DeskVisit *partner)
{
  const DeskBookBoard *board = desk_book_grid_get_board (self->grid);

  desk_visit_set_time (wanted, desk_book_board_type (board, wanted->type), partner->starts_at,
                       (int) ((visit->ends_at - visit->starts_at) / 60));
  g_autoptr (DeskVisit) other = in_place_of (board, partner, visit, wanted);
  g_autoptr (GPtrArray) against = conflicts_without (self, wanted, partner->id);
  g_autoptr (GPtrArray) against_other = conflicts_without (self, other, visit->id);
  g_autoptr (GPtrArray) after = g_ptr_array_new (), before = g_ptr_array_new ();

  if (!against || !against_other)
    return;
  if (desk_conflicts_block (against) || desk_conflicts_block (against_other))
    {
      say_blocked (self, desk_conflicts_block (against) ? against : against_other);
      return;
    }
  g_autofree char *warned = pass_over (self, wanted, against), *warned_other = pass_over (self, other, against_other);
  g_autofree char *words = g_strdup_printf (_("%s and %s have changed places"), visit->patient_name, partner->patient_name);
  g_ptr_array_add (after, wanted);
  g_ptr_array_add (after, other);
  g_ptr_array_add (before, (gpointer) visit);
  g_ptr_array_add (before, (gpointer) partner);
  desk_pin_act_place (GTK_WIDGET (self->page), desk_page_get_session (self->page), after, before, words);
}

/* Puts a visit into a column at a minute, for so many minutes; from is the column it comes from, or a number beyond
 * the columns when it comes from elsewhere. */
void
desk_book_moves_place (DeskBookMoves *self, const DeskVisit *visit, guint from, guint column, int minute, int minutes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskVisit) wanted = moved (self, visit, from, column, minute, minutes);
  g_autoptr (GPtrArray) pins = desk_pin_list (desk_page_get_reader (self->page), &error);
  g_autoptr (GPtrArray) conflicts = pins ? conflicts_of (self, wanted) : NULL;
  const DeskVisit *partner = conflicts && find (pins, visit->id) ? partner_of (conflicts, pins) : NULL;

  if (error)
    desk_toast_error (GTK_WIDGET (self->page), error);
  if (!conflicts)
    return;
  const DeskBookBoard *board = desk_book_grid_get_board (self->grid);
  if (in_doubt (board, visit, column, minute))
    ask (self, visit, wanted, desk_book_board_column (board, column)->day, minute);
  else if (partner)
    change_places (self, visit, wanted, partner);
  else if (desk_conflicts_block (conflicts))
    say_blocked (self, conflicts);
  else
    move (self, visit, wanted, conflicts, pins);
}

/* Takes a visit in hand, or (NULL) lets go of it. */
void
desk_book_moves_cut (DeskBookMoves *self, const DeskVisit *visit)
{
  g_clear_pointer (&self->cut, desk_visit_free);
  self->cut = visit ? desk_visit_copy (visit) : NULL;
  desk_book_grid_set_cut (self->grid, visit ? visit->id : 0);
  if (visit)
    {
      g_autofree char *words = g_strdup_printf (
          _("To be moved: %s. Ctrl+V puts it where the cursor is, Esc leaves it."), visit->patient_name);
      gtk_label_set_label (self->cut_label, words);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->cut_label), visit != NULL);
}

gboolean
desk_book_moves_has_cut (DeskBookMoves *self)
{
  return self->cut != NULL;
}

/* Puts what is in hand where the cursor is. */
void
desk_book_moves_paste (DeskBookMoves *self)
{
  g_autoptr (DeskVisit) visit = self->cut ? desk_visit_copy (self->cut) : NULL;
  guint column;
  int minute;

  if (!visit)
    return;
  desk_book_grid_get_slot (self->grid, &column, &minute);
  desk_book_moves_cut (self, NULL);
  desk_book_moves_place (self, visit, G_MAXUINT, column, minute, (int) ((visit->ends_at - visit->starts_at) / 60));
}

/* ── dragged from the pinboard ───────────────────────────────────────────────────────────────── */

static const DeskVisit *
dragged (GtkDropTarget *target, const GPtrArray *pins)
{
  const GValue *value = gtk_drop_target_get_value (target);

  return value && pins ? find (pins, g_value_get_int64 (value)) : NULL;
}

/* The cursor goes with the pointer, and what stands against the place is said. */
static GdkDragAction
on_motion (GtkDropTarget *target, double x, double y, DeskBookMoves *self)
{
  g_autoptr (GPtrArray) pins = desk_pin_list (desk_page_get_reader (self->page), NULL);
  const DeskVisit *visit = dragged (target, pins);
  const DeskBookBoard *board = desk_book_grid_get_board (self->grid);
  guint column;
  int minute;

  if (!visit || !desk_book_grid_slot_at (self->grid, x, y, &column, &minute))
    return 0;
  desk_book_grid_select_slot (self->grid, column, minute);
  g_autoptr (DeskVisit) wanted = moved (self, visit, G_MAXUINT, column, minute, (int) ((visit->ends_at - visit->starts_at) / 60));
  g_autoptr (GPtrArray) conflicts = conflicts_of (self, wanted);
  g_autofree char *words = conflicts && conflicts->len ? desk_book_conflicts_words (conflicts, board->resources) : g_strdup ("");
  gtk_label_set_label (self->cut_label, g_strdelimit (words, "\n", ' '));
  gtk_widget_set_visible (GTK_WIDGET (self->cut_label), *words != '\0');
  return GDK_ACTION_MOVE;
}

static void
on_leave (GtkDropTarget *target, DeskBookMoves *self)
{
  desk_book_moves_cut (self, NULL);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, DeskBookMoves *self)
{
  g_autoptr (GPtrArray) pins = desk_pin_list (desk_page_get_reader (self->page), NULL);
  const DeskVisit *visit = pins ? find (pins, g_value_get_int64 (value)) : NULL;
  guint column;
  int minute;

  desk_book_moves_cut (self, NULL);
  if (!visit || desk_page_get_read_only (self->page) || !desk_book_grid_slot_at (self->grid, x, y, &column, &minute))
    return FALSE;
  desk_book_moves_place (self, visit, G_MAXUINT, column, minute, (int) ((visit->ends_at - visit->starts_at) / 60));
  return TRUE;
}

static void
accept_pins (DeskBookMoves *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INT64, GDK_ACTION_MOVE);

  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (target, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), GTK_EVENT_CONTROLLER (target));
}

/* Makes what moves visits of a page; all three are lent and must live as long. Free with desk_book_moves_free (). */
DeskBookMoves *
desk_book_moves_new (DeskPage *page, DeskBookGrid *grid, GtkLabel *cut_label)
{
  DeskBookMoves *self = g_new0 (DeskBookMoves, 1);

  self->page = page;
  self->grid = grid;
  self->cut_label = cut_label;
  desk_book_grid_set_check (grid, check, self);
  accept_pins (self);
  return self;
}

void
desk_book_moves_free (DeskBookMoves *self)
{
  g_clear_pointer (&self->cut, desk_visit_free);
  g_free (self);
}
