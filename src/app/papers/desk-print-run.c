#include "desk-print-run.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-publish.h"

struct _DeskPrintRun
{
  GObject parent_instance;

  DeskSession *session;
  DeskPrintPaper *paper;
  DeskPrinter *printer;
  GArray *tokens; /* rows of the register; the worker's until the printer has it */
  char *pages;
  int copies;
  guint copy_no; /* as the first of them was drawn */
  gboolean both_sides;
  int fd;
  DeskPrintStage stage;
  char *words;
  GError *refused; /* by the register */
  gboolean ended;
};

G_DEFINE_FINAL_TYPE (DeskPrintRun, desk_print_run, G_TYPE_OBJECT)

static guint signal_stage, signal_ended;
static GPtrArray *open_runs; /* of DeskPrintRun, held until they ended */

static void
desk_print_run_finalize (GObject *object)
{
  DeskPrintRun *self = DESK_PRINT_RUN (object);

  g_clear_object (&self->session);
  g_clear_object (&self->printer);
  desk_print_paper_unref (self->paper);
  g_array_unref (self->tokens);
  g_free (self->pages);
  g_free (self->words);
  g_clear_error (&self->refused);
  if (self->fd >= 0)
    close (self->fd);
  G_OBJECT_CLASS (desk_print_run_parent_class)->finalize (object);
}

static void
desk_print_run_class_init (DeskPrintRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_print_run_finalize;
  signal_stage = g_signal_new ("stage", DESK_TYPE_PRINT_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signal_ended = g_signal_new ("ended", DESK_TYPE_PRINT_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_print_run_init (DeskPrintRun *self)
{
  self->fd = -1;
  self->tokens = g_array_new (FALSE, FALSE, sizeof (gint64));
}

DeskPrintStage
desk_print_run_get_stage (DeskPrintRun *self)
{
  return self->stage;
}

/* What the printer said last, or "". */
const char *
desk_print_run_get_words (DeskPrintRun *self)
{
  return self->words ? self->words : "";
}

/* Why the register did not let it go to the printer; NULL where it did. */
const GError *
desk_print_run_get_refused (DeskPrintRun *self)
{
  return self->refused;
}

guint
desk_print_run_get_copies (DeskPrintRun *self)
{
  return (guint) self->copies;
}

const char *
desk_print_run_get_printer (DeskPrintRun *self)
{
  return self->printer->name;
}

/* Whether the end is known and written. */
gboolean
desk_print_run_ended (DeskPrintRun *self)
{
  return self->ended;
}

/* ── the end ── */

/* As the register says it: issued_print.state and reason. */
static const char *
end_state (DeskPrintStage stage)
{
  return stage == DESK_PRINT_DONE ? "done" : stage == DESK_PRINT_LOST ? "unknown" : "failed";
}

static const char *
end_reason (DeskPrintRun *self)
{
  const char *words = desk_print_run_get_words (self);

  if (self->stage == DESK_PRINT_DONE)
    return "";
  if (self->stage == DESK_PRINT_NOT_GIVEN)
    return DESK_PRINT_NOT_SENT;
  /* Many printers stop without a word; that it failed stands in the register all the same. */
  if (self->stage == DESK_PRINT_FAILED && (!words || !*words))
    return _("The printer gave no reason.");
  return words ? words : "";
}

static void
finish (DeskPrintRun *self)
{
  if (self->ended)
    return;
  self->ended = TRUE;
  g_signal_emit (self, signal_ended, 0);
  g_ptr_array_remove (open_runs, self);
}

static gboolean
end_work (DeskDb *db, gpointer data, GError **error)
{
  DeskPrintRun *self = data;

  return self->tokens->len == 0 || self->paper->pages->end (db, self->tokens, end_state (self->stage), end_reason (self), error);
}

static void
on_end_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPrintRun) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What could not be written stays open in the register, and is "unknown" when the file is opened again. */
  if (!desk_session_run_finish (DESK_SESSION (source), result, &error))
    g_warning ("the end of a print is not in the register: %s", error->message);
  finish (self);
}

static void
set_stage (DeskPrintRun *self, DeskPrintStage stage, const char *words)
{
  g_autofree char *said = self->words;

  self->stage = stage;
  self->words = g_strdup (words);
  g_signal_emit (self, signal_stage, 0);
}

static void
go_on (DeskPrintRun *self, DeskPrintStage stage, const char *words)
{
  if (self->stage >= DESK_PRINT_DONE)
    return; /* given up meanwhile */
  set_stage (self, stage, words);
  if (stage < DESK_PRINT_DONE)
    return;
  if (self->tokens->len)
    desk_session_run_async (self->session, end_work, g_object_ref (self), g_object_unref, NULL, on_end_written, g_object_ref (self));
  else
    finish (self);
}

/* ── the way ── */

/* What the printer says; the run is held for it until the end. */
static void
on_followed (DeskPrintStage stage, const char *words, gpointer user_data)
{
  g_autoptr (DeskPrintRun) held = stage >= DESK_PRINT_DONE ? user_data : NULL;

  go_on (user_data, stage, words);
}

static void
send (DeskPrintRun *self)
{
  DeskPrintOrder order = { .title = self->paper->title, .fd = self->fd, .width = self->paper->width, .height = self->paper->height,
                           .both_sides = self->both_sides };

  if (self->stage < DESK_PRINT_DONE)
    desk_print_system ()->send (self->printer, &order, on_followed, g_object_ref (self));
}

static gboolean
begin_work (DeskDb *db, gpointer data, GError **error)
{
  DeskPrintRun *self = data;
  DeskPrintOut out = { .how = "printer", .target = self->printer->name, .pages = self->pages, .copies = self->copies,
                       .copy_no = self->copy_no };

  return self->paper->pages->begin (db, self->paper->data, &out, self->tokens, error);
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DeskPrintRun) self = user_data;
  g_autoptr (GError) error = NULL;

  if (desk_session_run_finish (DESK_SESSION (source), result, &error))
    {
      send (self);
      return;
    }
  /* Nothing goes out that is not in the register. */
  g_array_set_size (self->tokens, 0);
  self->refused = g_steal_pointer (&error);
  go_on (self, DESK_PRINT_NOT_GIVEN, self->refused->message);
}

static gboolean
keeps_register (DeskSession *session, DeskPrintPaper *paper)
{
  return paper->pages->begin && !desk_session_get_read_only (session);
}

static void
on_started (gpointer data)
{
  g_autoptr (DeskPrintRun) self = data;

  if (self->fd < 0)
    go_on (self, DESK_PRINT_NOT_GIVEN, self->words);
  else if (keeps_register (self->session, self->paper))
    desk_session_run_async (self->session, begin_work, g_object_ref (self), g_object_unref, NULL, on_begun, g_object_ref (self));
  else
    send (self);
}

/* Prints the pages (from 0) of the paper; the caller owns what it gets, and has time to listen to it. An error while it is
 * made is its end. */
DeskPrintRun *
desk_print_run_start (DeskSession *session, DeskPrintPaper *paper, DeskPrinter *printer, const GArray *pages, guint copies, gboolean both_sides)
{
  DeskPrintRun *self = g_object_new (DESK_TYPE_PRINT_RUN, NULL);
  g_autoptr (GArray) sides = desk_print_paper_sides (paper, pages, copies, both_sides);
  g_autoptr (GError) error = NULL;

  if (!open_runs)
    open_runs = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (open_runs, g_object_ref (self));
  self->session = g_object_ref (session);
  self->paper = desk_print_paper_ref (paper);
  self->printer = g_object_ref (printer);
  self->pages = desk_print_range_format (pages, desk_print_paper_n_pages (paper));
  self->copies = (int) copies;
  self->copy_no = paper->copy_no;
  self->both_sides = both_sides;
  self->fd = desk_print_paper_pdf (paper, sides, &error);
  if (error)
    self->words = g_strdup (error->message);
  g_idle_add_once (on_started, g_object_ref (self));
  return self;
}

/* How many are on their way that this file's register is to hear of. */
guint
desk_print_runs_open (DeskSession *session)
{
  guint n = 0;

  for (guint i = 0; open_runs && i < open_runs->len; i++)
    n += DESK_PRINT_RUN (open_runs->pdata[i])->session == session;
  return n;
}

/* The program is left before they ended: nobody will know how, and the register says so. */
void
desk_print_runs_give_up (DeskSession *session)
{
  for (guint i = open_runs ? open_runs->len : 0; i-- > 0;)
    {
      g_autoptr (DeskPrintRun) run = g_object_ref (open_runs->pdata[i]);
      g_autoptr (GError) error = NULL;

      if (run->session != session || run->stage >= DESK_PRINT_DONE)
        continue;
      set_stage (run, DESK_PRINT_LOST, NULL);
      /* Queued behind the row that says it goes out. */
      if (keeps_register (session, run->paper) && !desk_session_run (session, end_work, run, &error))
        g_warning ("the end of a print is not in the register: %s", error->message);
      finish (run);
    }
}

/* ── into a file ── */

typedef struct
{
  DeskPrintPaper *paper;
  GArray *tokens;
  char *pages, *path;
  int copies, fd;
  guint copy_no;
  gboolean keeps;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  desk_print_paper_unref (save->paper);
  g_array_unref (save->tokens);
  g_free (save->pages);
  g_free (save->path);
  if (save->fd >= 0)
    close (save->fd);
  g_free (save);
}

static gboolean
copy_bytes (int fd, gpointer data, GError **error)
{
  Save *save = data;
  guint8 bytes[65536];
  gssize got;

  while ((got = read (save->fd, bytes, sizeof bytes)) != 0)
    {
      if (got < 0 && errno != EINTR)
        return desk_publish_errno (error, save->path, errno);
      for (gssize done = 0; done < got;)
        {
          gssize put = write (fd, bytes + done, (gsize) (got - done));

          if (put < 0 && errno != EINTR)
            return desk_publish_errno (error, save->path, errno);
          done += MAX (put, 0);
        }
    }
  return TRUE;
}

static gboolean
save_work (DeskDb *db, gpointer data, GError **error)
{
  Save *save = data;
  DeskPrintOut out = { .how = "pdf", .target = "", .pages = save->pages, .copies = save->copies, .copy_no = save->copy_no };
  const DeskPrintPages *pages = save->paper->pages;
  g_autoptr (GError) inner = NULL, unwritten = NULL;

  if (save->keeps && !pages->begin (db, save->paper->data, &out, save->tokens, error))
    return FALSE;
  gboolean written = desk_publish (save->path, TRUE, copy_bytes, save, &inner);
  gboolean ended = !save->keeps || pages->end (db, save->tokens, written ? "done" : "failed", written ? "" : DESK_PRINT_NOT_SENT, &unwritten);
  /* Why there is no file matters more than that the register does not know: its row stays open and will be "unknown". */
  if (!written)
    g_propagate_error (error, g_steal_pointer (&inner));
  else if (!ended)
    g_propagate_error (error, g_steal_pointer (&unwritten));
  return written && ended;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (desk_session_run_finish (DESK_SESSION (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
desk_print_save (DeskSession *session, DeskPrintPaper *paper, const GArray *pages, guint copies, const char *path,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, NULL, callback, user_data);
  g_autoptr (GArray) sides = desk_print_paper_sides (paper, pages, copies, FALSE);
  g_autoptr (GError) error = NULL;
  int fd = desk_print_paper_pdf (paper, sides, &error);

  if (fd < 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  Save *save = g_new0 (Save, 1);
  save->paper = desk_print_paper_ref (paper);
  save->tokens = g_array_new (FALSE, FALSE, sizeof (gint64));
  save->pages = desk_print_range_format (pages, desk_print_paper_n_pages (paper));
  save->path = g_strdup (path);
  save->copies = (int) copies;
  save->copy_no = paper->copy_no;
  save->fd = fd;
  save->keeps = keeps_register (session, paper);
  desk_session_run_async (session, save_work, save, save_free, NULL, on_saved, g_steal_pointer (&task));
}

gboolean
desk_print_save_finish (GObject *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
