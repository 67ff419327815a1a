/* Pictures of every page in both languages, light and dark: pictures FOLDER [CLINIC-FILE]. Made by the test run
 * and by src/run without a display, to be looked at by people. */
#include "app-fixture.h"
#include "desk-application.h"
#include "desk-patients.h"
#include "desk-sample.h"
#include "desk-cells.h"

static const char *const places[] = { "today", "book", "patients", "cells", "papers" };

static gint64
somebody (DeskSession *session)
{
  g_autoptr (GArray) ids = desk_patient_ids (desk_session_reader (session), DESK_PATIENT_SORT_SEEN, NULL);

  return ids && ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
}

static gint64
some_dose (DeskSession *session)
{
  g_autoptr (GArray) ids = desk_unit_ids (desk_session_reader (session), "frozen", NULL);

  return ids && ids->len > 0 ? g_array_index (ids, gint64, 0) : 0;
}

static void
snap (DeskWindow *window, const char *folder, const char *language, const char *style, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s-%s-%s.png", name, language, style);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  app_settle (400);
  app_picture (GTK_WIDGET (window), path);
}

static void
take_all (DeskSession *session, const char *folder, const char *language, const char *style)
{
  DeskWindow *window = desk_window_new (NULL, session);
  g_autofree char *patient = g_strdup_printf ("%" G_GINT64_FORMAT, somebody (session));

  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      desk_window_go (window, places[i]);
      if (g_str_equal (places[i], "patients"))
        desk_window_show (window, DESK_KIND_PATIENT, somebody (session));
      if (g_str_equal (places[i], "cells"))
        desk_window_show (window, DESK_KIND_UNIT, some_dose (session));
      snap (window, folder, language, style, places[i]);
    }
  desk_window_run (window, "book", "book.mode", "week");
  snap (window, folder, language, style, "book-week");
  desk_window_show (window, DESK_KIND_PATIENT, somebody (session));
  desk_window_run (window, "patients", "patients.edit", NULL);
  snap (window, folder, language, style, "patient-form");
  desk_window_run (window, "papers", "papers.letters-for", patient);
  snap (window, folder, language, style, "letters");
  gtk_window_destroy (GTK_WINDOW (window));
  app_settle (50);
}

int
main (int argc, char *argv[])
{
  static const char *const languages[] = { "en", "ja" };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL, *clinic = NULL;

  app_init (&argc, &argv);
  folder = g_strdup (argc > 1 ? argv[1] : "pictures");
  g_mkdir_with_parents (folder, 0755);
  /* Its own each time: one of an earlier build may not be as this one's. */
  g_autofree char *fresh = g_dir_make_tmp ("uketsuke-pictures-XXXXXX", NULL);
  clinic = argc > 2 ? g_strdup (argv[2]) : g_build_filename (fresh, "pictures.uketsuke", NULL);
  if (argc <= 2
      && !desk_sample_create (clinic, 200, 1, (DeskDay) (g_get_real_time () / G_USEC_PER_SEC / 86400), NULL, NULL, NULL, &error))
    g_error ("%s", error->message);

  g_autoptr (DeskSession) session = desk_session_new (clinic, &error);
  if (!session)
    g_error ("%s", error->message);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      desk_application_set_language (languages[i]);
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
      take_all (session, folder, languages[i], "light");
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
      take_all (session, folder, languages[i], "dark");
    }
  return 0;
}
