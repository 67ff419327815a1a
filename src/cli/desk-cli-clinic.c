/* Commands about the clinic file as a whole: sample, verify. */
#include "desk-cli.h"

#include <glib/gi18n.h>
#include <pthread.h>
#include <signal.h>

#include "desk-audit.h"
#include "desk-money-verify.h"
#include "desk-sample.h"
#include "desk-store.h"

/* Opens the clinic file for reading only. */
DeskDb *
desk_cli_open (const DeskCliArgs *args, GError **error)
{
  return desk_store_open (args->clinic, TRUE, error);
}

/* Opens the clinic file for commands that enter something in it: the register of letters. */
DeskDb *
desk_cli_open_register (const DeskCliArgs *args, GError **error)
{
  return desk_store_open (args->clinic, FALSE, error);
}

/* The day it is now at the clinic, whose zone is Japan's. */
DeskDay
desk_cli_today (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Tokyo");

  return desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, zone);
}

/* Waits for Ctrl+C in a thread of its own, because a signal handler may not call g_cancellable_cancel (). */
static gpointer
wait_for_signal (gpointer data)
{
  sigset_t signals;
  int number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  if (sigwait (&signals, &number) == 0)
    g_cancellable_cancel (data);
  return NULL;
}

/* What Ctrl+C cancels, so that no half-written file stays; lives as long as the program. */
GCancellable *
desk_cli_cancellable (void)
{
  static GCancellable *cancellable;
  sigset_t signals;

  cancellable = g_cancellable_new ();
  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  g_thread_unref (g_thread_new ("signals", wait_for_signal, cancellable));
  return cancellable;
}

/* sample FILE */
gboolean
desk_cli_sample (const DeskCliArgs *args, GError **error)
{
  guint patients = args->given & DESK_OPT_PATIENTS ? args->patients : DESK_SAMPLE_DEFAULT_PATIENTS;
  guint64 seed = args->given & DESK_OPT_SEED ? args->seed : 1;
  DeskDay today = args->given & DESK_OPT_DATE ? args->date : desk_cli_today ();

  return desk_sample_create (args->argument, patients, seed, today, NULL, NULL, desk_cli_cancellable (), error);
}

static void
print_money_fault (const char *code, const char *number, gpointer user_data)
{
  g_print ("%s\t%s\n", code, number);
}

static gboolean
verify_money (DeskDb *db, const DeskCliArgs *args, GError **error)
{
  gint64 faults;

  if (!desk_money_verify (db, print_money_fault, NULL, &faults, error))
    return FALSE;
  if (faults > 0)
    g_set_error (error, DESK_ERROR, DESK_ERROR_CORRUPT, _ ("%s: papers about money that are not what their parts come to"), args->clinic);
  return faults == 0;
}

/* --clinic FILE verify: every page of the file, the chain of the audit trail, then the sums of money. */
gboolean
desk_cli_verify (const DeskCliArgs *args, GError **error)
{
  g_autoptr (DeskDb) db = desk_cli_open (args, error);
  gint64 bad;

  if (!db || !desk_store_check (db, error) || !desk_audit_verify (db, &bad, error))
    return FALSE;
  if (bad)
    {
      g_autofree char *entry = g_strdup_printf ("%" G_GINT64_FORMAT, bad);

      g_set_error (error, DESK_ERROR, DESK_ERROR_CORRUPT, _ ("%s: the audit trail does not fit from entry %s on"),
                   args->clinic, entry);
      return FALSE;
    }
  if (!verify_money (db, args, error))
    return FALSE;
  g_print (_ ("%s: file and audit trail are sound\n"), args->clinic);
  return TRUE;
}
