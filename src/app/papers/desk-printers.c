#include "desk-printers.h"

#include <gtk/gtkunixprint.h>

#define FIND_SECONDS 10 /* a print service that does not answer is none */

G_DEFINE_FINAL_TYPE (DeskPrinter, desk_printer, G_TYPE_OBJECT)

static guint signal_changed;

static void
desk_printer_dispose (GObject *object)
{
  DeskPrinter *self = DESK_PRINTER (object);

  if (self->handle)
    g_signal_handlers_disconnect_by_data (self->handle, self);
  g_clear_object (&self->handle);
  G_OBJECT_CLASS (desk_printer_parent_class)->dispose (object);
}

static void
desk_printer_finalize (GObject *object)
{
  DeskPrinter *self = DESK_PRINTER (object);

  g_free (self->name);
  g_free (self->where);
  g_free (self->message);
  G_OBJECT_CLASS (desk_printer_parent_class)->finalize (object);
}

static void
desk_printer_class_init (DeskPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = desk_printer_dispose;
  G_OBJECT_CLASS (klass)->finalize = desk_printer_finalize;
  signal_changed = g_signal_new ("changed", DESK_TYPE_PRINTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_printer_init (DeskPrinter *self)
{
  self->state = "ready";
}

DeskPrinter *
desk_printer_new (const char *name, const char *where)
{
  DeskPrinter *self = g_object_new (DESK_TYPE_PRINTER, NULL);

  self->name = g_strdup (name);
  self->where = g_strdup (where);
  self->message = g_strdup ("");
  return self;
}

/* Whether a paper may be sent there now; one that is paused keeps it. */
gboolean
desk_printer_usable (const DeskPrinter *self)
{
  return g_str_equal (self->state, "ready") || g_str_equal (self->state, "paused");
}

/* Says that something about it is different. */
void
desk_printer_changed (DeskPrinter *self)
{
  g_signal_emit (self, signal_changed, 0);
}

/* ── GTK ── */

static void
read_printer (DeskPrinter *self)
{
  GtkPrinter *printer = GTK_PRINTER (self->handle);
  const char *message = gtk_printer_get_state_message (printer);
  int jobs = gtk_printer_get_job_count (printer);

  g_free (self->message);
  self->message = g_strdup (message ? message : "");
  self->waiting = jobs > 0 ? (guint) jobs : 0;
  self->usual = gtk_printer_is_default (printer);
  self->state = !gtk_printer_accepts_pdf (printer)         ? "no-pdf"
                : !gtk_printer_is_accepting_jobs (printer) ? "refuses"
                : gtk_printer_is_paused (printer)          ? "paused"
                                                           : "ready";
}

static void
on_printer_notify (GtkPrinter *printer, GParamSpec *pspec, DeskPrinter *self)
{
  read_printer (self);
  desk_printer_changed (self);
}

static DeskPrinter *
printer_of (GtkPrinter *printer)
{
  const char *location = gtk_printer_get_location (printer), *description = gtk_printer_get_description (printer);
  const char *where = location && *location ? location : description ? description : "";
  DeskPrinter *self = desk_printer_new (gtk_printer_get_name (printer), where);

  self->handle = g_object_ref (G_OBJECT (printer));
  g_signal_connect (printer, "notify", G_CALLBACK (on_printer_notify), self);
  read_printer (self);
  return self;
}

typedef struct
{
  GListStore *found;
  DeskPrintersComplete complete;
  gpointer user_data;
  guint timer;
} Search;

static void
say_complete (Search *search)
{
  if (search->complete)
    search->complete (search->found, search->user_data);
  search->complete = NULL;
}

static gboolean
on_search_late (gpointer data)
{
  Search *search = data;

  search->timer = 0;
  say_complete (search);
  return G_SOURCE_REMOVE;
}

/* Files are written by the program itself: a printer that is none is left out. */
static gboolean
on_found (GtkPrinter *printer, gpointer data)
{
  Search *search = data;

  if (!gtk_printer_is_virtual (printer))
    {
      g_autoptr (DeskPrinter) found = printer_of (printer);

      g_list_store_append (search->found, found);
    }
  return FALSE;
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_handle_id (&search->timer, g_source_remove);
  say_complete (search);
  g_object_unref (search->found);
  g_free (search);
}

static void
gtk_find (GListStore *found, DeskPrintersComplete complete, gpointer user_data)
{
  Search *search = g_new (Search, 1);

  *search = (Search){ .found = g_object_ref (found), .complete = complete, .user_data = user_data };
  search->timer = g_timeout_add_seconds (FIND_SECONDS, on_search_late, search);
  gtk_enumerate_printers (on_found, search, search_free, FALSE);
}

typedef struct
{
  GtkPrintJob *job;       /* held until its end: who lets go of it hears no more of it */
  DeskPrintFollow follow; /* NULL once the end was told */
  gpointer user_data;
  gboolean given;         /* the whole file is with the print service */
} Sending;

static void
tell (Sending *sending, DeskPrintStage stage, const char *words)
{
  DeskPrintFollow follow = sending->follow;

  if (!follow)
    return;
  if (stage >= DESK_PRINT_DONE)
    {
      sending->follow = NULL;
      g_idle_add_once (g_object_unref, sending->job);
    }
  follow (stage, words, sending->user_data);
}

static void
on_status (GtkPrintJob *job, Sending *sending)
{
  const char *words = gtk_printer_get_state_message (gtk_print_job_get_printer (job));

  switch (gtk_print_job_get_status (job))
    {
    case GTK_PRINT_STATUS_PENDING:
      tell (sending, DESK_PRINT_WAITING, words);
      break;
    case GTK_PRINT_STATUS_PENDING_ISSUE:
      tell (sending, DESK_PRINT_HELD, words);
      break;
    case GTK_PRINT_STATUS_PRINTING:
      tell (sending, DESK_PRINT_PRINTING, words);
      break;
    case GTK_PRINT_STATUS_FINISHED:
      tell (sending, DESK_PRINT_DONE, NULL);
      break;
    case GTK_PRINT_STATUS_FINISHED_ABORTED:
      /* Before it was given whole, on_given () tells why. */
      if (sending->given)
        tell (sending, DESK_PRINT_FAILED, words);
      break;
    default:
      break;
    }
}

/* A service that cannot say how it ends leaves the job where it is for ever: whoever follows it gives up by the clock. */
static void
on_given (GtkPrintJob *job, gpointer data, const GError *error)
{
  Sending *sending = data;

  if (error)
    {
      tell (sending, DESK_PRINT_NOT_GIVEN, error->message);
      return;
    }
  sending->given = TRUE;
  on_status (job, sending);
}

static void
sending_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static GtkPaperSize *
paper_size (double width, double height)
{
  double narrow = MIN (width, height), wide = MAX (width, height);

  if (ABS (narrow - 595.276) < 1 && ABS (wide - 841.89) < 1)
    return gtk_paper_size_new (GTK_PAPER_NAME_A4);
  return gtk_paper_size_new_custom ("label", "label", width, height, GTK_UNIT_POINTS);
}

static void
set_margins (GtkPageSetup *setup)
{
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, 0, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, 0, GTK_UNIT_MM);
}

static void
gtk_send (DeskPrinter *printer, const DeskPrintOrder *order, DeskPrintFollow follow, gpointer user_data)
{
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) paper = paper_size (order->width, order->height);
  g_autoptr (GError) error = NULL;
  Sending *sending = g_new (Sending, 1);

  gtk_page_setup_set_paper_size (setup, paper);
  set_margins (setup);
  gtk_print_settings_set_duplex (settings, order->both_sides ? GTK_PRINT_DUPLEX_HORIZONTAL : GTK_PRINT_DUPLEX_SIMPLEX);
  GtkPrintJob *job = gtk_print_job_new (order->title, GTK_PRINTER (printer->handle), settings, setup);
  *sending = (Sending){ .job = job, .follow = follow, .user_data = user_data };
  gtk_print_job_set_track_print_status (job, TRUE);
  g_signal_connect_data (job, "status-changed", G_CALLBACK (on_status), sending, sending_free, 0);
  if (!gtk_print_job_set_source_fd (job, order->fd, &error))
    tell (sending, DESK_PRINT_NOT_GIVEN, error->message);
  else
    gtk_print_job_send (job, on_given, sending, NULL);
}

static const DeskPrintSystem gtk_system = { gtk_find, gtk_send };
static const DeskPrintSystem *current = &gtk_system;

/* The printers of this computer, or those of a test. */
const DeskPrintSystem *
desk_print_system (void)
{
  return current;
}

/* Puts others in their place; NULL: those of the computer again. */
void
desk_print_system_set (const DeskPrintSystem *system)
{
  current = system ? system : &gtk_system;
}
