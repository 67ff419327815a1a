#include "desk-merge-things.h"

#include <glib/gi18n.h>

#include "desk-words.h"

/* The words of a code depend on what it is the kind of. */
static const struct
{
  const char *what, *group;
} groups[] = {
  { "collection", "method" }, { "lot", "lot-status" }, { "unit", "life" }, { "course", "course" },
  { "document", "document-kind" }, { "companion", "relation" }, { "trip", "route" }, { "acceptance", "acceptance" },
};

static const char *
code_words (DeskPage *page, const DeskMergeThing *thing)
{
  if (g_str_equal (thing->what, "visit"))
    return desk_page_visit_type (page, thing->code);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i].what, thing->what))
      return desk_words (groups[i].group, thing->code);
  return "";
}

static char *
thing_words (DeskPage *page, const DeskMergeThing *thing)
{
  g_autofree char *when = thing->at ? desk_words_when (thing->at, desk_page_get_zone (page)) : g_strdup ("");
  g_autofree char *day = desk_words_iso_day (thing->name);
  const char *facts[] = { when, *day ? day : thing->name, code_words (page, thing) };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

static GtkWidget *
make_kind (const char *what, guint count, const char *lines)
{
  g_autofree char *title = g_strdup_printf ("%s: %u", desk_words ("merge-what", what), count);
  GtkWidget *expander = gtk_expander_new (title), *label = gtk_label_new (lines);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_start (label, 24);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_expander_set_child (GTK_EXPANDER (expander), label);
  return expander;
}

/* A line for each kind with its number, which opens to the names of all. */
GtkWidget *
desk_merge_things_new (DeskPage *page, const GPtrArray *things)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  for (guint i = 0, end; i < things->len; i = end)
    {
      const char *what = ((DeskMergeThing *) things->pdata[i])->what;
      g_autoptr (GString) lines = g_string_new (NULL);

      for (end = i; end < things->len && g_str_equal (((DeskMergeThing *) things->pdata[end])->what, what); end++)
        {
          g_autofree char *line = thing_words (page, things->pdata[end]);
          g_string_append_printf (lines, "%s%s", lines->len ? "\n" : "", line);
        }
      gtk_box_append (GTK_BOX (box), make_kind (what, end - i, lines->str));
    }
  if (things->len == 0)
    {
      GtkWidget *none = gtk_label_new (_("Nothing but the record itself"));
      gtk_label_set_xalign (GTK_LABEL (none), 0);
      gtk_box_append (GTK_BOX (box), none);
    }
  return box;
}
