#include "desk-gate-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-words.h"

/* Each light has a shape of its own: colour is never the only sign. */
static const struct
{
  const char *code, *icon, *style;
} lights[] = {
  [DESK_LIGHT_IDLE] = { "idle", "content-loading-symbolic", "dim-label" },
  [DESK_LIGHT_GREEN] = { "green", "emblem-ok-symbolic", "success" },
  [DESK_LIGHT_AMBER] = { "amber", "alarm-symbolic", "warning" },
  [DESK_LIGHT_RED] = { "red", "dialog-error-symbolic", "error" },
};

/* The state in a word or two. */
const char *
desk_gate_words_light (DeskLight light)
{
  return desk_words ("gate-light", lights[light].code);
}

/* The gate as a heading. */
const char *
desk_gate_words_title (DeskGate gate)
{
  return desk_words ("gate", desk_gate_code (gate));
}

/* The rule's name. */
const char *
desk_gate_words_rule (const char *code)
{
  return desk_words ("gate-rule", code);
}

/* Names of rules from their codes, comma separated both; the caller frees it. */
char *
desk_gate_words_rules (const char *codes)
{
  g_auto (GStrv) list = g_strsplit (codes ? codes : "", ",", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; list[i]; i++)
    g_ptr_array_add (words, (gpointer) desk_gate_words_rule (list[i]));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

/* Appends a part of a line and frees it. */
static void
append (GString *line, char *part)
{
  g_string_append_printf (line, "%s%s", line->len ? " · " : "", part);
  g_free (part);
}

/* The state, how many rules are not met, for which day, until when: one line, the caller frees it. */
char *
desk_gate_words_summary (DeskGate gate, const DeskGateSummary *summary)
{
  g_autoptr (GString) line = g_string_new (desk_gate_words_light (summary->light));

  if (summary->n_red)
    append (line, g_strdup_printf (g_dngettext (NULL, "%u to mend", "%u to mend", summary->n_red), summary->n_red));
  if (summary->n_amber)
    append (line, g_strdup_printf (g_dngettext (NULL, "%u will fail", "%u will fail", summary->n_amber), summary->n_amber));
  if (summary->n_overridden)
    append (line, g_strdup_printf (g_dngettext (NULL, "%u overridden", "%u overridden", summary->n_overridden),
                                   summary->n_overridden));
  if (summary->day != DESK_DAY_NONE)
    {
      g_autofree char *day = desk_words_day (summary->day);
      append (line, g_strdup_printf (gate == DESK_GATE_DRAW ? _("draw on %s") : _("infusion on %s"), day));
    }
  else if (gate == DESK_GATE_DRAW)
    append (line, g_strdup (_("no draw is booked; checked for today")));
  if (summary->light == DESK_LIGHT_GREEN && summary->ready_until != DESK_DAY_NONE)
    {
      g_autofree char *day = desk_words_day (summary->ready_until);
      append (line, g_strdup_printf (_("stays ready until %s"), day));
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* The names of what a rule found: agents, tests or a number. */
static char *
detail_words (const DeskGateCheck *check)
{
  const char *colon = strchr (check->detail, ':');
  const char *list = check->rule->look == DESK_LOOK_LOT ? (colon ? colon + 1 : "") : check->detail;
  g_autofree char *number = check->rule->look == DESK_LOOK_LOT
                                ? g_strndup (check->detail, colon ? (gsize) (colon - check->detail) : strlen (check->detail))
                                : NULL;
  g_auto (GStrv) codes = g_strsplit (list, ",", -1);
  g_autoptr (GString) line = g_string_new (number);
  const char *group = check->rule->look == DESK_LOOK_LOT ? "test" : "agent";

  if (check->rule->look == DESK_LOOK_DOSE)
    return g_strdup (check->detail);
  for (guint i = 0; codes[i]; i++)
    g_string_append_printf (line, "%s%s", i ? ", " : line->len ? ": " : "", desk_words (group, codes[i]));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* What a rule says, with its days: "Good today, too old on the draw day 12 March 2026 · good until 9 March 2026".
 * The caller frees it. */
char *
desk_gate_words_check (const DeskCase *case_, const DeskGateCheck *check)
{
  g_autoptr (GString) line = g_string_new (NULL);
  DeskDay day = case_->days[check->rule->measured];

  if (check->light == DESK_LIGHT_AMBER && g_str_equal (check->code, "will-expire") && day != DESK_DAY_NONE)
    {
      g_autofree char *words = desk_words_day (day);
      append (line, g_strdup_printf (check->rule->measured == DESK_GATE_DRAW ? _("Good today, too old on the draw day %s")
                                                                             : _("Good today, too old on %s"), words));
    }
  else
    append (line, g_strdup (desk_words ("gate-code", check->code)));
  if (*check->detail)
    append (line, detail_words (check));
  if (check->good_until != DESK_DAY_NONE && !g_str_equal (check->code, "no-stay"))
    {
      g_autofree char *words = desk_words_day (check->good_until);
      append (line, g_strdup_printf (check->light == DESK_LIGHT_RED && strstr (check->code, "old")
                                         ? _("was good until %s") : _("good until %s"), words));
    }
  if (check->due_on != DESK_DAY_NONE)
    {
      g_autofree char *words = desk_words_day (check->due_on);
      append (line, g_strdup_printf (_("expected by %s"), words));
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Who passed a rule over, until when and why; the caller frees it. */
char *
desk_gate_words_override (const DeskGateOverride *override)
{
  g_autofree char *until = override->until == DESK_DAY_NONE ? NULL : desk_words_day (override->until);

  /* Translators: a physician's name, a day, a reason */
  return until ? g_strdup_printf (_("Overridden by %s until %s: %s"), override->by, until, override->reason)
               : g_strdup_printf (_("Overridden by %s: %s"), override->by, override->reason);
}

/* A light as a picture with its word for screen readers; an overridden one has a shape of its own. */
GtkWidget *
desk_gate_mark_new (DeskLight light, gboolean overridden)
{
  GtkWidget *mark = gtk_image_new_from_icon_name (overridden ? "security-medium-symbolic" : lights[light].icon);
  const char *word = overridden ? desk_words ("gate-light", "overridden") : desk_gate_words_light (light);

  gtk_widget_add_css_class (mark, overridden ? "accent" : lights[light].style);
  gtk_widget_set_tooltip_text (mark, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  return mark;
}
