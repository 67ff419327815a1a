#include "desk-cells-moves.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cells-words.h"
#include "desk-toast.h"
#include "desk-words.h"

/* A longer list is no choice; the rest is reached by taking the container in hand. */
#define MAX_TARGETS 300

typedef struct
{
  DeskContainerMove move;
  char *reason, *name;
  gboolean all; /* not it, but everything that stands in it */
  /* where it came from, for taking it back */
  gint64 from_parent;
  int from_row, from_col;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->reason);
  g_free (job->name);
  g_free (job);
}

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  job->move.reason = job->reason;
  return job->all ? desk_container_move_all (db, job->move.container_id, job->move.to_parent, &job->move, error)
                  : desk_container_move (db, &job->move, error);
}

/* ── where to ────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskDb *db;
  const DeskContainer *moved;
  gboolean all; /* what stands in it goes to a container of its own kind */
  GStrvBuilder *words;
  GArray *ids;
} Walk;

static gboolean
can_take (const Walk *walk, const DeskContainer *container)
{
  if (container->id == walk->moved->id || (walk->moved->used > 0 && !container->usable))
    return FALSE;
  return walk->all ? strcmp (container->kind, walk->moved->kind) == 0
                   : desk_container_kind_inside (container->kind, walk->moved->kind);
}

static void
add_targets (Walk *walk, gint64 parent_id)
{
  g_autoptr (GPtrArray) children = desk_container_children (walk->db, parent_id, NULL);

  for (guint i = 0; children && i < children->len && walk->ids->len < MAX_TARGETS; i++)
    {
      const DeskContainer *child = children->pdata[i];

      if (child->id == walk->moved->id)
        continue;
      if (can_take (walk, child))
        {
          g_autofree char *path = desk_cells_path (walk->db, child->id);

          g_strv_builder_add (walk->words, path);
          g_array_append_val (walk->ids, child->id);
        }
      if (desk_container_kind_inside (child->kind, walk->moved->kind))
        add_targets (walk, child->id);
    }
}

/* ── the dialog ──────────────────────────────────────────────────────────────────────────────── */

/* Whoever opens it again: one press takes the move back, with the same two people. */
static gboolean
take_back (DeskDb *db, gpointer data, GError **error)
{
  Job *job = data;

  return desk_container_move (db, &job->move, error);
}

typedef struct
{
  DeskPage *page;
  Job *job;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  job_free (undo->job);
  g_free (undo);
}

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) page = user_data;
  g_autoptr (GError) error = NULL;

  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    desk_toast_error (page, error);
}

static void
on_undo (gpointer user_data)
{
  Undo *undo = user_data;
  Job *back = g_new0 (Job, 1);

  back->move = (DeskContainerMove) { .container_id = undo->job->move.container_id, .to_parent = undo->job->from_parent,
                                     .row = undo->job->from_row, .col = undo->job->from_col, .performer = undo->job->move.performer,
                                     .witness = undo->job->move.witness };
  desk_session_run_async (desk_page_get_session (undo->page), take_back, back, job_free, NULL, on_taken_back, g_object_ref (undo->page));
}

static void
on_moved (DeskCellsDialog *dialog, gpointer data)
{
  const Job *job = data;
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autofree char *to = desk_cells_path (desk_page_get_reader (page), job->move.to_parent);
  g_autofree char *text = g_strdup_printf (_("%s moved to %s"), job->name, to);

  if (job->all)
    {
      desk_toast (GTK_WIDGET (page), text);
      return;
    }
  Undo *undo = g_new0 (Undo, 1);
  undo->page = page;
  undo->job = g_memdup2 (job, sizeof *job);
  undo->job->reason = undo->job->name = NULL;
  desk_toast_undo (GTK_WIDGET (page), text, G_CALLBACK (on_undo), undo, undo_free);
}

static gboolean
collect (DeskCellsDialog *dialog, Job *job)
{
  DeskDb *reader = desk_page_get_reader (desk_cells_dialog_get_page (dialog));
  const DeskContainer *moved = g_object_get_data (G_OBJECT (dialog), "container");
  const char *seconds = desk_cells_dialog_get_text (dialog, "seconds"), *place = desk_cells_dialog_get_text (dialog, "place");
  guint64 n = 0;

  job->all = g_object_get_data (G_OBJECT (dialog), "all") != NULL;
  job->move.container_id = moved->id;
  job->move.to_parent = desk_cells_dialog_get_choice (dialog, "to");
  job->move.performer = desk_session_get_actor (desk_page_get_session (desk_cells_dialog_get_page (dialog)));
  job->move.witness = desk_cells_dialog_get_choice (dialog, "witness");
  job->reason = g_strdup (desk_cells_dialog_get_text (dialog, "reason"));
  job->name = g_strdup (moved->name);
  job->from_parent = moved->parent_id;
  job->from_row = moved->row;
  job->from_col = moved->col;
  if (job->move.to_parent == 0)
    return desk_cells_dialog_refuse (dialog, "to", _("Please choose where to."));
  if (*place && desk_cells_dialog_get_row (dialog, "place"))
    {
      g_autoptr (DeskContainer) to = desk_container_load (reader, job->move.to_parent, NULL);

      if (to && desk_container_has_places (to) && !desk_place_parse_in (to, place, &job->move.row, &job->move.col))
        return desk_cells_dialog_refuse (dialog, "place", desk_words ("refused", "no-such-place"));
    }
  if (*seconds && !g_ascii_string_to_unsigned (seconds, 10, 0, 86400, &n, NULL))
    return desk_cells_dialog_refuse (dialog, "seconds", desk_words ("problem", "out-of-range"));
  job->move.seconds_out = (int) n;
  if (moved->used > 0 && job->move.witness == 0)
    return desk_cells_dialog_refuse (dialog, "witness", desk_words ("refused", "second-person-needed"));
  return TRUE;
}

static void
on_submit (DeskCellsDialog *dialog, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  if (collect (dialog, job))
    desk_cells_dialog_run (dialog, work, job, job_free, on_moved);
  else
    job_free (job);
}

/* The position in a parent that has some; what it is going to be is proposed. */
static void
propose_place (DeskCellsDialog *dialog)
{
  DeskDb *reader = desk_page_get_reader (desk_cells_dialog_get_page (dialog));
  const DeskCellsTarget *at = g_object_get_data (G_OBJECT (dialog), "target");
  g_autoptr (DeskContainer) to = desk_container_load (reader, desk_cells_dialog_get_choice (dialog, "to"), NULL);
  gboolean has_places = to && desk_container_has_places (to);
  int row = 0, col = 0;

  desk_cells_dialog_set_asked (dialog, "place", has_places);
  desk_cells_dialog_set_text (dialog, "place", "");
  if (!has_places)
    return;
  if (at && at->container_id == to->id && at->row)
    {
      row = at->row;
      col = at->col;
    }
  else if (!desk_container_next_position (reader, to, &row, &col, NULL))
    return;
  g_autofree char *name = desk_place_name_in (to, row, col);
  desk_cells_dialog_set_text (dialog, "place", name);
}

static void
open_move (DeskPage *page, gint64 id, const DeskCellsTarget *at, gboolean all)
{
  g_autoptr (GError) error = NULL;
  DeskDb *reader = desk_page_get_reader (page);
  DeskContainer *moved = desk_container_load (reader, id, &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  if (!moved)
    {
      desk_toast_error (GTK_WIDGET (page), error);
      return;
    }
  Walk walk = { reader, moved, all, words, ids };
  gint64 first = at ? at->container_id : 0;
  if (first)
    {
      g_autofree char *path = desk_cells_path (reader, first);
      g_strv_builder_add (words, path);
    }
  else
    g_strv_builder_add (words, _("Choose…"));
  g_array_append_val (ids, first);
  add_targets (&walk, 0);
  g_auto (GStrv) lines = g_strv_builder_end (words);
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, all ? _("Move Everything in It") : _("Move Container"), _("Move"));
  g_autofree char *path = desk_cells_path (reader, id);
  g_autofree char *note = moved->used > 0
                            ? g_strdup_printf (ngettext ("%d unit moves with it and keeps its place in it.",
                                                         "%d units move with it and keep their places in it.", moved->used), moved->used)
                            : NULL;
  desk_cells_dialog_set_identity (dialog, path, NULL);
  desk_cells_dialog_set_note (dialog, note);
  g_object_set_data_full (G_OBJECT (dialog), "container", moved, (GDestroyNotify) desk_container_free);
  g_object_set_data_full (G_OBJECT (dialog), "target", at ? g_memdup2 (at, sizeof *at) : NULL, g_free);
  g_object_set_data (G_OBJECT (dialog), "all", all ? dialog : NULL);
  desk_cells_dialog_add_choice (dialog, "to", _("To"), (const char *const *) lines, (gint64 *) ids->data, first);
  if (!all)
    {
      desk_cells_dialog_add_text (dialog, "place", _("Place there"), NULL);
      desk_cells_dialog_on_choice (dialog, "to", propose_place);
      propose_place (dialog);
    }
  desk_cells_dialog_add_text (dialog, "seconds", _("Seconds out of the cold"), NULL);
  desk_cells_dialog_add_text (dialog, "reason", _("Reason"), NULL);
  desk_cells_dialog_add_second_person (dialog, moved->used > 0);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit), NULL);
  desk_cells_dialog_open (dialog);
}

/* Asks where a container goes with all that stands in it; at is where it was dropped, or NULL. */
void
desk_cells_container_move (DeskPage *page, gint64 id, const DeskCellsTarget *at)
{
  open_move (page, id, at, FALSE);
}

/* Asks which other container gets everything that stands in this one, place by place: a tank that fails. */
void
desk_cells_container_empty (DeskPage *page, gint64 id)
{
  open_move (page, id, NULL, TRUE);
}
