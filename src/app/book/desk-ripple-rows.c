#include "desk-ripple-rows.h"

#include <glib/gi18n.h>

#include "desk-book-words.h"
#include "desk-words.h"

static char *
place_words (DeskPage *page, const DeskVisit *visit, const GPtrArray *resources)
{
  GTimeZone *zone = desk_page_get_zone (page);
  g_autofree char *day = desk_words_day (desk_instant_day (visit->starts_at, zone));
  g_autofree char *span = desk_book_span_words (visit, zone);
  g_autofree char *places = desk_book_resources_words (visit, resources);

  return g_strdup_printf ("%s  %s%s%s", day, span, *places ? "  ·  " : "", places);
}

/* Where it is, and where it would be; then what remains in its way. */
static char *
visit_words (DeskPage *page, const DeskRippleItem *item, const GPtrArray *resources)
{
  g_autofree char *before = item->before ? place_words (page, item->before, resources) : NULL;
  g_autofree char *after = item->after ? place_words (page, item->after, resources) : NULL;
  g_autofree char *conflicts = item->conflicts ? desk_book_conflicts_words (item->conflicts, resources) : NULL;
  GString *words = g_string_new (before);

  if (after)
    g_string_append_printf (words, "%s→ %s", before ? "\n" : "", after);
  if (conflicts && *conflicts)
    g_string_append_printf (words, "\n! %s", conflicts);
  return g_string_free (words, FALSE);
}

static char *
title_of (DeskPage *page, const DeskRippleItem *item)
{
  const DeskVisit *visit = item->before ? item->before : item->after;
  g_autofree char *day = item->was == DESK_DAY_NONE ? NULL : desk_words_day (item->was);

  switch (item->what)
    {
    case DESK_RIPPLE_VISIT:
      return g_strdup_printf ("%s (%s) · %s", item->patient_name, item->patient_chart, desk_page_visit_type (page, visit->type));
    case DESK_RIPPLE_DOSE:
      return g_strdup_printf (_("Dose %s"), item->detail);
    case DESK_RIPPLE_LOT:
      /* Translators: number of the lot, patient */
      return g_strdup_printf (_("Lot %s · %s"), item->detail, item->patient_name);
    case DESK_RIPPLE_TRIP:
      /* Translators: patient */
      return g_strdup_printf (_("Stay in Japan of %s"), item->patient_name);
    case DESK_RIPPLE_DAY:
      return g_strdup_printf (_("The clinic closes on %s"), day);
    case DESK_RIPPLE_LETTER:
      /* Translators: kind of letter, patient */
      return g_strdup_printf (_("%s of %s"), desk_words ("letter", item->detail), item->patient_name);
    default:
      /* Translators: patient */
      return g_strdup_printf (_("Plan of trips of %s"), item->patient_name);
    }
}

static char *
subtitle_of (DeskPage *page, const DeskRippleItem *item, const GPtrArray *resources)
{
  g_autofree char *was = item->was == DESK_DAY_NONE ? g_strdup ("") : desk_words_day (item->was);
  g_autofree char *became = item->became == DESK_DAY_NONE ? g_strdup ("") : desk_words_day (item->became);

  switch (item->what)
    {
    case DESK_RIPPLE_VISIT:
      return visit_words (page, item, resources);
    case DESK_RIPPLE_LOT:
      return *became ? g_strdup_printf (_("Harvest expected %s → %s"), was, became) : g_strdup ("");
    case DESK_RIPPLE_TRIP:
      return g_strdup_printf (_("Arrival %s → %s"), was, became);
    case DESK_RIPPLE_LETTER:
      return g_strdup_printf (_("Printed %s"), was);
    case DESK_RIPPLE_DAY:
      return g_strdup (item->detail);
    default:
      return g_strdup ("");
    }
}

/* The state in words; what asks for somebody's eye is marked by more than its colour. */
static GtkWidget *
state_label (const DeskRippleItem *item)
{
  const char *words = item->what == DESK_RIPPLE_VISIT && item->on && g_str_equal (item->code, "moves") ? ""
                                                                                                         : desk_words ("ripple", item->code);
  GtkWidget *label = gtk_label_new (words);
  static const char *const warn[] = { "out-of-stay", "out-of-gap", "nowhere", "ask", "given-back", "red", "stale", "failed", NULL };

  gtk_widget_add_css_class (label, g_strv_contains (warn, item->code) ? "warning" : "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), *words ? 22 : 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 22);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  return label;
}

static const char *
icon_of (const DeskRippleItem *item)
{
  static const char *const icons[DESK_N_RIPPLE_WHATS] = {
    [DESK_RIPPLE_VISIT] = "x-office-calendar-symbolic", [DESK_RIPPLE_DOSE] = "emblem-shared-symbolic",
    [DESK_RIPPLE_TRIP] = "mark-location-symbolic",      [DESK_RIPPLE_LOT] = "view-grid-symbolic",
    [DESK_RIPPLE_DAY] = "x-office-calendar-symbolic",   [DESK_RIPPLE_PLAN] = "dialog-warning-symbolic",
    [DESK_RIPPLE_LETTER] = "dialog-warning-symbolic",
  };

  return icons[item->what];
}

GtkWidget *
desk_ripple_row_new (DeskPage *page, const DeskRippleItem *item, const GPtrArray *resources, GtkWidget **check)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = title_of (page, item), *subtitle = subtitle_of (page, item, resources);
  GtkWidget *prefix;

  *check = NULL;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  if (item->what == DESK_RIPPLE_VISIT && item->before && item->may)
    {
      prefix = *check = gtk_check_button_new ();
      gtk_check_button_set_active (GTK_CHECK_BUTTON (prefix), item->on);
      gtk_accessible_update_property (GTK_ACCESSIBLE (prefix), GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      subtitle, -1);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), prefix);
    }
  else
    prefix = gtk_image_new_from_icon_name (icon_of (item));
  gtk_widget_set_valign (prefix, GTK_ALIGN_CENTER);
  if (item->what == DESK_RIPPLE_DOSE)
    gtk_widget_set_margin_start (prefix, 24);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), prefix);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), state_label (item));
  return row;
}

char *
desk_ripple_plan_words (const DeskRipplePlan *plan)
{
  guint moves = desk_ripple_plan_count (plan, DESK_RIPPLE_VISIT), asks = 0, stays = 0;

  for (guint i = 0; i < plan->items->len; i++)
    {
      const DeskRippleItem *item = g_ptr_array_index (plan->items, i);

      asks += g_str_equal (item->code, "ask");
      stays += g_str_equal (item->code, "nowhere") || g_str_equal (item->code, "here");
    }
  g_autofree char *moved
      = moves ? g_strdup_printf (g_dngettext (NULL, "%u visit moves or is new.", "%u visits move or are new.", moves), moves)
              : g_strdup (asks || stays ? "" : _("No visit has to move."));
  g_autofree char *asked
      = asks ? g_strdup_printf (g_dngettext (NULL, "%u is confirmed: please ask the patient.", "%u are confirmed: please ask the patients.", asks), asks)
             : g_strdup ("");
  g_autofree char *stayed
      = stays ? g_strdup_printf (g_dngettext (NULL, "%u cannot be moved.", "%u cannot be moved.", stays), stays) : g_strdup ("");

  return g_strstrip (g_strdup_printf ("%s %s %s", moved, asked, stayed));
}
