/* What the window costs, each time beside the barest thing that does the same work, in turn on one machine.
 *
 *   bench-window EMPTY-PROGRAM UKETSUKECTL FOLDER      all of it; clinics are made in FOLDER once a day and kept
 *   bench-window start FILE | long FILE | list FILE    the parts, as processes of their own
 *
 * Needs a display; the environment is that of the tests without accessibility (meson.build). */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk-application.h"
#include "desk-one-stop.h"
#include "desk-patients.h"
#include "desk-window.h"
#include "window-frame.h"

#define STARTS 15
#define STEPS 200

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
quantile (GArray *values, double part)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, (guint) ((values->len - 1) * part));
}

/* ── start: a process of its own ─────────────────────────────────────────────────────────────── */

/* Opens the file just as the program does, up to the first frame. */
static int
run_start (const char *file)
{
  char *argv[] = { (char *) "uketsuke", (char *) file, NULL };

  desk_application_prepare ();
  g_autoptr (DeskApplication) application = desk_application_new ();
  window_frame_report (GTK_APPLICATION (application));
  return g_application_run (G_APPLICATION (application), 2, argv);
}

/* Milliseconds from before the exec to the end of the first frame. */
static double
time_start (const char *const *argv, double *peak_mib)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  gint64 begin = g_get_monotonic_time ();
  gint64 end, kib;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error)
      || !g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", argv[0], error->message);
  if (sscanf (out, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &end, &kib) != 2)
    g_error ("%s drew nothing", argv[0]);
  *peak_mib = kib / 1024.0;
  return (end - begin) / 1000.0;
}

static void
bench_start (const char *self, const char *empty, const char *small, const char *large)
{
  const char *const programs[][4] = { { empty, NULL }, { self, "start", small, NULL }, { self, "start", large, NULL } };
  static const char *const labels[] = { "emptiest libadwaita window", "Today, 100 patients", "Today, 100,000 patients" };
  GArray *times[G_N_ELEMENTS (programs)], *peaks[G_N_ELEMENTS (programs)];

  for (guint p = 0; p < G_N_ELEMENTS (programs); p++)
    {
      times[p] = g_array_new (FALSE, FALSE, sizeof (double));
      peaks[p] = g_array_new (FALSE, FALSE, sizeof (double));
    }
  /* One round to warm the caches, then in turn. */
  for (guint i = 0; i <= STARTS; i++)
    for (guint p = 0; p < G_N_ELEMENTS (programs); p++)
      {
        double peak, ms = time_start (programs[p], &peak);

        if (i == 0)
          continue;
        g_array_append_val (times[p], ms);
        g_array_append_val (peaks[p], peak);
      }

  double limit = quantile (times[0], 0.5), memory = quantile (peaks[0], 0.5);
  for (guint p = 0; p < G_N_ELEMENTS (programs); p++)
    {
      double ms = quantile (times[p], 0.5), peak = quantile (peaks[p], 0.5);

      printf ("first frame, %-28s %6.0f ms (%.0f-%.0f), ratio %.2f%s; peak %.0f MiB, ratio %.2f\n", labels[p], ms,
              quantile (times[p], 0), quantile (times[p], 1), ms / limit, p == 2 ? " (goal 1.5)" : "", peak, peak / memory);
      g_array_unref (times[p]);
      g_array_unref (peaks[p]);
    }
}

/* ── in one process: a window to be looked into ──────────────────────────────────────────────── */

typedef struct
{
  DeskSession *session;
  DeskWindow *window;
  GdkFrameClock *clock;
  guint frames;
  double began;
  double cost; /* CPU milliseconds of the last frame */
} View;

/* Milliseconds of CPU of this thread. */
static double
cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void
on_before (GdkFrameClock *clock, View *view)
{
  view->began = cpu ();
}

static void
on_after (GdkFrameClock *clock, View *view)
{
  view->cost = cpu () - view->began;
  view->frames++;
}

static void
wait_frame (View *view)
{
  guint before = view->frames;

  gtk_widget_queue_draw (GTK_WIDGET (view->window));
  while (view->frames == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
view_open (View *view, const char *file)
{
  g_autoptr (GError) error = NULL;

  desk_application_prepare ();
  gtk_init ();
  adw_init ();
  view->session = desk_session_new (file, &error);
  if (!view->session)
    g_error ("%s", error->message);
  view->window = desk_window_new (NULL, view->session);
  gtk_window_set_default_size (GTK_WINDOW (view->window), 1320, 740);
  gtk_window_present (GTK_WINDOW (view->window));
  view->clock = gtk_widget_get_frame_clock (GTK_WIDGET (view->window));
  g_signal_connect (view->clock, "before-paint", G_CALLBACK (on_before), view);
  g_signal_connect (view->clock, "after-paint", G_CALLBACK (on_after), view);
  wait_frame (view);
  wait_frame (view);
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found)
        return found;
    }
  return NULL;
}

/* Shows the list of all patients, beside the bare read of its ordered ids. */
static int
run_long (const char *file)
{
  View view = { 0 };
  g_autoptr (GError) error = NULL;

  view_open (&view, file);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GArray) ids = desk_patient_ids (desk_session_reader (view.session), DESK_PATIENT_SORT_NAME, &error);
  double bare = (g_get_monotonic_time () - begin) / 1000.0;
  guint n = ids->len;
  g_clear_pointer (&ids, g_array_unref);
  gint64 before = window_frame_peak_kib ();

  begin = g_get_monotonic_time ();
  desk_window_go (view.window, "patients");
  wait_frame (&view);
  double shown = (g_get_monotonic_time () - begin) / 1000.0;
  printf ("list of %u patients shown in %.0f ms, bare read of its ordered ids %.0f ms, ratio %.2f; memory + %.0f MiB (ids %.0f)\n", n,
          shown, bare, shown / bare, (window_frame_peak_kib () - before) / 1024.0, n * 8.0 / 1048576);
  return 0;
}

/* CPU of the frames when the list moves on by a page each frame, to and fro. */
static double
scroll_cost (View *view, double *worst)
{
  /* Not the list inside the drop-down that stands above it. */
  GtkWidget *around = find (GTK_WIDGET (desk_window_get_page (view->window, "patients")), DESK_TYPE_ONE_STOP);
  GtkWidget *list = find (around, GTK_TYPE_LIST_VIEW);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  g_autoptr (GArray) costs = g_array_new (FALSE, FALSE, sizeof (double));
  double page = gtk_adjustment_get_page_size (adjustment), at = 0, way = page;

  for (guint i = 0; i < STEPS; i++)
    {
      if (at + way < 0 || at + way > gtk_adjustment_get_upper (adjustment) - page)
        way = -way;
      at += way;
      gtk_adjustment_set_value (adjustment, at);
      wait_frame (view);
      g_array_append_val (costs, view->cost);
    }
  *worst = quantile (costs, 0.95);
  return quantile (costs, 0.5);
}

/* Frames until the list shows so many patients. */
static void
wait_found (View *view, GtkWidget *list, guint n)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));

  do
    wait_frame (view);
  while (g_list_model_get_n_items (model) != n);
}

/* What each letter of a name costs: our handler and the frame after it, beside the search itself. */
static void
search_cost (View *view)
{
  static const char *const names[] = { "nguyen", "müller", "山田", "sato taro", "195606", "kim" };
  GtkWidget *page = GTK_WIDGET (desk_window_get_page (view->window, "patients"));
  GtkWidget *entry = find (page, GTK_TYPE_SEARCH_ENTRY);
  GtkWidget *list = find (find (page, DESK_TYPE_ONE_STOP), GTK_TYPE_LIST_VIEW);
  DeskDb *db = desk_session_reader (view->session);
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) costs = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (const char *end = g_utf8_next_char (names[i]);; end = g_utf8_next_char (end))
      {
        g_autofree char *text = g_strndup (names[i], end - names[i]);
        double begin = cpu ();
        g_autoptr (GArray) ids = desk_patient_search (db, text, 100, NULL);
        double alone = cpu () - begin;

        begin = cpu ();
        gtk_editable_set_text (GTK_EDITABLE (entry), text);
        wait_found (view, list, ids->len);
        double whole = cpu () - begin;
        g_array_append_val (bare, alone);
        g_array_append_val (costs, whole);
        if (!*end)
          break;
      }
  printf ("search, one letter typed: %.1f ms of CPU to the end of the frame (p95 %.1f), the search alone %.1f ms (p95 %.1f)\n",
          quantile (costs, 0.5), quantile (costs, 0.95), quantile (bare, 0.5), quantile (bare, 0.95));
}

static int
run_list (const char *file)
{
  View view = { 0 };
  double worst;

  view_open (&view, file);
  desk_window_go (view.window, "patients");
  wait_frame (&view);
  double cost = scroll_cost (&view, &worst);
  printf ("scroll %.3f %.3f\n", cost, worst);
  search_cost (&view);
  return 0;
}

static char *
part (const char *self, const char *mode, const char *file)
{
  const char *argv[] = { self, mode, file, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error)
      || !g_spawn_check_wait_status (status, &error))
    g_error ("%s %s: %s", mode, file, error->message);
  return g_steal_pointer (&out);
}

static void
bench_list (const char *self, const char *small, const char *large)
{
  g_autofree char *few = part (self, "list", small), *many = part (self, "list", large);
  double few_cost, few_worst, many_cost, many_worst;

  if (sscanf (few, "scroll %lf %lf", &few_cost, &few_worst) != 2 || sscanf (many, "scroll %lf %lf", &many_cost, &many_worst) != 2)
    g_error ("no figures");
  printf ("scroll by a page: %.1f ms of CPU a frame at 100,000 rows (p95 %.1f), %.1f ms at 100 rows (p95 %.1f), ratio %.2f\n",
          many_cost, many_worst, few_cost, few_worst, many_cost / few_cost);
  fputs (strchr (many, '\n') + 1, stdout);
}

/* ── clinics ─────────────────────────────────────────────────────────────────────────────────── */

static gboolean
made_today (const char *file)
{
  GStatBuf info;

  return g_stat (file, &info) == 0 && info.st_mtime / 86400 == g_get_real_time () / G_USEC_PER_SEC / 86400;
}

static char *
clinic (const char *ctl, const char *folder, const char *patients)
{
  g_autofree char *name = g_strdup_printf ("clinic-%s.uketsuke", patients);
  char *file = g_build_filename (folder, name, NULL);
  const char *argv[] = { ctl, "sample", file, "--patients", patients, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  if (made_today (file))
    return file;
  g_autofree char *remove = g_strdup_printf ("rm -rf '%s' '%s-wal' '%s-shm' '%s.files'", file, file, file, file);
  if (!g_spawn_command_line_sync (remove, NULL, NULL, NULL, &error)
      || !g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error)
      || !g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", file, error->message);
  return file;
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "start"))
    return run_start (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "long"))
    return run_long (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "list"))
    return run_list (argv[2]);
  if (argc != 4)
    g_error ("usage: bench-window EMPTY-PROGRAM UKETSUKECTL FOLDER");

  /* The settings of whoever runs this stay as they are, and do not count. */
  g_autofree char *config = g_build_filename (argv[3], "config", NULL);
  g_mkdir_with_parents (config, 0700);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_autofree char *small = clinic (argv[2], argv[3], "100");
  g_autofree char *large = clinic (argv[2], argv[3], "100000");
  g_autofree char *huge = clinic (argv[2], argv[3], "1000000");

  bench_start (argv[0], argv[1], small, large);
  g_autofree char *shown = part (argv[0], "long", huge);
  fputs (shown, stdout);
  bench_list (argv[0], small, large);
  return 0;
}
