#include "desk-cells-forms.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "desk-cells-dialog.h"
#include "desk-cells-steps.h"
#include "desk-cells-words.h"
#include "desk-patient-picker.h"
#include "desk-ripple-dialog.h"
#include "desk-setup.h"
#include "desk-toast.h"
#include "desk-words.h"

/* What a dialog asks the store for; owns its texts. */
typedef struct
{
  const char *code; /* static */
  gint64 by, witness, hold_id, patient_id;
  DeskLot lot;      /* id, number, status and version alone */
  char *text, *day, *other_day, *kind;
  int n, volume_ml, racks, boxes, rows, cols;
  gint64 cells;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_free (form->lot.number);
  g_free (form->lot.status);
  g_free (form->lot.harvested_on);
  g_free (form->text);
  g_free (form->day);
  g_free (form->other_day);
  g_free (form->kind);
  g_free (form);
}

/* ── the store's part ────────────────────────────────────────────────────────────────────────── */

static gboolean
add_tank (DeskDb *db, const Form *form, GError **error)
{
  DeskContainer tank = { .kind = (char *) "tank", .name = form->text, .row = 1, .col = 1, .in_service = TRUE };
  DeskRackPlan plan = { .rack = desk_words ("container", "rack"), .first_rack = 1, .racks = form->racks,
                        .box = desk_words ("container", "box"), .first_box = 1, .boxes = form->boxes,
                        .rows = form->rows, .cols = form->cols };
  g_autoptr (DeskTxn) txn = desk_txn_begin (db, error);

  if (!txn || !desk_container_add (db, &tank, error))
    return FALSE;
  plan.parent_id = tank.id;
  return desk_container_add_racks (db, &plan, error) && desk_txn_commit (txn, error);
}

static gboolean
start_lot (DeskDb *db, Form *form, GError **error)
{
  DeskLotStart start = { .patient_id = form->patient_id, .method = form->kind,
                         .collected_at = g_get_real_time () / G_USEC_PER_SEC, .volume_ml = form->volume_ml,
                         .operator_id = form->by, .started_on = form->day, .expected_on = form->other_day };
  g_autoptr (DeskLot) lot = NULL;

  if (!desk_lot_start (db, &start, &lot, error))
    return FALSE;
  form->lot.id = lot->id;
  form->lot.number = g_strdup (lot->number);
  return TRUE;
}

static gboolean
work (DeskDb *db, gpointer data, GError **error)
{
  Form *form = data;

  if (strcmp (form->code, "fill") == 0)
    return desk_units_fill (db, form->lot.id, form->kind, form->n, form->volume_ml, form->cells, form->day, form->by,
                            form->witness, NULL, error);
  if (strcmp (form->code, "hold") == 0)
    {
      DeskHoldNew hold = { .scope = DESK_HOLD_LOT, .id = form->lot.id, .reason = form->text, .by = form->by };

      return desk_hold_open (db, &hold, NULL, error);
    }
  if (strcmp (form->code, "hold-close") == 0)
    return desk_hold_close (db, form->hold_id, form->by, form->text, error);
  if (strcmp (form->code, "new-lot") == 0)
    return start_lot (db, form, error);
  if (strcmp (form->code, "new-tank") == 0)
    return add_tank (db, form, error);
  return desk_lot_set_status (db, &form->lot, form->code, form->day, error);
}

/* ── reading the dialog ──────────────────────────────────────────────────────────────────────── */

static gboolean
read_number (DeskCellsDialog *dialog, const char *key, gint64 low, gint64 high, gint64 *number)
{
  const char *text = desk_cells_dialog_get_text (dialog, key);
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  char *end;
  /* 1.2e9 and 1200000000 are both how people write cells. */
  double value = g_ascii_strtod (plain, &end);

  while (g_ascii_isspace (*end))
    end++;
  if (end == plain || *end || value < low || value > high || value != floor (value))
    {
      g_autofree char *least = g_strdup_printf ("%" G_GINT64_FORMAT, low);
      g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, high);
      g_autofree char *exact = g_strdup_printf (_("Please write a whole number from %s to %s."), least, most);
      return desk_cells_dialog_refuse (dialog, key, exact);
    }
  *number = (gint64) value;
  return TRUE;
}

static gboolean
read_int (DeskCellsDialog *dialog, const char *key, int high, int *number)
{
  gint64 value;

  if (!read_number (dialog, key, 1, high, &value))
    return FALSE;
  *number = (int) value;
  return TRUE;
}

static gboolean
read_day (DeskCellsDialog *dialog, const char *key, char **day)
{
  DeskDay parsed;

  *day = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, key)));
  if (!desk_day_parse (*day, &parsed))
    return desk_cells_dialog_refuse (dialog, key, _("Please write the date as 2026-04-03."));
  return TRUE;
}

static gboolean
read_past_day (DeskCellsDialog *dialog, const char *key, char **day)
{
  DeskDay parsed;

  if (!read_day (dialog, key, day))
    return FALSE;
  return !desk_day_parse (*day, &parsed) || parsed <= desk_page_get_today (desk_cells_dialog_get_page (dialog))
         || desk_cells_dialog_refuse (dialog, key, _("This day is still to come. A culture that takes longer is Late…"));
}

static gboolean
read_text (DeskCellsDialog *dialog, const char *key, char **text)
{
  *text = g_strstrip (g_strdup (desk_cells_dialog_get_text (dialog, key)));
  return **text != '\0' || desk_cells_dialog_refuse (dialog, key, _("Please fill this in."));
}

static gboolean
read_witness (DeskCellsDialog *dialog, Form *form)
{
  form->witness = desk_cells_dialog_get_choice (dialog, "witness");
  return form->witness != 0
         || desk_cells_dialog_refuse (dialog, "witness", _("A second person has to sign for this step."));
}

static gboolean
refuse_error (DeskCellsDialog *dialog, const GError *error)
{
  g_autofree char *words = desk_words_error (error);

  return desk_cells_dialog_refuse (dialog, NULL, words);
}

static const char *const unit_kinds[] = { "dose_frozen", "dose_fresh", "intermediate", "retained", "qc", "source" };

static gboolean
read_fill (DeskCellsDialog *dialog, Form *form)
{
  form->kind = g_strdup (unit_kinds[desk_cells_dialog_get_choice (dialog, "kind")]);
  return read_int (dialog, "count", 100, &form->n) && read_int (dialog, "volume", 1000, &form->volume_ml)
         && read_number (dialog, "cells", 1, G_GINT64_CONSTANT (100000000000), &form->cells)
         && read_day (dialog, "until", &form->day) && read_witness (dialog, form);
}

static gboolean
read_new_lot (DeskCellsDialog *dialog, Form *form)
{
  form->patient_id = desk_patient_picker_get_id (g_object_get_data (G_OBJECT (dialog), "picker"));
  form->kind = g_strdup (desk_cells_dialog_get_choice (dialog, "method") ? "apheresis" : "blood_draw");
  if (form->patient_id == 0)
    return desk_cells_dialog_refuse (dialog, NULL, _("Please choose the patient."));
  return read_int (dialog, "volume", 1000, &form->volume_ml) && read_day (dialog, "started", &form->day)
         && read_day (dialog, "expected", &form->other_day);
}

static gboolean
read_new_tank (DeskCellsDialog *dialog, Form *form)
{
  return read_text (dialog, "name", &form->text) && read_int (dialog, "racks", 50, &form->racks)
         && read_int (dialog, "boxes", DESK_RACK_PLAN_MAX / form->racks - 1, &form->boxes) && read_int (dialog, "rows", 26, &form->rows)
         && read_int (dialog, "cols", 26, &form->cols);
}

/* ── asking ──────────────────────────────────────────────────────────────────────────────────── */

/* A choice among words whose ids are their positions. */
static void
add_list (DeskCellsDialog *dialog, const char *key, const char *title, const char *const *words)
{
  gint64 ids[16];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = i;
  desk_cells_dialog_add_choice (dialog, key, title, words, ids, 0);
}

static void
ask_fill (DeskCellsDialog *dialog, DeskDay today)
{
  const char *names[G_N_ELEMENTS (unit_kinds) + 1] = { NULL };
  /* Two years in vapour is what plans usually allow; the date can be written over. */
  g_autofree char *until = desk_day_format (desk_day_add_months (today, 24));

  for (guint i = 0; i < G_N_ELEMENTS (unit_kinds); i++)
    names[i] = desk_words ("unit-kind", unit_kinds[i]);
  add_list (dialog, "kind", _("What is filled"), names);
  desk_cells_dialog_add_text (dialog, "count", _("How many"), "6");
  desk_cells_dialog_add_text (dialog, "volume", _("Volume of each, mL"), "100");
  desk_cells_dialog_add_text (dialog, "cells", _("Viable cells in each, such as 1e9"), NULL);
  desk_cells_dialog_add_text (dialog, "until", _("Use until"), until);
  desk_cells_dialog_add_second_person (dialog, TRUE);
}

static gboolean
collect (DeskCellsDialog *dialog, Form *form)
{
  if (strcmp (form->code, "fill") == 0)
    return read_fill (dialog, form);
  if (strcmp (form->code, "harvested") == 0)
    return read_past_day (dialog, "day", &form->day);
  if (strcmp (form->code, "hold") == 0)
    return read_text (dialog, "reason", &form->text);
  if (strcmp (form->code, "new-lot") == 0)
    return read_new_lot (dialog, form);
  if (strcmp (form->code, "new-tank") == 0)
    return read_new_tank (dialog, form);
  form->hold_id = desk_cells_dialog_get_choice (dialog, "hold");
  return strcmp (form->code, "hold-close") != 0 || read_text (dialog, "reason", &form->text);
}

static void
on_done (DeskCellsDialog *dialog, gpointer data)
{
  const Form *form = data;
  g_autofree char *text = g_strdup_printf ("%s: %s", gtk_window_get_title (GTK_WINDOW (dialog)),
                                           form->lot.number ? form->lot.number : form->text);

  desk_toast (GTK_WIDGET (desk_cells_dialog_get_page (dialog)), text);
  /* Whoever waits for its cells is thought of now. */
  if (strcmp (form->code, "failed") == 0)
    desk_ripple_dialog_show (desk_cells_dialog_get_page (dialog), DESK_RIPPLE_LOT_FAILED, form->lot.id, DESK_DAY_NONE);
}

static void
on_submit (DeskCellsDialog *dialog, gpointer user_data)
{
  const Form *asked = user_data;
  Form *form = g_new0 (Form, 1);

  form->code = asked->code;
  form->lot.id = asked->lot.id;
  form->lot.version = asked->lot.version;
  form->lot.number = g_strdup (asked->lot.number);
  form->by = desk_session_get_actor (desk_page_get_session (desk_cells_dialog_get_page (dialog)));
  if (!collect (dialog, form))
    {
      form_free (form);
      return;
    }
  desk_cells_dialog_run (dialog, work, form, form_free, on_done);
}

static DeskCellsDialog *
dialog_new (DeskPage *page, const char *code, const DeskLot *lot, const char *title, const char *submit)
{
  DeskCellsDialog *dialog = desk_cells_dialog_new (page, title, submit);
  Form *form = g_new0 (Form, 1);

  form->code = code;
  if (lot)
    {
      form->lot.id = lot->id;
      form->lot.version = lot->version;
      form->lot.number = g_strdup (lot->number);
      g_autofree char *patient = desk_cells_patient_line (desk_page_get_reader (page), lot->patient_id);
      g_autofree char *number = g_strdup_printf (_("Lot %s"), lot->number);
      desk_cells_dialog_set_identity (dialog, number, patient);
    }
  g_object_set_data_full (G_OBJECT (dialog), "form", form, form_free);
  g_signal_connect (dialog, "submit", G_CALLBACK (on_submit), form);
  return dialog;
}

static void
ask_hold_close (DeskCellsDialog *dialog, const DeskLot *lot)
{
  DeskPage *page = desk_cells_dialog_get_page (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) holds = desk_hold_of_lot (desk_page_get_reader (page), lot->id, &error);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, TRUE, sizeof (gint64));

  for (guint i = 0; holds && i < holds->len; i++)
    {
      const DeskHold *hold = holds->pdata[i];
      g_autofree char *held = desk_cells_hold (hold);
      g_autofree char *line = g_strdup_printf ("%s · %s", held, hold->opened_by);

      g_strv_builder_add (words, line);
      g_array_append_val (ids, hold->id);
    }
  g_auto (GStrv) lines = g_strv_builder_end (words);
  desk_cells_dialog_add_choice (dialog, "hold", _("Hold to close"), (const char *const *) lines, (gint64 *) ids->data,
                                0);
  if (!holds)
    refuse_error (dialog, error);
}

/* Opens the dialog of a lot: "harvested", "fill", "hold", "hold-close" or "failed". */
void
desk_cells_lot_form (DeskPage *page, const DeskLot *lot, const char *code)
{
  static const struct
  {
    const char *code, *title, *submit;
  } forms[] = {
    { "harvested", N_("Lot Harvested"), N_("Harvested") },
    { "fill", N_("Fill Units"), N_("Fill") },            { "hold", N_("Put Lot on Hold"), N_("Hold") },
    { "hold-close", N_("Close a Hold"), N_("Close Hold") }, { "failed", N_("Lot Failed"), N_("Failed") },
  };
  g_autofree char *today = desk_day_format (desk_page_get_today (page));
  DeskCellsDialog *dialog = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (forms[i].code, code) == 0)
      dialog = dialog_new (page, forms[i].code, lot, _(forms[i].title), _(forms[i].submit));
  g_return_if_fail (dialog);
  if (strcmp (code, "fill") == 0)
    ask_fill (dialog, desk_page_get_today (page));
  else if (strcmp (code, "harvested") == 0)
    desk_cells_dialog_add_text (dialog, "day", _("Harvested on"), today);
  else if (strcmp (code, "hold") == 0)
    desk_cells_dialog_add_text (dialog, "reason", _("Reason"), NULL);
  else if (strcmp (code, "hold-close") == 0)
    {
      ask_hold_close (dialog, lot);
      desk_cells_dialog_add_text (dialog, "reason", _("Why it can be closed"), NULL);
    }
  else
    desk_cells_dialog_set_note (dialog,
                                _("A lot that has failed stays failed. Nothing can be filled from it any more."));
  desk_cells_dialog_open (dialog);
}

/* Asks for a collection and the lot that grows from it. */
void
desk_cells_new_lot (DeskPage *page)
{
  DeskCellsDialog *dialog = dialog_new (page, "new-lot", NULL, _("New Lot"), _("Start Lot"));
  GtkWidget *picker = g_object_new (DESK_TYPE_PATIENT_PICKER, NULL);
  DeskDay today = desk_page_get_today (page);
  g_autofree char *started = desk_day_format (today);
  /* Cultures take 14 to 21 days. */
  g_autofree char *expected = desk_day_format (today + 21);

  desk_patient_picker_set_db (DESK_PATIENT_PICKER (picker), desk_page_get_reader (page));
  g_object_set_data (G_OBJECT (dialog), "picker", picker);
  desk_cells_dialog_add_widget (dialog, picker);
  add_list (dialog, "method", _("Collection"),
            (const char *const[]) { desk_words ("method", "blood_draw"), desk_words ("method", "apheresis"), NULL });
  desk_cells_dialog_add_text (dialog, "volume", _("Volume, mL"), "50");
  desk_cells_dialog_add_text (dialog, "started", _("Started on"), started);
  desk_cells_dialog_add_text (dialog, "expected", _("Harvest expected on"), expected);
  desk_cells_dialog_open (dialog);
}

/* Asks for a tank with its racks and boxes, all alike. */
void
desk_cells_new_tank (DeskPage *page)
{
  DeskCellsDialog *dialog = dialog_new (page, "new-tank", NULL, _("New Tank"), _("Add Tank"));

  desk_cells_dialog_add_text (dialog, "name", _("Name of the tank"), _("Tank A"));
  desk_cells_dialog_add_text (dialog, "racks", _("Racks"), "6");
  desk_cells_dialog_add_text (dialog, "boxes", _("Boxes in each rack"), "10");
  desk_cells_dialog_add_text (dialog, "rows", _("Rows in each box"), "9");
  desk_cells_dialog_add_text (dialog, "cols", _("Columns in each box"), "9");
  desk_cells_dialog_open (dialog);
}
