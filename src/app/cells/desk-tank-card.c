#include "desk-tank-card.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "desk-tank-chart.h"
#include "desk-words.h"

/* Shape beside word: never the colour alone. */
static const struct
{
  const char *headline, *icon, *style;
} signs[] = {
  { "down", "dialog-error-symbolic", "error" },       { "failing", "dialog-error-symbolic", "error" },
  { "warm", "dialog-error-symbolic", "error" },       { "low", "dialog-warning-symbolic", "error" },
  { "falling", "go-down-symbolic", "warning" },       { "missed", "alarm-symbolic", "warning" },
  { "lid", "dialog-warning-symbolic", "warning" },    { "probe", "preferences-system-time-symbolic", NULL },
  { "due", "alarm-symbolic", NULL },                  { "no-rules", "dialog-question-symbolic", NULL },
  { "good", "emblem-ok-symbolic", "success" },
};

static GtkWidget *
label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* "182 mm · −187.5 °C"; the caller frees it. */
char *
desk_tank_words_reading (const DeskTankCheck *check)
{
  g_autofree char *tenths = check->temperature == DESK_TANK_NONE ? NULL : desk_tank_format_tenths (abs (check->temperature));
  g_autofree char *warm = tenths ? g_strdup_printf ("%s%s °C", check->temperature < 0 ? "−" : "", tenths) : NULL;
  g_autofree char *level = check->level == DESK_TANK_NONE ? NULL : g_strdup_printf ("%d mm", check->level);
  g_autofree char *filled = check->filled && check->level_after != DESK_TANK_NONE ? g_strdup_printf (_("filled to %d mm"), check->level_after)
                            : check->filled                                       ? g_strdup (_("filled"))
                                                                                  : NULL;
  const char *facts[] = { level, filled, warm };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

/* What it falls in a day, and what it usually does; NULL when it cannot be said. */
static char *
fall_words (const DeskTankLook *look)
{
  if (look->fall == DESK_TANK_NONE)
    return NULL;
  if (look->usual_fall == DESK_TANK_NONE)
    return g_strdup_printf (_("falls %d mm a day"), look->fall);
  return g_strdup_printf (_("falls %d mm a day, usually %d"), look->fall, look->usual_fall);
}

static GtkWidget *
headline_new (const DeskTank *tank)
{
  const char *headline = desk_tank_headline (&tank->look);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *icon = NULL, *word = label_new (desk_words ("tank", headline), "heading");

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_equal (signs[i].headline, headline))
      {
        icon = gtk_image_new_from_icon_name (signs[i].icon);
        if (signs[i].style)
          {
            gtk_widget_add_css_class (icon, signs[i].style);
            gtk_widget_add_css_class (word, signs[i].style);
          }
      }
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), word);
  return box;
}

/* The signs beside the headline: a tank can be low and overdue at once. */
static char *
other_signs (const DeskTank *tank)
{
  const char *headline = desk_tank_headline (&tank->look);
  g_autoptr (GString) words = g_string_new (NULL);

  for (int sign = 0; sign < DESK_N_TANK_SIGNS; sign++)
    {
      const char *code = desk_tank_sign_code (sign);

      /* Missed is due, and failing is low. */
      if (!desk_tank_has (&tank->look, sign) || g_str_equal (code, headline)
          || (sign == DESK_TANK_DUE && desk_tank_has (&tank->look, DESK_TANK_MISSED))
          || (sign == DESK_TANK_LOW && desk_tank_has (&tank->look, DESK_TANK_FAILING)))
        continue;
      g_string_append_printf (words, "%s%s", words->len ? " · " : "", desk_words ("tank", code));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static GtkWidget *
names_new (const DeskTank *tank)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *others = other_signs (tank);
  g_autofree char *used = g_strdup_printf (ngettext ("%d unit", "%d units", (gulong) tank->used), tank->used);
  const char *facts[] = { tank->place, used, tank->in_service ? NULL : _("out of service") };
  g_autofree char *where = desk_words_facts (facts, G_N_ELEMENTS (facts));

  gtk_box_append (GTK_BOX (box), label_new (tank->name, "title-4"));
  gtk_box_append (GTK_BOX (box), headline_new (tank));
  if (*others)
    gtk_box_append (GTK_BOX (box), label_new (others, NULL));
  gtk_box_append (GTK_BOX (box), label_new (where, "dim-label"));
  gtk_widget_set_size_request (box, 290, -1);
  return box;
}

static GtkWidget *
readings_new (DeskPage *page, const DeskTank *tank)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const DeskTankCheck *last = tank->checks->len ? tank->checks->pdata[tank->checks->len - 1] : NULL;
  g_autofree char *reading = last ? desk_tank_words_reading (last) : g_strdup (_("Never checked"));
  g_autofree char *fall = fall_words (&tank->look);

  gtk_box_append (GTK_BOX (box), label_new (reading, "heading"));
  if (last)
    {
      g_autofree char *when = desk_words_when (last->at, desk_page_get_zone (page));
      g_autofree char *who = g_strdup_printf ("%s · %s", when, last->by);

      gtk_box_append (GTK_BOX (box), label_new (who, "dim-label"));
    }
  if (fall)
    gtk_box_append (GTK_BOX (box), label_new (fall, NULL));
  if (tank->look.due_at)
    {
      g_autofree char *when = desk_words_when (tank->look.due_at, desk_page_get_zone (page));
      g_autofree char *due = g_strdup_printf (_("Next check %s"), when);

      gtk_box_append (GTK_BOX (box), label_new (due, "dim-label"));
    }
  gtk_widget_set_size_request (box, 270, -1);
  return box;
}

static GtkWidget *
button_new (const char *label, const char *action, gint64 id, gboolean forward)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", id);
  if (forward)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static GtkWidget *
buttons_new (const DeskTank *tank)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *small = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gboolean offered = desk_tank_has (&tank->look, DESK_TANK_FAILING) || desk_tank_has (&tank->look, DESK_TANK_WARM);
  GtkWidget *down = tank->down ? button_new (_("_Empty It…"), "tanks.list-of", tank->id, TRUE)
                               : button_new (_("_Down…"), "tanks.down-of", tank->id, FALSE);

  if (offered && !tank->down)
    gtk_widget_add_css_class (down, "destructive-action");
  gtk_box_append (GTK_BOX (box), button_new (_("Record _Check…"), "tanks.check-of", tank->id, !tank->down));
  gtk_box_append (GTK_BOX (small), button_new (_("_Rules…"), "tanks.rules-of", tank->id, FALSE));
  gtk_box_append (GTK_BOX (small), down);
  gtk_box_set_homogeneous (GTK_BOX (small), TRUE);
  gtk_box_append (GTK_BOX (box), small);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

/* A row of the list for this tank. Its buttons call the actions of the view with the tank's id. */
GtkWidget *
desk_tank_card_new (DeskPage *page, const DeskTank *tank)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18), *chart = desk_tank_chart_new ();
  const char *headline = desk_words ("tank", desk_tank_headline (&tank->look));
  const DeskTankCheck *last = tank->checks->len ? tank->checks->pdata[tank->checks->len - 1] : NULL;
  g_autofree char *reading = last ? desk_tank_words_reading (last) : g_strdup ("");
  const char *facts[] = { tank->name, headline, reading };
  g_autofree char *words = desk_words_facts (facts, G_N_ELEMENTS (facts));

  desk_tank_chart_show (DESK_TANK_CHART (chart), tank->checks, tank->rule, words);
  gtk_widget_set_hexpand (chart, TRUE);
  gtk_box_append (GTK_BOX (box), names_new (tank));
  gtk_box_append (GTK_BOX (box), readings_new (page, tank));
  gtk_box_append (GTK_BOX (box), chart);
  gtk_box_append (GTK_BOX (box), buttons_new (tank));
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (row), "tank", g_memdup2 (&tank->id, sizeof tank->id), g_free);
  return row;
}
