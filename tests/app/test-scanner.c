/* The scanner: bursts told from fingers, codes taken out of entries again, given to whoever wants them, opened. */
#include "app-fixture.h"
#include "desk-cells-page.h"
#include "desk-cells.h"
#include "desk-palette.h"
#include "desk-scan-burst.h"
#include "desk-scan.h"

#include <string.h>

static char *
burst (const char *text, guint pause, guint last_pause)
{
  DeskScanBurst burst;
  guint32 time = 5000;

  desk_scan_burst_init (&burst);
  for (const char *at = text; *at; at++, time += pause)
    desk_scan_burst_add (&burst, (gunichar) *at, time);
  char *read = desk_scan_burst_end (&burst, time - pause + last_pause);
  desk_scan_burst_clear (&burst);
  return read;
}

static void
test_burst (void)
{
  static const struct
  {
    const char *text;
    guint pause, last;
    gboolean scanned;
  } rows[] = { { "L26-0042-01-A", 5, 5, TRUE },   { "L26-0042-01-A", 0, 0, TRUE },     { "L26-0042-01-A", 45, 45, TRUE },
               { "L26-0042-01-A", 80, 80, FALSE }, { "L26-0042-01-A", 130, 10, FALSE }, { "L26-0042-01-A", 10, 400, FALSE },
               { "abc", 5, 5, FALSE },             { "aaaaaaaaaaaaaaaa", 30, 30, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *read = burst (rows[i].text, rows[i].pause, rows[i].last);
      g_assert_cmpstr (read, ==, rows[i].scanned ? rows[i].text : NULL);
    }

  /* Typed by hand, then scanned: the code alone. */
  DeskScanBurst both;
  guint32 time = 0;
  desk_scan_burst_init (&both);
  for (const char *at = "name"; *at; at++, time += 200)
    desk_scan_burst_add (&both, (gunichar) *at, time);
  for (const char *at = "P-000001"; *at; at++, time += 8)
    g_assert_true (desk_scan_burst_add (&both, (gunichar) *at, time) == (at[0] == 'P'));
  g_autofree char *read = desk_scan_burst_end (&both, time);
  g_assert_cmpstr (read, ==, "P-000001");
  g_assert_null (desk_scan_burst_end (&both, time));
  desk_scan_burst_clear (&both);
}

static GtkEventController *
keys_of (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);
  GtkEventController *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (g_strcmp0 (gtk_event_controller_get_name (controller), "desk-scan") == 0)
        found = controller;
    }
  g_assert_nonnull (found);
  return found;
}

/* As the keys of a scanner arrive: each sign is seen by the window, then inserted where the focus is. TRUE when the Enter
 * at the end was taken. */
static gboolean
scan (GtkWidget *window, const char *text)
{
  GtkEventController *keys = keys_of (window);
  gboolean taken = FALSE;

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

      g_signal_emit_by_name (keys, "key-pressed", gdk_unicode_to_keyval (g_utf8_get_char (at)), 0, 0, &taken);
      g_assert_false (taken);
      if (GTK_IS_EDITABLE (focus))
        {
          int position = gtk_editable_get_position (GTK_EDITABLE (focus));
          gtk_editable_delete_selection (GTK_EDITABLE (focus));
          gtk_editable_insert_text (GTK_EDITABLE (focus), at, (int) (g_utf8_next_char (at) - at), &position);
          gtk_editable_set_position (GTK_EDITABLE (focus), position);
        }
    }
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Return, 0, 0, &taken);
  app_settle (50);
  return taken;
}

static DeskUnit *
some_unit (AppFixture *fixture)
{
  g_autoptr (GArray) ids = desk_unit_ids (desk_session_reader (fixture->session), "frozen", NULL);

  g_assert_cmpuint (ids->len, >, 0);
  return desk_unit_load (desk_session_reader (fixture->session), g_array_index (ids, gint64, 0), NULL);
}

static GtkWidget *
visible_page (AppFixture *fixture)
{
  static const char *const places[] = { "today", "book", "patients", "cells", "papers" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWidget *page = GTK_WIDGET (desk_window_get_page (fixture->window, places[i]));
      if (gtk_widget_get_mapped (page))
        return page;
    }
  g_assert_not_reached ();
}

static void
test_opens (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskUnit) unit = some_unit (fixture);
  DeskPage *cells = desk_window_get_page (fixture->window, "cells");

  g_assert_true (scan (GTK_WIDGET (fixture->window), unit->number));
  g_assert_true (visible_page (fixture) == GTK_WIDGET (cells));
  g_assert_true (scan (GTK_WIDGET (fixture->window), unit->patient_chart));
  g_assert_true (visible_page (fixture) == GTK_WIDGET (desk_window_get_page (fixture->window, "patients")));
  g_assert_true (scan (GTK_WIDGET (fixture->window), unit->lot_number));
  g_assert_true (visible_page (fixture) == GTK_WIDGET (cells));
}

static GtkEditable *
search_of (AppFixture *fixture)
{
  GtkWidget *entry;

  desk_window_go (fixture->window, "cells");
  app_settle (50);
  entry = app_find (GTK_WIDGET (desk_window_get_page (fixture->window, "cells")), GTK_TYPE_SEARCH_ENTRY, 0);
  gtk_widget_grab_focus (entry);
  return GTK_EDITABLE (entry);
}

/* What was typed stays, the code goes; a foreign number stays where the cursor was put. */
static void
test_entry (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskUnit) unit = some_unit (fixture);
  GtkEditable *entry = search_of (fixture);

  gtk_editable_set_text (entry, "Nguyen");
  gtk_editable_set_position (entry, -1);
  g_assert_true (scan (GTK_WIDGET (fixture->window), unit->number));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "Nguyen");

  entry = search_of (fixture);
  gtk_editable_set_text (entry, "");
  g_assert_false (scan (GTK_WIDGET (fixture->window), "4901234567894"));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "4901234567894");

  gtk_editable_set_text (entry, "");
  g_assert_false (scan (GTK_WIDGET (fixture->window), "PPVNMNGUYEN<<THI<HONG<<<<<<<<<<<<<<<<<<<<<<<"));
  g_assert_true (g_str_has_prefix (gtk_editable_get_text (entry), "PPVNM"));
}

static GtkWidget *
message (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

/* A keyboard that does not match is told as that, and the next scan takes the message away. */
static void
test_layout (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskUnit) unit = some_unit (fixture);

  desk_window_go (fixture->window, "today");
  g_assert_true (scan (GTK_WIDGET (fixture->window), "^A99991712345600"));
  GtkWidget *dialog = message ();
  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "US keyboard"));
  g_assert_true (scan (dialog, unit->number));
  g_assert_null (message ());
  g_assert_true (visible_page (fixture) == GTK_WIDGET (desk_window_get_page (fixture->window, "cells")));
}

typedef struct
{
  guint asked;
  DeskCodeKind kind;
  gint64 id;
  char problem[32];
  gboolean answer;
} Asked;

static gboolean
on_scan (GtkWidget *widget, const DeskScan *scan, gpointer user_data)
{
  Asked *asked = user_data;

  asked->asked++;
  asked->kind = scan->found.kind;
  asked->id = scan->found.id;
  g_strlcpy (asked->problem, scan->found.problem ? scan->found.problem : "", sizeof asked->problem);
  return asked->answer;
}

/* Who wants codes is asked first, while it is shown, and never with a damaged one. */
static void
test_wanted (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskUnit) unit = some_unit (fixture);
  GtkWidget *today = GTK_WIDGET (desk_window_get_page (fixture->window, "today"));
  Asked asked = { .answer = TRUE };

  desk_window_go (fixture->window, "today");
  app_settle (50);
  desk_scan_want (today, on_scan, &asked);
  g_assert_true (scan (GTK_WIDGET (fixture->window), unit->number));
  g_assert_cmpuint (asked.asked, ==, 1);
  g_assert_cmpint (asked.kind, ==, DESK_CODE_UNIT);
  g_assert_cmpint (asked.id, ==, unit->id);
  g_assert_true (visible_page (fixture) == today);
  g_assert_true (scan (GTK_WIDGET (fixture->window), "L26-9999-01"));
  g_assert_cmpstr (asked.problem, ==, "code-not-found");
  g_assert_true (scan (GTK_WIDGET (fixture->window), "L26-9999-01-A9"));
  g_assert_cmpuint (asked.asked, ==, 3);
  g_assert_true (scan (GTK_WIDGET (fixture->window), "L26-00\xc3\xa9\xe3\x81\x8b\xe3\x81\xaa"));
  g_assert_cmpuint (asked.asked, ==, 3);

  asked.answer = FALSE;
  g_assert_true (scan (GTK_WIDGET (fixture->window), unit->number));
  g_assert_cmpuint (asked.asked, ==, 4);
  g_assert_false (visible_page (fixture) == today);
  g_assert_true (scan (GTK_WIDGET (fixture->window), unit->number)); /* not shown: not asked */
  g_assert_cmpuint (asked.asked, ==, 4);
  desk_scan_unwant (today);
  desk_window_go (fixture->window, "today");
  g_assert_true (scan (GTK_WIDGET (fixture->window), unit->number));
  g_assert_cmpuint (asked.asked, ==, 4);
}

/* Typed by hand: the same way. */
static void
test_given (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (DeskUnit) unit = some_unit (fixture);

  desk_window_go (fixture->window, "today");
  g_assert_true (desk_scan_give (GTK_WIDGET (fixture->window), unit->number));
  g_assert_true (visible_page (fixture) == GTK_WIDGET (desk_window_get_page (fixture->window, "cells")));
  g_autofree char *find = desk_code_command_code (DESK_COMMAND_FIND);
  g_assert_true (desk_scan_give (GTK_WIDGET (fixture->window), find));
  app_settle (400);
  GListModel *windows = gtk_window_get_toplevels ();
  guint palettes = 0;
  for (guint i = g_list_model_get_n_items (windows); i-- > 0;)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      if (!DESK_IS_PALETTE (window))
        continue;
      palettes++;
      gtk_window_destroy (GTK_WINDOW (window));
    }
  g_assert_cmpuint (palettes, ==, 1);
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
  g_test_add_func ("/scanner/burst", test_burst);
#define ADD(path, func) g_test_add ("/scanner/" path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("opens", test_opens);
  ADD ("entry", test_entry);
  ADD ("layout", test_layout);
  ADD ("wanted", test_wanted);
  ADD ("given", test_given);
  return g_test_run ();
}
