/* The case of 2024 through the window: from the positive result to the closed look-back, by what people press. */
#include "app-fixture.h"
#include "desk-cells-dialog.h"
#include "desk-cells-lookback-forms.h"
#include "desk-holds.h"
#include "desk-lookbacks.h"
#include "desk-lots.h"

#include <string.h>

#define BY_HAND 3

static DeskDb *
reader (AppFixture *fixture)
{
  return desk_session_reader (fixture->session);
}

static GtkWidget *
cells (AppFixture *fixture)
{
  return GTK_WIDGET (desk_window_get_page (fixture->window, "cells"));
}

static DeskCellsDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (DESK_IS_CELLS_DIALOG (window))
        return DESK_CELLS_DIALOG (window);
    }
  return NULL;
}

static gboolean
nothing (DeskDb *db, gpointer data, GError **error)
{
  return TRUE;
}

static void
wait_for_store (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_session_run (fixture->session, nothing, NULL, &error));
  g_assert_no_error (error);
  app_settle (150);
}

/* A lot of the sample of which doses were given. */
static gint64
given_lot (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 lot = 0;

  g_assert_true (desk_db_value (reader (fixture), &lot, &error,
                                "SELECT min (lot_id) FROM unit WHERE life = 'infused' AND quality = 'released'", ""));
  g_assert_no_error (error);
  return lot;
}

static gboolean
enter_positive (DeskDb *db, gpointer data, GError **error)
{
  gint64 lot = *(gint64 *) data, old = 0, by = 0;
  DeskResult result = { .lot_id = lot, .test = (char *) "sterility", .value = (char *) "positive", .stage = (char *) "final",
                        .why = (char *) "day 14" };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%F");

  result.reported_on = today;
  if (!desk_db_value (db, &by, error, "SELECT min (id) FROM staff WHERE role = 'quality' AND active = 1", "")
      || !desk_db_value (db, &old, error, "SELECT max (id) FROM result WHERE lot_id = $1 AND test = 'sterility'", "i", lot))
    return FALSE;
  result.entered_by = by;
  result.supersedes = old;
  return desk_result_add (db, &result, error);
}

/* The open look-back, read again. */
static DeskLookback *
load_open (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = desk_lookback_list (reader (fixture), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2); /* the sample has one that is closed */
  DeskLookback *lookback = desk_lookback_load (reader (fixture), ((const DeskLookback *) list->pdata[0])->id, &error);
  g_assert_no_error (error);
  return lookback;
}

/* The button of the dialog, as Ctrl+Return presses it. */
static void
submit (AppFixture *fixture, DeskCellsDialog *dialog)
{
  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.submit", NULL);
  wait_for_store (fixture);
}

static DeskCellsDialog *
press (AppFixture *fixture, const char *action)
{
  GtkWidget *part = desk_page_part (DESK_PAGE (cells (fixture)), action);

  app_settle (50);
  g_assert_true (gtk_widget_activate_action (part, action, NULL));
  app_settle (50);
  return find_dialog ();
}

static const DeskLookbackItem *
item_of (const DeskLookback *lookback, DeskItemKind kind)
{
  for (guint i = 0; i < lookback->items->len; i++)
    if (((const DeskLookbackItem *) lookback->items->pdata[i])->kind == kind)
      return lookback->items->pdata[i];
  g_assert_not_reached ();
}

/* What is left, past the window. */
static gboolean
decide_rest (DeskDb *db, gpointer data, GError **error)
{
  const DeskLookback *lookback = data;

  for (guint i = 0; i < lookback->items->len; i++)
    {
      const DeskLookbackItem *item = lookback->items->pdata[i];
      gboolean patient = item->kind == DESK_ITEM_PATIENT;
      DeskLookbackReview review = { .item_id = item->id, .decision = patient ? "not-needed" : desk_item_decisions (item->kind)[0],
                                    .note = "as agreed", .by = 1 };

      if (!item->reviewed_at && !desk_lookback_review (db, &review, error))
        return FALSE;
    }
  return TRUE;
}

/* By its own dialog, as Return on its row opens it. */
static void
stop_clock (AppFixture *fixture, const DeskLegalClock *clock)
{
  desk_lookback_ask_clock (DESK_PAGE (cells (fixture)), clock);
  app_settle (50);
  DeskCellsDialog *dialog = find_dialog ();
  g_assert_nonnull (dialog);
  desk_cells_dialog_set_text (dialog, "note", "by fax");
  submit (fixture, dialog);
  g_assert_null (find_dialog ());
}

static void
test_case (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 lot = given_lot (fixture);

  desk_window_show (fixture->window, DESK_KIND_LOT, lot);
  app_settle (100);
  if (!desk_session_run (fixture->session, enter_positive, &lot, &error))
    g_error ("%s", error->message);
  app_settle (150);
  g_autoptr (DeskLookback) open = load_open (fixture);
  g_assert_cmpint (open->closed_at, ==, 0);
  g_assert_cmpuint (open->n_unreviewed, >, 3);

  /* Every item by one key after the other: what Return takes is the usual decision. */
  desk_window_show (fixture->window, DESK_KIND_LOOKBACK, open->id);
  app_settle (100);
  for (guint i = 0; i < BY_HAND; i++)
    {
      DeskCellsDialog *dialog = press (fixture, "lookbacks.next");

      g_assert_nonnull (dialog);
      desk_cells_dialog_set_text (dialog, "note", "spoken with");
      submit (fixture, dialog);
      g_assert_null (find_dialog ());
    }
  g_autoptr (DeskLookback) some = load_open (fixture);
  g_assert_cmpuint (some->n_unreviewed, ==, open->n_unreviewed - BY_HAND);
  g_assert_cmpstr (item_of (some, DESK_ITEM_PATIENT)->decision, ==, "told");
  if (!desk_session_run (fixture->session, decide_rest, some, &error))
    g_error ("%s", error->message);
  g_autoptr (DeskLookback) decided = load_open (fixture);
  g_assert_cmpuint (decided->n_unreviewed, ==, 0);

  /* The reports still run: it is not closed, and the dialog stays with what was typed. */
  DeskCellsDialog *early = press (fixture, "lookbacks.close");
  desk_cells_dialog_set_text (early, "note", "one strain, from the bath");
  submit (fixture, early);
  g_assert_true (find_dialog () == early);
  gtk_window_destroy (GTK_WINDOW (early));
  for (guint i = 0; i < decided->clocks->len; i++)
    stop_clock (fixture, decided->clocks->pdata[i]);
  DeskCellsDialog *close = press (fixture, "lookbacks.close");
  desk_cells_dialog_set_text (close, "note", "one strain, from the bath");
  submit (fixture, close);
  g_assert_null (find_dialog ());
  g_autoptr (DeskLookback) closed = load_open (fixture);
  g_assert_cmpint (closed->closed_at, >, 0);
  g_assert_cmpstr (closed->conclusion, ==, "one strain, from the bath");
}

int
main (int argc, char **argv)
{
  app_init (&argc, &argv);
  g_test_add ("/lookback/case", AppFixture, NULL, app_fixture_set_up, test_case, app_fixture_tear_down);
  return g_test_run ();
}
