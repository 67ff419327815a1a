#include "desk-clock-row.h"

#include <glib/gi18n.h>

#include "desk-clock-words.h"
#include "desk-clock.h"
#include "desk-words.h"

struct _DeskClockRow
{
  GtkBox parent_instance;

  GTimeZone *clinic, *theirs; /* theirs is NULL where there is but one clock */
  char *clinic_name, *their_name;
  DeskDay day;                /* as it was read last */
  int minute;
  int chosen;                 /* of two times; -1 for none yet */
  DeskWallTimes times;

  GtkWidget *line, *other, *whose, *question, *asked, *buttons[2];
};

enum
{
  CHANGED,
  TYPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskClockRow, desk_clock_row, GTK_TYPE_BOX)

static gboolean
on_theirs (DeskClockRow *self)
{
  return self->theirs && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->whose));
}

static GTimeZone *
typed_zone (DeskClockRow *self)
{
  return on_theirs (self) ? self->theirs : self->clinic;
}

/* "In Tokyo: Thu 3 Dec 10:00". */
static void
show_other (DeskClockRow *self, gint64 instant)
{
  GTimeZone *zone = on_theirs (self) ? self->clinic : self->theirs;
  g_autofree char *city = desk_clock_city (on_theirs (self) ? self->clinic_name : self->their_name);
  g_autofree char *when = desk_words_when (instant, zone);
  g_autofree char *words = g_strdup_printf (_("In %s: %s"), city, when);

  gtk_label_set_label (GTK_LABEL (self->other), words);
}

static void
ask (DeskClockRow *self)
{
  GTimeZone *zone = typed_zone (self);
  g_autofree char *city = desk_clock_city (on_theirs (self) ? self->their_name : self->clinic_name);
  g_autofree char *words = g_strdup_printf (self->times.fit == DESK_WALL_GAP ? _("The clocks of %s skip this time that day.")
                                                                             : _("The clocks of %s show this time twice that day."),
                                            city);

  gtk_label_set_label (GTK_LABEL (self->asked), words);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *when = desk_words_when (self->times.at[i], zone);
      g_autofree char *label = g_strdup_printf ("%s: %s", desk_words ("wall", desk_wall_name_code (&self->times, i)), when);

      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
      if (self->chosen == (int) i)
        gtk_widget_add_css_class (self->buttons[i], "suggested-action");
      else
        gtk_widget_remove_css_class (self->buttons[i], "suggested-action");
    }
}

/* The instant of a time that was typed, and shows what there is to say of it. FALSE while one of two has to be chosen. */
gboolean
desk_clock_row_read (DeskClockRow *self, DeskDay day, int minute, gint64 *instant)
{
  if (day != self->day || minute != self->minute)
    self->chosen = -1;
  self->day = day;
  self->minute = minute;
  desk_wall_times (day, minute, typed_zone (self), &self->times);
  gboolean two = self->times.fit != DESK_WALL_ONE, good = !two || self->chosen >= 0;
  *instant = self->times.at[MAX (self->chosen, 0)];
  gtk_widget_set_visible (self->question, two);
  gtk_widget_set_visible (self->line, self->theirs != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), two || self->theirs);
  if (two)
    ask (self);
  if (self->theirs)
    show_other (self, *instant);
  return good;
}

/* Writes what was agreed into a visit whose time was read here. */
void
desk_clock_row_fill (DeskClockRow *self, DeskVisit *visit)
{
  if (!self->theirs)
    return;
  g_free (visit->wall);
  g_free (visit->wall_zone);
  g_free (visit->their_zone);
  visit->wall = desk_wall_of (visit->starts_at, typed_zone (self));
  visit->wall_zone = g_strdup (on_theirs (self) ? self->their_name : self->clinic_name);
  visit->their_zone = g_strdup (self->their_name);
}

/* Beside a gap there is a time of its own, which is typed in place of the one that is none. */
void
desk_clock_row_choose (DeskClockRow *self, guint which)
{
  GTimeZone *zone = typed_zone (self);
  gint64 at = self->times.at[which];

  if (self->times.fit == DESK_WALL_GAP)
    g_signal_emit (self, signals[TYPED], 0, desk_instant_day (at, zone), desk_instant_minute (at, zone));
  else
    {
      self->chosen = (int) which;
      g_signal_emit (self, signals[CHANGED], 0);
    }
}

void
desk_clock_row_set_theirs (DeskClockRow *self, gboolean theirs)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->whose), theirs);
}

static void
on_clicked (GtkWidget *button, DeskClockRow *self)
{
  desk_clock_row_choose (self, button == self->buttons[1]);
}

static void
on_whose (DeskClockRow *self)
{
  self->chosen = -1;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The clinic's clock; once, before all else. */
void
desk_clock_row_set_clinic (DeskClockRow *self, GTimeZone *zone, const char *name)
{
  g_clear_pointer (&self->clinic, g_time_zone_unref);
  self->clinic = g_time_zone_ref (zone);
  g_free (self->clinic_name);
  self->clinic_name = g_strdup (name && *name ? name : "Asia/Tokyo");
}

/* Whether the visit is remote, and the patient's zone: "" where it is not known. */
void
desk_clock_row_set_patient (DeskClockRow *self, gboolean remote, const char *zone_name)
{
  const char *name = remote && zone_name && *zone_name && g_strcmp0 (zone_name, self->clinic_name) != 0 ? zone_name : NULL;

  if (g_strcmp0 (name, self->their_name) == 0)
    return;
  g_clear_pointer (&self->theirs, g_time_zone_unref);
  g_free (self->their_name);
  self->their_name = g_strdup (name);
  self->theirs = name ? g_time_zone_new_identifier (name) : NULL;
  if (!self->theirs)
    return;
  g_autofree char *city = desk_clock_city (name);
  g_autofree char *words = g_strdup_printf (_("The time is on the clock of %s"), city);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (self->whose), words);
}

static void
desk_clock_row_finalize (GObject *object)
{
  DeskClockRow *self = DESK_CLOCK_ROW (object);

  g_clear_pointer (&self->clinic, g_time_zone_unref);
  g_clear_pointer (&self->theirs, g_time_zone_unref);
  g_free (self->clinic_name);
  g_free (self->their_name);
  G_OBJECT_CLASS (desk_clock_row_parent_class)->finalize (object);
}

static void
desk_clock_row_class_init (DeskClockRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = desk_clock_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", DESK_TYPE_CLOCK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TYPED] = g_signal_new ("typed", DESK_TYPE_CLOCK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
desk_clock_row_init (DeskClockRow *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->day = DESK_DAY_NONE;
  self->chosen = -1;
  self->clinic = g_time_zone_new_utc ();

  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  self->other = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->other), 0);
  gtk_widget_add_css_class (self->other, "heading");
  gtk_widget_set_hexpand (self->other, TRUE);
  self->whose = gtk_check_button_new ();
  g_signal_connect_swapped (self->whose, "toggled", G_CALLBACK (on_whose), self);
  gtk_box_append (GTK_BOX (self->line), self->other);
  gtk_box_append (GTK_BOX (self->line), self->whose);
  gtk_box_append (GTK_BOX (self), self->line);

  self->question = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->asked = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->asked), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->asked), 0);
  gtk_widget_set_hexpand (self->asked, TRUE);
  gtk_widget_add_css_class (self->asked, "warning");
  gtk_box_append (GTK_BOX (self->question), self->asked);
  for (guint i = 0; i < 2; i++)
    {
      self->buttons[i] = gtk_button_new ();
      g_signal_connect (self->buttons[i], "clicked", G_CALLBACK (on_clicked), self);
      gtk_box_append (GTK_BOX (self->question), self->buttons[i]);
    }
  gtk_box_append (GTK_BOX (self), self->question);
}
