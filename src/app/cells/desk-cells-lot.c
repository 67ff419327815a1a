#include "desk-cells-lot.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "desk-cells-forms.h"
#include "desk-cells-lot-dialogs.h"
#include "desk-cells-lookback-forms.h"
#include "desk-cells-steps.h"
#include "desk-cells-words.h"
#include "desk-export-dialog.h"
#include "desk-holds.h"
#include "desk-label-dialog.h"
#include "desk-ripple-dialog.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskCellsLot
{
  AdwBin parent_instance;

  GtkLabel *number;
  GtkLabel *status;
  GtkButton *patient;
  GtkLabel *dates;
  GtkLabel *holds;
  GtkLabel *identity;
  GtkLabel *consent;
  GtkLabel *reagents;
  GtkLabel *devices;
  GtkGrid *results;
  GtkListBox *units;
  GtkLabel *no_units;
  GtkWidget *late, *waiting;

  DeskPage *page; /* not owned: it is inside it */
  DeskLot *lot;
};

enum
{
  BACK,
  UNIT_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskCellsLot, desk_cells_lot, ADW_TYPE_BIN)

/* ── results ─────────────────────────────────────────────────────────────────────────────────── */

static void
add_cell (DeskCellsLot *self, int column, int row, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), column == 0 || column == 3 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  if (style)
    gtk_widget_add_css_class (label, style);
  gtk_widget_set_hexpand (label, column == 1 || column == 5);
  gtk_grid_attach (self->results, label, column, row, 1, 1);
}

static const DeskResult *
find_result (const GPtrArray *results, const char *test)
{
  for (guint i = 0; results && i < results->len; i++)
    if (strcmp (((const DeskResult *) results->pdata[i])->test, test) == 0 && ((const DeskResult *) results->pdata[i])->unit_id == 0)
      return results->pdata[i];
  return NULL;
}

/* Counts as powers of ten, the rest as it was reported. */
static char *
value_words (const DeskResult *result)
{
  double value;
  char bound;

  if (desk_amount_parse (result->value, &value, &bound, NULL) && value >= 1e6)
    {
      int power = (int) floor (log10 (value) + 1e-9);
      g_autofree char *number = g_strdup_printf ("%.2f", value / pow (10, power));

      return g_strdup_printf ("%s×10^%d %s", number, power, desk_words ("result-unit", result->unit));
    }
  return g_strdup_printf ("%s %s", result->value, result->unit);
}

/* No result yet, and from which day on that is late. */
static void
show_missing (DeskCellsLot *self, int row, const DeskLotTest *test)
{
  DeskDay from;
  gboolean known = desk_day_parse (self->lot->harvested_on, &from);
  DeskDay due = known ? desk_lot_test_due (test, from) : 0;
  g_autofree char *day = known ? desk_words_day (due) : NULL;
  g_autofree char *words = !known                                          ? g_strdup (_("no result yet"))
                           : due < desk_page_get_today (self->page) ? g_strdup_printf (_("! late: was expected on %s"), day)
                                                                    : g_strdup_printf (_("expected on %s"), day);
  g_autofree char *limit = desk_lot_test_limit (test);

  add_cell (self, 1, row, words, "dim-label");
  add_cell (self, 2, row, limit, "dim-label");
}

static void
show_result (DeskCellsLot *self, int row, const DeskLotTest *test, const DeskResult *result)
{
  add_cell (self, 0, row, desk_words ("test", test->code), NULL);
  if (!result)
    {
      show_missing (self, row, test);
      return;
    }
  g_autofree char *value = value_words (result);
  g_autofree char *reported = desk_words_iso_day (result->reported_on);
  g_autofree char *stage = g_strdup_printf ("%s · %s", desk_words ("stage", result->stage), reported);

  add_cell (self, 1, row, value, "numeric");
  add_cell (self, 2, row, result->limit_text, "dim-label");
  add_cell (self, 3, row, result->passed ? _("✓ within limit") : _("✕ outside limit"),
            result->passed ? "success" : "error");
  add_cell (self, 4, row, stage, "dim-label");
  g_autofree char *people = result->checked_by ? g_strdup_printf (_("%s, checked by %s ✓"), result->enterer, result->checker)
                                               : g_strdup_printf (_("%s, not checked yet"), result->enterer);
  add_cell (self, 5, row, people, result->checked_by ? "dim-label" : "warning");
}

static void
show_results (DeskCellsLot *self)
{
  const char *const titles[] = { _("Test"), _("Value"), _("Limit"), _("Verdict"), _("Stage of the result"),
                                 _("Entered and checked by") };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = desk_lot_results (desk_page_get_reader (self->page), self->lot->id, &error);
  g_autoptr (GPtrArray) tests = results ? desk_lot_tests (desk_page_get_reader (self->page), &error) : NULL;
  GtkWidget *child;
  int row = 1;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->results))))
    gtk_grid_remove (self->results, child);
  if (!tests)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    add_cell (self, i, 0, titles[i], "caption-heading");
  for (guint i = 0; i < tests->len; i++)
    {
      const DeskLotTest *test = tests->pdata[i];
      const DeskResult *result = find_result (results, test->code);

      if (test->required || result)
        show_result (self, row++, test, result);
    }
}

/* ── what it was made of and with ────────────────────────────────────────────────────────────── */

static void
show_identity (DeskCellsLot *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) collections = desk_collection_of_lot (desk_page_get_reader (self->page), self->lot->id, &error);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; collections && i < collections->len; i++)
    {
      const DeskCollection *collection = collections->pdata[i];
      g_autofree char *when = desk_words_when (collection->collected_at, desk_page_get_zone (self->page));

      if (i == 0 && *collection->coi)
        g_string_append_printf (words, _("Chain of identity %s"), collection->coi);
      g_string_append_printf (words, "%s%s · %s · %s · %d mL · %s%s%s", words->len ? "\n" : "", collection->number,
                              desk_words ("collection-method", collection->method), when, collection->volume_ml, collection->operator,
                              *collection->container ? " · " : "", collection->container);
    }
  if (error)
    desk_toast_error (GTK_WIDGET (self), error);
  gtk_label_set_text (self->identity, words->str);
}

static void
show_consent (DeskCellsLot *self)
{
  gboolean stands;
  g_autofree char *words = desk_cells_consent_words (self->page, self->lot->patient_id, &stands);

  gtk_label_set_text (self->consent, words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lot.consent-end", stands && !desk_page_get_read_only (self->page));
}

static void
show_reagents (DeskCellsLot *self)
{
  g_autoptr (GPtrArray) reagents = desk_reagent_of_lot (desk_page_get_reader (self->page), self->lot->id, NULL);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; reagents && i < reagents->len; i++)
    {
      const DeskReagent *reagent = reagents->pdata[i];
      g_autofree char *expires = desk_words_iso_day (reagent->expires_on);

      g_string_append_printf (words, "%s%s · %s%s%s", words->len ? "\n" : "", reagent->name, reagent->lot_number,
                              *reagent->maker ? " · " : "", reagent->maker);
      if (*expires)
        g_string_append_printf (words, _(" · expires %s"), expires);
      if (*reagent->why)
        g_string_append_printf (words, _(" · used though expired: %s"), reagent->why);
    }
  gtk_label_set_text (self->reagents, words->len ? words->str : _("None recorded"));
}

static void
show_devices (DeskCellsLot *self)
{
  g_autoptr (GPtrArray) uses = desk_device_uses_of_lot (desk_page_get_reader (self->page), self->lot->id, NULL);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; uses && i < uses->len; i++)
    {
      const DeskDeviceUse *use = uses->pdata[i];
      g_autofree char *from = desk_words_when (use->started_at, desk_page_get_zone (self->page));
      g_autofree char *until = use->ended_at ? desk_words_when (use->ended_at, desk_page_get_zone (self->page)) : g_strdup (_("in it now"));

      g_string_append_printf (words, "%s%s%s%s · %s – %s", words->len ? "\n" : "", use->name, *use->what ? " · " : "", use->what, from, until);
    }
  gtk_label_set_text (self->devices, words->len ? words->str : _("None recorded"));
}

/* ── units ───────────────────────────────────────────────────────────────────────────────────── */

static GtkWidget *
unit_row_new (DeskCellsLot *self, const DeskUnit *unit)
{
  GtkWidget *row = adw_action_row_new ();
  const char *headline = desk_unit_headline (unit, desk_page_get_today (self->page));
  const DeskCellSign *sign = desk_cells_sign (headline);
  g_autofree char *place = unit->container_id ? desk_cells_place (desk_page_get_reader (self->page), unit->container_id,
                                                                  unit->row, unit->col)
                                              : g_strdup (_("In no place"));
  g_autofree char *title = desk_cells_unit_line (unit);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", desk_words ("unit-kind", unit->kind), place);
  g_autofree char *state = g_strdup_printf ("%s %s", sign->letter, desk_cells_headline (headline));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (state));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "unit", g_memdup2 (&unit->id, sizeof unit->id), g_free);
  return row;
}

static gint64
row_unit (GtkListBoxRow *row)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (row), "unit");
}

/* Rows are made anew; the one with the focus keeps it. */
static void
show_units (DeskCellsLot *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) units = desk_unit_of_lot (desk_page_get_reader (self->page), self->lot->id, &error);
  GtkWidget *child, *focused = gtk_widget_get_focus_child (GTK_WIDGET (self->units));
  gint64 focused_unit = focused ? row_unit (GTK_LIST_BOX_ROW (focused)) : 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->units))))
    gtk_list_box_remove (self->units, child);
  for (guint i = 0; units && i < units->len; i++)
    {
      const DeskUnit *unit = units->pdata[i];
      GtkWidget *row = unit_row_new (self, unit);

      gtk_list_box_append (self->units, row);
      if (unit->id == focused_unit)
        gtk_widget_grab_focus (row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->units), units && units->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->no_units), !units || units->len == 0);
}

static void
on_unit_activated (DeskCellsLot *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[UNIT_CHOSEN], 0, row_unit (row));
}

/* ── holds ───────────────────────────────────────────────────────────────────────────────────── */

static void
show_holds (DeskCellsLot *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) holds = desk_hold_of_lot (desk_page_get_reader (self->page), self->lot->id, &error);
  g_autoptr (GString) words = g_string_new (NULL);

  if (!holds)
    desk_toast_error (GTK_WIDGET (self), error);
  for (guint i = 0; holds && i < holds->len; i++)
    {
      const DeskHold *hold = holds->pdata[i];
      g_autofree char *when = desk_words_when (hold->opened_at, desk_page_get_zone (self->page));
      g_autofree char *held = desk_cells_hold (hold);
      g_string_append_printf (words, "%s", i ? "\n" : "");
      g_string_append_printf (words, _("H On hold: %s (%s, %s)"), held, hold->opened_by, when);
    }
  gtk_label_set_text (self->holds, words->str);
  gtk_widget_set_visible (GTK_WIDGET (self->holds), words->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lot.hold-close",
                                 words->len > 0 && !desk_page_get_read_only (self->page));
}

/* ── the lot ─────────────────────────────────────────────────────────────────────────────────── */

static void
show_head (DeskCellsLot *self)
{
  const DeskLot *lot = self->lot;
  g_autofree char *patient = desk_cells_patient_line (desk_page_get_reader (self->page), lot->patient_id);
  g_autofree char *started = desk_words_iso_day (lot->started_on);
  g_autofree char *expected = desk_words_iso_day (lot->expected_on);
  g_autofree char *harvested = desk_words_iso_day (lot->harvested_on);
  g_autofree char *title = g_strdup_printf (_("Lot %s"), lot->number);
  g_autofree char *grown = *harvested ? g_strdup_printf (_("Started %s · harvested %s"), started, harvested)
                                      : g_strdup_printf (_("Started %s · harvest expected %s"), started, expected);
  g_autofree char *plan = desk_plan_number_good (lot->plan_number) || *lot->plan_number == '\0'
                              ? g_strdup (lot->plan_number)
                              : g_strdup_printf (_("%s ! not the form of a plan number"), lot->plan_number);
  g_autofree char *dates = g_strdup_printf (_("%s · facility %s · plan %s"), grown, *lot->facility ? lot->facility : "–", *plan ? plan : "–");
  static const char *const writing[] = { "lot.check", "lot.reagent", "lot.device", "lot.device-end", "lot.release", "lot.conditional",
                                         "lot.recall", "lot.consent" };
  gboolean culturing = strcmp (lot->status, "culturing") == 0, writable = !desk_page_get_read_only (self->page);

  gtk_label_set_text (self->number, title);
  gtk_label_set_text (self->status, desk_words ("lot-status", lot->status));
  gtk_button_set_label (self->patient, patient);
  gtk_label_set_text (self->dates, dates);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lot.harvested", writable && culturing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lot.late", writable && culturing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lot.waiting", writable && strcmp (lot->status, "failed") == 0);
  gtk_widget_set_visible (self->waiting, strcmp (lot->status, "failed") == 0);
  gtk_widget_set_visible (self->late, culturing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lot.failed", writable && strcmp (lot->status, "failed") != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lot.fill", writable && strcmp (lot->status, "failed") != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lot.result", writable);
  for (guint i = 0; i < G_N_ELEMENTS (writing); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), writing[i], writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lot.hold", writable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lot.look-back", writable);
}

/* Shows a lot. */
void
desk_cells_lot_show (DeskCellsLot *self, gint64 lot_id)
{
  g_autoptr (GError) error = NULL;
  DeskLot *lot = desk_lot_load (desk_page_get_reader (self->page), lot_id, &error);

  if (!lot)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->lot, desk_lot_free);
  self->lot = lot;
  show_head (self);
  show_holds (self);
  show_identity (self);
  show_consent (self);
  show_reagents (self);
  show_devices (self);
  show_results (self);
  show_units (self);
}

/* Reads the lot again. */
void
desk_cells_lot_refresh (DeskCellsLot *self)
{
  if (self->lot)
    desk_cells_lot_show (self, self->lot->id);
}

void
desk_cells_lot_set_page (DeskCellsLot *self, DeskPage *page)
{
  self->page = page;
}

static void
on_back (DeskCellsLot *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
on_patient (DeskCellsLot *self)
{
  desk_window_show (desk_window_of (GTK_WIDGET (self)), DESK_KIND_PATIENT, self->lot->patient_id);
}

static void
action_form (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsLot *self = DESK_CELLS_LOT (widget);

  const char *code = strchr (name, '.') + 1;

  if (self->lot && !desk_cells_lot_dialog (self->page, self->lot, code))
    desk_cells_lot_form (self->page, self->lot, code);
}

/* What waits for a lot that is late, or that failed. */
static void
action_ripple (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsLot *self = DESK_CELLS_LOT (widget);
  gboolean late = strcmp (name, "lot.late") == 0;
  DeskDay expected;

  if (!self->lot)
    return;
  if (!desk_day_parse (self->lot->expected_on, &expected))
    expected = desk_page_get_today (self->page);
  desk_ripple_dialog_show (self->page, late ? DESK_RIPPLE_CULTURE_DELAY : DESK_RIPPLE_LOT_FAILED, self->lot->id,
                           late ? MAX (expected, desk_page_get_today (self->page)) + 1 : DESK_DAY_NONE);
}

static void
action_lookback (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsLot *self = DESK_CELLS_LOT (widget);

  if (self->lot)
    desk_lookback_ask_open (self->page, DESK_LOOKBACK_LOT, self->lot->id, self->lot->number);
}

static void
action_export (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsLot *self = DESK_CELLS_LOT (widget);

  if (self->lot)
    desk_export_ask_thing (self->page, DESK_EXPORT_LOT, self->lot->id);
}

static void
action_labels (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskCellsLot *self = DESK_CELLS_LOT (widget);

  if (self->lot)
    desk_label_dialog_show_thing (desk_window_of (widget), DESK_CODE_LOT, self->lot->id);
}

static void
desk_cells_lot_dispose (GObject *object)
{
  g_clear_pointer (&DESK_CELLS_LOT (object)->lot, desk_lot_free);
  G_OBJECT_CLASS (desk_cells_lot_parent_class)->dispose (object);
}

static void
desk_cells_lot_class_init (DeskCellsLotClass *klass)
{
  static const char *const forms[]
      = { "lot.result", "lot.fill", "lot.harvested", "lot.failed", "lot.hold", "lot.hold-close", "lot.check", "lot.reagent", "lot.device",
          "lot.device-end", "lot.release", "lot.conditional", "lot.recall", "lot.consent", "lot.consent-end" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_cells_lot_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-cells-lot.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, number);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, status);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, patient);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, dates);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, holds);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, identity);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, consent);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, reagents);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, devices);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, results);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, units);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, no_units);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, late);
  gtk_widget_class_bind_template_child (widget_class, DeskCellsLot, waiting);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_patient);
  gtk_widget_class_bind_template_callback (widget_class, on_unit_activated);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    gtk_widget_class_install_action (widget_class, forms[i], NULL, action_form);
  gtk_widget_class_install_action (widget_class, "lot.late", NULL, action_ripple);
  gtk_widget_class_install_action (widget_class, "lot.waiting", NULL, action_ripple);
  gtk_widget_class_install_action (widget_class, "lot.look-back", NULL, action_lookback);
  gtk_widget_class_install_action (widget_class, "lot.export", NULL, action_export);
  gtk_widget_class_install_action (widget_class, "lot.labels", NULL, action_labels);

  /* back (): to the list. unit-chosen (unit): a unit was opened. */
  signals[BACK] = g_signal_new ("back", DESK_TYPE_CELLS_LOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNIT_CHOSEN] = g_signal_new ("unit-chosen", DESK_TYPE_CELLS_LOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
desk_cells_lot_init (DeskCellsLot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
