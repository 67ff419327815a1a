#include "desk-money-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-clinics.h"
#include "desk-day-words.h"
#include "desk-error.h"
#include "desk-fee-form.h"
#include "desk-fees.h"
#include "desk-money-words.h"
#include "desk-rates.h"
#include "desk-setup-row.h"
#include "desk-toast.h"
#include "desk-words.h"

#define RATES_SHOWN 12

struct _DeskMoneyPage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *schedules, *rates, *adding, *tax;
  AdwEntryRow *currency, *rate, *source, *on_day, *until_on, *tax_number;
  AdwComboRow *tax_round;
  GtkSwitch *stamp_box;
  GtkTextView *terms, *terms_ja;
  GtkLabel *terms_state;
  GtkWidget *terms_save, *add_schedule;
  char *terms_shown[2]; /* as stored */
  gint64 tax_version;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (DeskMoneyPage, desk_money_page, DESK_TYPE_SETUP_PAGE)

static DeskDay
today_of (DeskMoneyPage *self)
{
  g_autoptr (GTimeZone) zone = desk_clinic_zone (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), NULL);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return desk_instant_day (g_get_real_time () / G_USEC_PER_SEC, zone ? zone : utc);
}

static gboolean
can_save (DeskMoneyPage *self)
{
  return !desk_setup_page_is_busy (DESK_SETUP_PAGE (self)) && !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self));
}

/* Says at the row what is wrong with it; NULL takes it back. TRUE when something is. */
static gboolean
say (AdwEntryRow *row, const char *code)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  if (code)
    desk_problems_add (problems, "row", code, NULL);
  desk_setup_row_show_problem (ADW_PREFERENCES_ROW (row), problems, "row");
  if (code)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  return code != NULL;
}

/* ── fee schedules ───────────────────────────────────────────────────────────────────────────── */

static void
open_schedule (DeskMoneyPage *self, gint64 id, gboolean copy)
{
  g_autoptr (GError) error = NULL;
  DeskFeeSchedule *schedule = id ? desk_fee_schedule_load (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), id, &error)
                                 : desk_fee_schedule_new (today_of (self));

  if (!schedule)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (copy)
    {
      schedule->id = schedule->version = schedule->closed_at = 0;
      schedule->from_on = DESK_DAY_NONE;
    }
  desk_fee_form_show (DESK_SETUP_PAGE (self), schedule);
}

static void
action_open (GtkWidget *widget, const char *name, GVariant *target)
{
  open_schedule (DESK_MONEY_PAGE (widget), g_variant_get_int64 (target), g_str_equal (name, "money-setup.copy"));
}

/* The next schedule begins as a copy of the newest. */
static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskMoneyPage *self = DESK_MONEY_PAGE (widget);
  g_autoptr (GPtrArray) schedules = desk_fee_schedules (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), NULL);
  const DeskFeeSchedule *newest = NULL;

  for (guint i = 0; schedules && i < schedules->len; i++)
    if (!newest || ((DeskFeeSchedule *) schedules->pdata[i])->from_on > newest->from_on)
      newest = schedules->pdata[i];
  open_schedule (self, newest ? newest->id : 0, newest != NULL);
}

static GtkWidget *
button_new (const char *icon, const char *label, const char *action, gint64 id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  return button;
}

static GtkWidget *
schedule_row (DeskMoneyPage *self, const DeskFeeSchedule *schedule, gboolean holds)
{
  g_autofree char *day = desk_words_day (schedule->from_on), *title = g_strdup_printf (_("From %s"), day);
  const char *facts[] = { holds ? _("holds now") : "", schedule->closed_at ? _("approved") : _("draft: does not count yet"),
                          schedule->with_tax ? _("prices contain the tax") : _("prices without tax"), schedule->note };
  g_autofree char *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));
  g_autofree char *open = g_strdup_printf (_("Open the fees from %s"), day), *copy = g_strdup_printf (_("Copy the fees from %s to a new schedule"), day);
  GtkWidget *row = desk_setup_row_new (title, subtitle, "schedule", schedule->id);

  if (!desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button_new ("edit-copy-symbolic", copy, "money-setup.copy", schedule->id));
  GtkWidget *button = button_new (schedule->closed_at ? "view-reveal-symbolic" : "document-edit-symbolic", open, "money-setup.open", schedule->id);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

static gboolean
show_schedules (DeskMoneyPage *self, GError **error)
{
  DeskDb *db = desk_setup_page_get_reader (DESK_SETUP_PAGE (self));
  g_autoptr (GPtrArray) schedules = desk_fee_schedules (db, error), rows = g_ptr_array_new ();
  DeskDay today = today_of (self);
  const DeskFeeSchedule *holds = NULL;

  if (!schedules)
    return FALSE;
  for (guint i = 0; i < schedules->len; i++)
    {
      const DeskFeeSchedule *one = schedules->pdata[i];

      if (one->closed_at && one->from_on <= today && (!holds || one->from_on > holds->from_on))
        holds = one;
    }
  for (guint i = 0; i < schedules->len; i++)
    g_ptr_array_add (rows, schedule_row (self, schedules->pdata[i], schedules->pdata[i] == holds));
  desk_setup_page_set_rows (DESK_SETUP_PAGE (self), self->schedules, rows);
  return TRUE;
}

/* ── exchange rates ──────────────────────────────────────────────────────────────────────────── */

static gboolean
rate_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_rate_add (db, data, error);
}

static void
rate_free (gpointer data)
{
  desk_rate_free (data);
}

static void
on_rate_added (DeskSetupPage *page, gpointer data, const GError *error)
{
  DeskMoneyPage *self = DESK_MONEY_PAGE (page);

  if (error)
    {
      desk_toast_error (GTK_WIDGET (self), error);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->rate), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->currency));
}

static gboolean
read_day (AdwEntryRow *row, DeskDay *day)
{
  g_autofree char *iso = desk_day_read (gtk_editable_get_text (GTK_EDITABLE (row)), DESK_DAY_ORDER_NONE, NULL);

  return !say (row, iso && desk_day_parse (iso, day) ? NULL : "not-a-date");
}

static void
action_add_rate (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskMoneyPage *self = DESK_MONEY_PAGE (widget);
  g_autofree char *typed = desk_setup_row_dup_text (self->currency);
  g_autoptr (DeskRate) rate = g_new0 (DeskRate, 1);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  AdwEntryRow *const rows[] = { self->currency, self->source, self->on_day, self->until_on };
  static const char *const names[] = { "currency", "source", "on_day", "until_on" };

  rate->currency = g_ascii_strup (typed, -1);
  rate->source = desk_setup_row_dup_text (self->source);
  rate->on_day = rate->until_on = DESK_DAY_NONE;
  if (!can_save (self) || say (self->rate, desk_rate_read (gtk_editable_get_text (GTK_EDITABLE (self->rate)), &rate->rate))
      || !read_day (self->on_day, &rate->on_day) || !read_day (self->until_on, &rate->until_on))
    return;
  desk_rate_check (rate, problems);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const DeskProblem *problem = desk_problems_find (problems, names[i]);

      if (say (rows[i], problem ? problem->code : NULL))
        return;
    }
  desk_setup_page_run (DESK_SETUP_PAGE (self), rate_work, g_steal_pointer (&rate), rate_free, on_rate_added);
}

static gboolean
show_rates (DeskMoneyPage *self, GError **error)
{
  g_autoptr (GPtrArray) list = desk_rate_list (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), RATES_SHOWN, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  DeskDay today = today_of (self);

  if (!list)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const DeskRate *rate = list->pdata[i];
      g_autofree char *yen = desk_rate_format (rate->rate), *title = g_strdup_printf ("1 %s = ¥%s", rate->currency, yen);
      g_autofree char *day = desk_words_day_short (rate->on_day), *until = desk_words_day_short (rate->until_on);
      g_autofree char *used = rate->until_on < today ? g_strdup_printf (_("✖ not used since %s"), until) : g_strdup_printf (_("used until %s"), until);
      const char *facts[] = { rate->source, day, used };
      g_autofree char *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));

      g_ptr_array_add (rows, desk_setup_row_new (title, subtitle, "rate", rate->id));
    }
  desk_setup_page_set_rows (DESK_SETUP_PAGE (self), self->rates, rows);
  if (!*gtk_editable_get_text (GTK_EDITABLE (self->on_day)))
    {
      g_autofree char *day = desk_day_format (today), *until = desk_day_format (today + 7);

      gtk_editable_set_text (GTK_EDITABLE (self->on_day), day);
      gtk_editable_set_text (GTK_EDITABLE (self->until_on), until);
    }
  return TRUE;
}

/* ── terms ───────────────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  char *words, *words_ja;
} Terms;

static void
terms_free (gpointer data)
{
  Terms *terms = data;

  g_free (terms->words);
  g_free (terms->words_ja);
  g_free (terms);
}

static gboolean
terms_work (DeskDb *db, gpointer data, GError **error)
{
  const Terms *terms = data;
  gint64 id;

  return desk_cancel_terms_add (db, terms->words, terms->words_ja, &id, error);
}

static char *
text_of (GtkTextView *view)
{
  char *text = NULL;

  g_object_get (gtk_text_view_get_buffer (view), "text", &text, NULL);
  return g_strstrip (text);
}

static void
on_terms_typed (DeskMoneyPage *self)
{
  g_autofree char *words = text_of (self->terms), *words_ja = text_of (self->terms_ja);
  gboolean changed = g_strcmp0 (words, self->terms_shown[0]) != 0 || g_strcmp0 (words_ja, self->terms_shown[1]) != 0;

  gtk_widget_set_sensitive (self->terms_save, changed && *words != '\0' && !desk_setup_page_get_read_only (DESK_SETUP_PAGE (self)));
}

/* Undo writes the words from before as the newest again. */
static void
action_terms (GtkWidget *widget, const char *name, GVariant *target)
{
  DeskMoneyPage *self = DESK_MONEY_PAGE (widget);
  Terms *terms, *before;

  if (!can_save (self) || !gtk_widget_get_sensitive (self->terms_save))
    return;
  terms = g_new0 (Terms, 1);
  before = g_new0 (Terms, 1);
  *terms = (Terms){ text_of (self->terms), text_of (self->terms_ja) };
  *before = (Terms){ g_strdup (self->terms_shown[0] && *self->terms_shown[0] ? self->terms_shown[0] : terms->words),
                     g_strdup (self->terms_shown[1] ? self->terms_shown[1] : "") };
  desk_setup_page_change (DESK_SETUP_PAGE (self), _("Terms on cancellation saved"), terms_work, terms, terms_work, before, terms_free);
}

static void
fill_text (GtkTextView *view, char **shown, const char *text)
{
  g_autofree char *typed = text_of (view);

  /* What is being typed stays when something else changes. */
  if (*shown == NULL || g_str_equal (typed, *shown))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text, -1);
  g_free (*shown);
  *shown = g_strdup (text);
}

static gboolean
show_terms (DeskMoneyPage *self, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (DeskCancelTerms) terms = desk_cancel_terms_newest (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), &inner);

  if (inner && !g_error_matches (inner, DESK_ERROR, DESK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  fill_text (self->terms, &self->terms_shown[0], terms ? terms->words : "");
  fill_text (self->terms_ja, &self->terms_shown[1], terms ? terms->words_ja : "");
  gtk_label_set_label (self->terms_state, terms ? _("Quotes keep the terms they were made under.") : _("None are written yet: quotes say nothing of it."));
  on_terms_typed (self);
  return TRUE;
}

/* ── tax ─────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
tax_work (DeskDb *db, gpointer data, GError **error)
{
  return desk_tax_settings_save (db, data, error);
}

static void
settings_free (gpointer data)
{
  desk_tax_settings_free (data);
}

/* Digits alone are given their T; a check digit that does not fit is only said. */
static void
save_tax (DeskMoneyPage *self)
{
  g_autofree char *typed = desk_setup_row_dup_text (self->tax_number), *upper = g_ascii_strup (typed, -1);
  g_autofree char *number = strlen (upper) == 13 && strspn (upper, "0123456789") == 13 ? g_strconcat ("T", upper, NULL) : g_strdup (upper);
  const char *problem = desk_tax_number_problem (number);
  gboolean warning = problem && strcmp (problem, "tax-number-check") == 0;
  DeskTaxSettings *settings;

  if (self->filling || !can_save (self))
    return;
  if (say (self->tax_number, warning ? NULL : problem))
    return;
  settings = g_new0 (DeskTaxSettings, 1);
  *settings = (DeskTaxSettings){ g_steal_pointer (&number), (DeskTaxRound) adw_combo_row_get_selected (self->tax_round),
                                 gtk_switch_get_active (self->stamp_box), self->tax_version };
  desk_setup_page_run (DESK_SETUP_PAGE (self), tax_work, settings, settings_free, NULL);
}

static gboolean
show_tax (DeskMoneyPage *self, GError **error)
{
  g_autoptr (DeskTaxSettings) settings = desk_tax_settings_load (desk_setup_page_get_reader (DESK_SETUP_PAGE (self)), error);

  if (!settings)
    return FALSE;
  const char *problem = desk_tax_number_problem (settings->tax_number);
  const DeskProblem told = { .field = "tax_number", .code = problem, .warning = TRUE };
  g_autofree char *words = problem ? desk_words_problem (&told) : NULL;
  self->filling = TRUE;
  self->tax_version = settings->version;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->tax_number)), settings->tax_number))
    gtk_editable_set_text (GTK_EDITABLE (self->tax_number), settings->tax_number);
  adw_combo_row_set_selected (self->tax_round, settings->tax_round);
  gtk_switch_set_active (self->stamp_box, settings->stamp_box);
  desk_setup_row_say (ADW_PREFERENCES_ROW (self->tax_number), words, TRUE);
  self->filling = FALSE;
  return TRUE;
}

/* ── the page ────────────────────────────────────────────────────────────────────────────────── */

static void
desk_money_page_refresh (DeskSetupPage *page)
{
  DeskMoneyPage *self = DESK_MONEY_PAGE (page);
  gboolean writable = !desk_setup_page_get_read_only (page);
  g_autoptr (GError) error = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->adding), writable);
  gtk_widget_set_visible (self->add_schedule, writable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->tax), writable);
  gtk_text_view_set_editable (self->terms, writable);
  gtk_text_view_set_editable (self->terms_ja, writable);
  if (!show_schedules (self, &error) || !show_rates (self, &error) || !show_terms (self, &error) || !show_tax (self, &error))
    desk_setup_page_say_error (page, self->schedules, error);
}

static void
desk_money_page_finalize (GObject *object)
{
  DeskMoneyPage *self = DESK_MONEY_PAGE (object);

  g_free (self->terms_shown[0]);
  g_free (self->terms_shown[1]);
  G_OBJECT_CLASS (desk_money_page_parent_class)->finalize (object);
}

static void
desk_money_page_class_init (DeskMoneyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_money_page_finalize;
  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_money_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-money-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, schedules);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, rates);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, adding);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, tax);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, currency);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, rate);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, source);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, on_day);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, until_on);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, tax_number);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, tax_round);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, stamp_box);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, terms);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, terms_ja);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, terms_state);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, terms_save);
  gtk_widget_class_bind_template_child (widget_class, DeskMoneyPage, add_schedule);
  gtk_widget_class_bind_template_callback (widget_class, save_tax);
  gtk_widget_class_install_action (widget_class, "money-setup.add", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "money-setup.open", "x", action_open);
  gtk_widget_class_install_action (widget_class, "money-setup.copy", "x", action_open);
  gtk_widget_class_install_action (widget_class, "money-setup.add-rate", NULL, action_add_rate);
  gtk_widget_class_install_action (widget_class, "money-setup.terms", NULL, action_terms);
}

static void
desk_money_page_init (DeskMoneyPage *self)
{
  static const char *const rounds[] = { N_("Rounded down"), N_("To the nearest yen"), N_("Rounded up") };
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    gtk_string_list_append (names, _(rounds[i]));
  adw_combo_row_set_model (self->tax_round, G_LIST_MODEL (names));
  g_signal_connect_object (gtk_text_view_get_buffer (self->terms), "changed", G_CALLBACK (on_terms_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (self->terms_ja), "changed", G_CALLBACK (on_terms_typed), self, G_CONNECT_SWAPPED);
  self->filling = FALSE;
}
