#include "desk-book-moves.h"

#include <glib/gi18n.h>

#include "desk-book-words.h"
#include "desk-toast.h"
#include "desk-visit-acts.h"
#include "desk-words.h"

struct _DeskBookMoves
{
  DeskPage *page;     /* lent: it owns this */
  DeskBookGrid *grid; /* lent */
  GtkLabel *cut_label;
  DeskVisit *cut;
};

/* The visit as it would be at another place and time. */
static DeskVisit *
moved (DeskBookMoves *self, const DeskVisit *visit, guint from, guint column, int minute, int minutes)
{
  const DeskBookBoard *board = desk_book_grid_get_board (self->grid);
  const DeskVisitType *type = desk_book_board_type (board, visit->type);
  DeskVisit *wanted = desk_visit_copy (visit);

  desk_visit_set_time (wanted, type, desk_book_board_instant (board, column, minute), minutes);
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
move (DeskBookMoves *self, const DeskVisit *visit, DeskVisit *wanted)
{
  const DeskBookBoard *board = desk_book_grid_get_board (self->grid);
  g_autoptr (GPtrArray) conflicts = conflicts_of (self, wanted);

  if (!conflicts)
    return;
  if (desk_conflicts_block (conflicts))
    {
      g_autofree char *why = desk_book_conflicts_words (conflicts, board->resources);
      g_autofree char *words = g_strdup_printf (_("Not moved. %s"), why);

      desk_toast (GTK_WIDGET (self->page), g_strdelimit (words, "\n", ' '));
      return;
    }

  g_autofree char *warnings = desk_book_warnings_words (conflicts, board->resources);
  g_autofree char *when = desk_words_when (wanted->starts_at, board->zone);
  g_autofree char *words = *warnings ? g_strdup_printf (_("%s moved to %s. %s"), visit->patient_name, when, warnings)
                                     : g_strdup_printf (_("%s moved to %s"), visit->patient_name, when);
  if (*warnings && !*wanted->override)
    {
      g_free (wanted->override);
      wanted->override = g_strdup_printf (_("Moved all the same: %s"), warnings);
    }
  desk_visit_act_save (GTK_WIDGET (self->page), desk_page_get_session (self->page), wanted, visit, words, NULL, NULL);
}

/* Puts a visit into a column at a minute, for so many minutes; from is the column it comes from, or a number beyond
 * the columns when it comes from elsewhere. */
void
desk_book_moves_place (DeskBookMoves *self, const DeskVisit *visit, guint from, guint column, int minute, int minutes)
{
  g_autoptr (DeskVisit) wanted = moved (self, visit, from, column, minute, minutes);

  move (self, visit, wanted);
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

/* Makes what moves visits of a page; all three are lent and must live as long. Free with desk_book_moves_free (). */
DeskBookMoves *
desk_book_moves_new (DeskPage *page, DeskBookGrid *grid, GtkLabel *cut_label)
{
  DeskBookMoves *self = g_new0 (DeskBookMoves, 1);

  self->page = page;
  self->grid = grid;
  self->cut_label = cut_label;
  desk_book_grid_set_check (grid, check, self);
  return self;
}

void
desk_book_moves_free (DeskBookMoves *self)
{
  g_clear_pointer (&self->cut, desk_visit_free);
  g_free (self);
}
