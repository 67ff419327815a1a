#include "desk-cells-scanned.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-cell-settings.h"
#include "desk-cells-words.h"
#include "desk-codes.h"
#include "desk-scan.h"
#include "desk-words.h"

#define MAX_SECONDS (7 * 24 * 60 * 60)

/* What a dialog knows of its unit; lives as long as the dialog. */
typedef struct
{
  gint64 unit_id;
  char *number, *code;    /* code: what its label carries */
  gboolean always_two;    /* the step wants a second person wherever it is put */
  gboolean frozen_kind;   /* what is out of the cold counts */
  int seconds_before;     /* in all its life until now */
  gint64 budget;          /* seconds; see DESK_CELL_OUT_OF_COLD */
  gint64 picked_at;
  guint clock;            /* runs until somebody writes the seconds */
  gboolean ticking;
  gint64 place_container; /* read at the place; 0 for nothing */
  char *place;            /* its code or name, as the store compares it */
  gboolean place_wrong;   /* what was read there is another thing */
} Scanned;

static Scanned *
scanned_of (DeskCellsDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "scanned");
}

static void
scanned_free (gpointer data)
{
  Scanned *scanned = data;

  if (scanned->clock)
    g_source_remove (scanned->clock);
  g_free (scanned->number);
  g_free (scanned->code);
  g_free (scanned->place);
  g_free (scanned);
}

static DeskDb *
reader_of (DeskCellsDialog *dialog)
{
  return desk_page_get_reader (desk_cells_dialog_get_page (dialog));
}

/* ── the dose ────────────────────────────────────────────────────────────────────────────────── */

/* Half-typed is not wrong yet. */
static gboolean
is_beginning (const char *code, const char *typed)
{
  g_autofree char *half = g_utf8_normalize (typed, -1, G_NORMALIZE_NFKC);
  g_autofree char *upper = half ? g_utf8_strup (half, -1) : g_strdup ("");
  g_autofree char *whole = g_utf8_strup (code, -1);

  return g_str_has_prefix (whole, g_strstrip (upper));
}

/* Whose dose was read instead, in hard words. The caller frees it. */
static char *
wrong_words (DeskCellsDialog *dialog, const char *typed)
{
  const Scanned *scanned = scanned_of (dialog);
  g_autoptr (DeskCode) code = desk_code_read (typed);
  g_autoptr (DeskUnit) other = NULL;
  DeskFound found;

  if (desk_code_find (reader_of (dialog), code, &found, NULL) && found.kind == DESK_CODE_UNIT)
    other = desk_unit_load (reader_of (dialog), found.id, NULL);
  if (!other)
    return g_strdup_printf (_("STOP. “%s” is not this dose: this step is for %s."), typed, scanned->number);
  g_autofree char *line = desk_cells_unit_line (other);
  return g_strdup_printf (_("STOP. WRONG DOSE: this is %s. This step is for %s. Put the other one back where it was."), line, scanned->number);
}

/* The button is off until the right dose was read, and while what was read at the place is none. */
static void
check (DeskCellsDialog *dialog)
{
  const Scanned *scanned = scanned_of (dialog);
  g_autofree char *typed = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "scanned")));
  gboolean right = *typed && desk_code_same (scanned->code, typed);

  desk_cells_dialog_forget (dialog);
  desk_cells_dialog_set_ready (dialog, right && (scanned->place || *desk_cells_dialog_get_text (dialog, "scanned-place") == '\0'));
  if (!right && *typed && !is_beginning (scanned->code, typed))
    {
      g_autofree char *words = wrong_words (dialog, typed);
      desk_cells_dialog_mark (dialog, "scanned", words);
    }
  else if (scanned->place_wrong)
    desk_cells_dialog_mark (dialog, "scanned-place", _("STOP. This is not a box in which there is room for it."));
}

/* ── the place ───────────────────────────────────────────────────────────────────────────────── */

/* Chooses the box and the place that were read. FALSE when it is neither. */
static gboolean
take_place (DeskCellsDialog *dialog, const DeskFound *found)
{
  Scanned *scanned = scanned_of (dialog);
  g_autoptr (DeskContainer) box = NULL;

  if ((found->kind != DESK_CODE_CONTAINER && found->kind != DESK_CODE_PLACE) || !desk_cells_dialog_get_row (dialog, "box")
      || !(box = desk_container_load (reader_of (dialog), found->id, NULL)))
    return FALSE;
  desk_cells_dialog_set_choice (dialog, "box", box->id);
  if (desk_cells_dialog_get_choice (dialog, "box") != box->id)
    return FALSE;
  scanned->place_container = box->id;
  g_free (scanned->place);
  scanned->place = g_strdup (*box->barcode ? box->barcode : box->name);
  if (found->row > 0 && found->col > 0)
    {
      g_autofree char *place = desk_place_name_in (box, found->row, found->col);
      desk_cells_dialog_set_text (dialog, "place", place);
    }
  return TRUE;
}

static void
on_place (DeskCellsDialog *dialog)
{
  Scanned *scanned = scanned_of (dialog);
  g_autoptr (DeskCode) code = desk_code_read (desk_cells_dialog_get_text (dialog, "scanned-place"));
  DeskFound found;

  scanned->place_container = 0;
  g_clear_pointer (&scanned->place, g_free);
  /* While it is being typed it is nothing yet; a whole code that names another thing is wrong. */
  scanned->place_wrong = desk_code_find (reader_of (dialog), code, &found, NULL) && found.kind != DESK_CODE_UNKNOWN
                         && !take_place (dialog, &found);
  check (dialog);
}

/* ── the scanner ─────────────────────────────────────────────────────────────────────────────── */

/* Wherever the focus is: a place goes to the place, a badge to the second person, all else has to be the dose. */
static gboolean
on_scan (GtkWidget *widget, const DeskScan *scan, gpointer user_data)
{
  DeskCellsDialog *dialog = DESK_CELLS_DIALOG (widget);
  gboolean place = (scan->found.kind == DESK_CODE_CONTAINER || scan->found.kind == DESK_CODE_PLACE) && desk_cells_dialog_get_row (dialog, "scanned-place");

  if (scan->code->kind == DESK_CODE_COMMAND)
    {
      if (scan->code->command == DESK_COMMAND_CONFIRM)
        gtk_widget_activate_action (widget, "dialog.submit", NULL);
      else if (scan->code->command == DESK_COMMAND_CANCEL)
        gtk_window_close (GTK_WINDOW (widget));
    }
  else if (scan->found.kind == DESK_CODE_STAFF && desk_cells_dialog_get_row (dialog, "witness"))
    desk_cells_dialog_set_choice (dialog, "witness", scan->found.id);
  else
    {
      desk_cells_dialog_set_text (dialog, place ? "scanned-place" : "scanned", scan->code->read);
      if (!place && !desk_code_same (scanned_of (dialog)->code, scan->code->read))
        gdk_display_beep (gtk_widget_get_display (widget));
    }
  return TRUE;
}

/* ── out of the cold ─────────────────────────────────────────────────────────────────────────── */

static gint64
picked_at (DeskDb *db, gint64 unit_id)
{
  g_autoptr (GPtrArray) events = desk_unit_history (db, unit_id, NULL);

  for (guint i = 0; events && i < events->len; i++)
    {
      const DeskUnitEvent *event = events->pdata[i];

      if (strcmp (event->axis, "life") == 0 && strcmp (event->to_state, "picked") == 0)
        return event->at;
    }
  return 0;
}

static gboolean
read_seconds (DeskCellsDialog *dialog, int *seconds)
{
  g_autofree char *half = g_utf8_normalize (desk_cells_dialog_get_text (dialog, "seconds"), -1, G_NORMALIZE_NFKC);
  guint64 value;

  if (!half || !g_ascii_string_to_unsigned (g_strstrip (half), 10, 0, MAX_SECONDS, &value, NULL))
    return FALSE;
  *seconds = value;
  return TRUE;
}

static gboolean
on_tick (gpointer user_data)
{
  DeskCellsDialog *dialog = user_data;
  Scanned *scanned = scanned_of (dialog);
  gint64 seconds = CLAMP (g_get_real_time () / G_USEC_PER_SEC - scanned->picked_at, 0, MAX_SECONDS);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);

  scanned->ticking = TRUE;
  desk_cells_dialog_set_text (dialog, "seconds", text);
  scanned->ticking = FALSE;
  return G_SOURCE_CONTINUE;
}

static void
on_seconds (DeskCellsDialog *dialog)
{
  Scanned *scanned = scanned_of (dialog);

  if (!scanned->ticking)
    g_clear_handle_id (&scanned->clock, g_source_remove);
}

/* Asks how long it was out: the clock has run since it was picked, until somebody writes another number. */
void
desk_cells_scanned_ask_warm (DeskCellsDialog *dialog)
{
  Scanned *scanned = scanned_of (dialog);

  desk_cells_dialog_add_text (dialog, "seconds", _("Seconds out of the cold"), "0");
  scanned->picked_at = picked_at (reader_of (dialog), scanned->unit_id);
  g_signal_connect_swapped (desk_cells_dialog_get_row (dialog, "seconds"), "changed", G_CALLBACK (on_seconds), dialog);
  if (scanned->picked_at == 0)
    return;
  on_tick (dialog);
  scanned->clock = g_timeout_add_seconds (1, on_tick, dialog);
}

/* ── what steps use ──────────────────────────────────────────────────────────────────────────── */

/* Asks for the dose, and for the place where the step puts it into one; the box and place rows follow by the caller. */
void
desk_cells_scanned_ask (DeskCellsDialog *dialog, const DeskUnit *unit, DeskUnitStep step)
{
  Scanned *scanned = g_new0 (Scanned, 1);
  DeskDb *db = reader_of (dialog);

  scanned->unit_id = unit->id;
  scanned->number = g_strdup (unit->number);
  scanned->code = desk_code_of (db, DESK_CODE_UNIT, unit->id, NULL);
  if (!scanned->code)
    scanned->code = g_strdup (unit->number);
  scanned->always_two = desk_unit_step_info (step)->witnessed;
  scanned->frozen_kind = strcmp (unit->kind, "dose_fresh") != 0;
  scanned->seconds_before = unit->seconds_out;
  if (!desk_cell_setting_get (db, DESK_CELL_OUT_OF_COLD, &scanned->budget, NULL))
    scanned->budget = desk_cell_setting_info (DESK_CELL_OUT_OF_COLD)->usual;
  g_object_set_data_full (G_OBJECT (dialog), "scanned", scanned, scanned_free);
  desk_cells_dialog_add_text (dialog, "scanned", _("1 · Scan the dose, or type its number"), NULL);
  g_signal_connect_swapped (desk_cells_dialog_get_row (dialog, "scanned"), "changed", G_CALLBACK (check), dialog);
  if (step != DESK_STEP_PICK)
    {
      desk_cells_dialog_add_text (dialog, "scanned-place", _("2 · Scan the box or place, or choose below"), NULL);
      g_signal_connect_swapped (desk_cells_dialog_get_row (dialog, "scanned-place"), "changed", G_CALLBACK (on_place), dialog);
    }
  desk_scan_want (GTK_WIDGET (dialog), on_scan, NULL);
  desk_cells_dialog_set_ready (dialog, FALSE);
}

/* Reads what was scanned, as the store compares it; FALSE after saying at the row what is wrong. The caller frees both. */
gboolean
desk_cells_scanned_collect (DeskCellsDialog *dialog, char **scanned_code, char **scanned_place, int *seconds_out)
{
  const Scanned *scanned = scanned_of (dialog);
  g_autofree char *typed = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, "scanned")));

  if (*typed == '\0')
    return desk_cells_dialog_refuse (dialog, "scanned", _("Please scan the dose, or type its number."));
  if (!desk_code_same (scanned->code, typed))
    {
      g_autofree char *words = wrong_words (dialog, typed);
      return desk_cells_dialog_refuse (dialog, "scanned", words);
    }
  g_free (*scanned_code);
  *scanned_code = g_strdup (scanned->code);
  /* Another box was chosen after the scan: then nothing was read at that one. */
  if (scanned->place && scanned->place_container == desk_cells_dialog_get_choice (dialog, "box"))
    *scanned_place = g_strdup (scanned->place);
  if (desk_cells_dialog_get_row (dialog, "seconds") && !read_seconds (dialog, seconds_out))
    return desk_cells_dialog_refuse (dialog, "seconds", _("Please give the seconds it was out of the cold as a number."));
  return TRUE;
}

/* Whether somebody has to look on where it is about to be put. */
gboolean
desk_cells_scanned_wants_witness (DeskCellsDialog *dialog)
{
  gint64 box = desk_cells_dialog_get_choice (dialog, "box");
  gboolean wants = FALSE;

  return box != 0 && desk_place_wants_witness (reader_of (dialog), scanned_of (dialog)->unit_id, box, &wants, NULL) && wants;
}

/* What follows from what is filled in now: the second person, the hold for warmth. NULL for nothing; the caller frees it. */
char *
desk_cells_scanned_warning (DeskCellsDialog *dialog)
{
  const Scanned *scanned = scanned_of (dialog);
  g_autoptr (GString) words = g_string_new (NULL);
  int seconds;

  if (desk_cells_dialog_get_row (dialog, "seconds") && scanned->frozen_kind && read_seconds (dialog, &seconds))
    {
      int all = scanned->seconds_before + seconds;

      if (all > scanned->budget)
        g_string_append_printf (words, _("Over %d s out of the cold in all its life (%d s with this time): it will be held when it is put back."),
                                (int) scanned->budget, all);
    }
  if (!scanned->always_two && desk_cells_scanned_wants_witness (dialog))
    g_string_append_printf (words, "%s%s", words->len ? "\n" : "",
                            _("Doses of other patients stand in this box: a second person has to look on."));
  return words->len ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}
