#include "desk-shortcuts.h"

#include <glib/gi18n.h>

#include "desk-commands.h"

static const struct
{
  const char *place, *title;
} groups[] = {
  { NULL, N_("Everywhere") }, { "today", N_("Today") }, { "book", N_("Book") },
  { "patients", N_("Patients") }, { "cells", N_("Cells") }, { "papers", N_("Papers") },
};

/* More would run off a low screen: the window breaks between groups only. */
#define GROUP_ROWS 10

static void
begin_group (GString *ui, const char *heading)
{
  g_string_append_printf (ui, "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", heading);
}

static void
append_group (GString *ui, const char *place, const char *title)
{
  guint n, rows = 0;
  const DeskCommand *commands = desk_commands (&n);
  g_autofree char *heading = g_markup_escape_text (_(title), -1);

  begin_group (ui, heading);
  for (guint i = 0; i < n; i++)
    {
      if (!commands[i].key || g_strcmp0 (commands[i].place, place) != 0)
        continue;
      if (rows++ % GROUP_ROWS == 0 && rows > 1)
        {
          g_string_append (ui, "</object></child>");
          begin_group (ui, heading);
        }
      g_autofree char *name = g_markup_escape_text (_(commands[i].title), -1);
      g_autofree char *key = g_markup_escape_text (commands[i].key, -1);
      g_string_append_printf (ui,
                              "<child><object class='GtkShortcutsShortcut'><property name='title'>%s</property>"
                              "<property name='accelerator'>%s</property></object></child>",
                              name, key);
    }
  g_string_append (ui, "</object></child>");
}

/* The keys, made from the table of commands. GtkShortcutsWindow of 4.8 can only be filled by a builder. */
void
desk_shortcuts_show (GtkWindow *parent)
{
  g_autoptr (GString) ui = g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'><property name='modal'>1</property>"
                                         "<child><object class='GtkShortcutsSection'><property name='section-name'>all</property>"
                                         "<property name='max-height'>12</property>");

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    append_group (ui, groups[i].place, groups[i].title);
  g_string_append (ui, "</object></child></object></interface>");

  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (ui->str, ui->len);
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
