#include "desk-template-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define WRONG "letter-wrong"
#define DOUBT "letter-doubt"
#define CURSOR "%|" /* in what is inserted: here the cursor stands afterwards */

struct _DeskTemplateText
{
  GtkSourceView parent_instance;

  GtkTextTag *wrong; /* the lines that have a problem */
};

G_DEFINE_FINAL_TYPE (DeskTemplateText, desk_template_text, GTK_SOURCE_TYPE_VIEW)

static void
on_dark (AdwStyleManager *manager, GParamSpec *pspec, GtkSourceBuffer *buffer)
{
  const char *name = adw_style_manager_get_dark (manager) ? "Adwaita-dark" : "Adwaita";

  gtk_source_buffer_set_style_scheme (buffer,
                                      gtk_source_style_scheme_manager_get_scheme (gtk_source_style_scheme_manager_get_default (), name));
}

/* An empty text with the colours of XML, light or dark as the window is; the caller owns it. */
GtkSourceBuffer *
desk_template_source_buffer (gboolean editable)
{
  GtkSourceLanguage *language = gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), "xml");
  GtkSourceBuffer *buffer = language ? gtk_source_buffer_new_with_language (language) : gtk_source_buffer_new (NULL);
  AdwStyleManager *manager = adw_style_manager_get_default ();

  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (buffer), editable);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (on_dark), buffer, 0);
  on_dark (manager, NULL, buffer);
  return buffer;
}

static GtkTextBuffer *
buffer_of (DeskTemplateText *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

/* All of the text; the caller frees it. */
char *
desk_template_text_get (DeskTemplateText *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer_of (self), &start, &end);
  return gtk_text_buffer_get_text (buffer_of (self), &start, &end, TRUE);
}

/* Another text, which Ctrl+Z does not take back. */
void
desk_template_text_set (DeskTemplateText *self, const char *xml)
{
  GtkTextIter start;

  gtk_text_buffer_begin_irreversible_action (buffer_of (self));
  gtk_text_buffer_set_text (buffer_of (self), xml, -1);
  gtk_text_buffer_end_irreversible_action (buffer_of (self));
  gtk_text_buffer_get_start_iter (buffer_of (self), &start);
  gtk_text_buffer_place_cursor (buffer_of (self), &start);
  gtk_text_buffer_set_modified (buffer_of (self), FALSE);
}

/* The same letter changed as a whole; Ctrl+Z takes it back, and the cursor stays in its line. */
void
desk_template_text_replace (DeskTemplateText *self, const char *xml)
{
  GtkTextBuffer *buffer = buffer_of (self);
  GtkTextIter start, end;
  int line = desk_template_text_get_line (self);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, xml, -1);
  gtk_text_buffer_end_user_action (buffer);
  desk_template_text_go_to (self, line);
}

/* The white space that the cursor's line begins with; the caller frees it. */
static char *
indentation (GtkTextBuffer *buffer, const GtkTextIter *at)
{
  GtkTextIter start = *at, end;

  gtk_text_iter_set_line_offset (&start, 0);
  end = start;
  while (!gtk_text_iter_ends_line (&end) && g_unichar_isspace (gtk_text_iter_get_char (&end)))
    gtk_text_iter_forward_char (&end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* Puts something where the cursor stands, in place of what is chosen; lines after the first are indented like this one. */
void
desk_template_text_insert (DeskTemplateText *self, const char *text)
{
  GtkTextBuffer *buffer = buffer_of (self);
  GtkTextIter at;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
  g_autofree char *indent = indentation (buffer, &at), *line_end = g_strconcat ("\n", indent, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *indented = g_strjoinv (line_end, lines);
  g_auto (GStrv) parts = g_strsplit (indented, CURSOR, 2);
  gtk_text_buffer_insert (buffer, &at, parts[0], -1);
  if (parts[0] && parts[1])
    {
      g_autoptr (GtkTextMark) here = g_object_ref (gtk_text_buffer_create_mark (buffer, NULL, &at, TRUE));

      gtk_text_buffer_insert (buffer, &at, parts[1], -1);
      gtk_text_buffer_get_iter_at_mark (buffer, &at, here);
      gtk_text_buffer_delete_mark (buffer, here);
    }
  gtk_text_buffer_place_cursor (buffer, &at);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Puts a block of its own behind the cursor's line; in its place where the line is empty. */
void
desk_template_text_insert_block (DeskTemplateText *self, const char *xml)
{
  GtkTextBuffer *buffer = buffer_of (self);
  GtkTextIter start, end;
  gsize length = strlen (xml);

  gtk_text_buffer_get_iter_at_mark (buffer, &start, gtk_text_buffer_get_insert (buffer));
  gtk_text_iter_set_line_offset (&start, 0);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  g_autofree char *line = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  gboolean blank = strspn (line, " \t") == strlen (line);
  g_autofree char *block = g_strndup (xml, length && xml[length - 1] == '\n' ? length - 1 : length);
  g_autofree char *text = g_strconcat (blank ? "" : "\n", block, NULL);
  gtk_text_buffer_place_cursor (buffer, &end);
  desk_template_text_insert (self, text);
}

/* The line of the cursor, from 1. */
int
desk_template_text_get_line (DeskTemplateText *self)
{
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_mark (buffer_of (self), &at, gtk_text_buffer_get_insert (buffer_of (self)));
  return gtk_text_iter_get_line (&at) + 1;
}

/* Puts the cursor into a line (from 1) and shows it. */
void
desk_template_text_go_to (DeskTemplateText *self, int line)
{
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_line (buffer_of (self), &at, MAX (line - 1, 0));
  gtk_text_buffer_place_cursor (buffer_of (self), &at);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer_of (self)), 0.1, FALSE, 0, 0.4);
}

/* Marks the lines of problems in the gutter, and underlines them. */
void
desk_template_text_mark (DeskTemplateText *self, const DeskLetterProblems *problems)
{
  GtkTextBuffer *buffer = buffer_of (self);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_source_buffer_remove_source_marks (GTK_SOURCE_BUFFER (buffer), &start, &end, NULL);
  gtk_text_buffer_remove_tag (buffer, self->wrong, &start, &end);
  for (guint i = 0; problems && i < problems->len; i++)
    {
      const DeskLetterProblem *problem = desk_letter_problems_get (problems, i);

      gtk_text_buffer_get_iter_at_line (buffer, &start, MAX (problem->line - 1, 0));
      gtk_source_buffer_create_source_mark (GTK_SOURCE_BUFFER (buffer), NULL, problem->warning ? DOUBT : WRONG, &start);
      while (!gtk_text_iter_ends_line (&start) && g_unichar_isspace (gtk_text_iter_get_char (&start)))
        gtk_text_iter_forward_char (&start);
      end = start;
      if (!gtk_text_iter_ends_line (&end))
        gtk_text_iter_forward_to_line_end (&end);
      gtk_text_buffer_apply_tag (buffer, self->wrong, &start, &end);
    }
}

static void
add_mark (DeskTemplateText *self, const char *category, const char *icon, const char *colour)
{
  g_autoptr (GtkSourceMarkAttributes) attributes = gtk_source_mark_attributes_new ();
  GdkRGBA background;

  gdk_rgba_parse (&background, colour);
  gtk_source_mark_attributes_set_icon_name (attributes, icon);
  gtk_source_mark_attributes_set_background (attributes, &background);
  gtk_source_view_set_mark_attributes (GTK_SOURCE_VIEW (self), category, attributes, 1);
}

/* The text's buffer comes once the source view is made: before, it takes none. */
static void
desk_template_text_constructed (GObject *object)
{
  DeskTemplateText *self = DESK_TEMPLATE_TEXT (object);
  g_autoptr (GtkSourceBuffer) buffer = desk_template_source_buffer (TRUE);

  G_OBJECT_CLASS (desk_template_text_parent_class)->constructed (object);
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self), GTK_TEXT_BUFFER (buffer));
  self->wrong = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (buffer), NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);
}

static void
desk_template_text_class_init (DeskTemplateTextClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = desk_template_text_constructed;
}

static void
desk_template_text_init (DeskTemplateText *self)
{
  GtkSourceView *view = GTK_SOURCE_VIEW (self);

  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self), FALSE);
  gtk_source_view_set_show_line_numbers (view, TRUE);
  gtk_source_view_set_show_line_marks (view, TRUE);
  gtk_source_view_set_highlight_current_line (view, TRUE);
  gtk_source_view_set_auto_indent (view, TRUE);
  gtk_source_view_set_insert_spaces_instead_of_tabs (view, TRUE);
  gtk_source_view_set_tab_width (view, 2);
  add_mark (self, WRONG, "dialog-error-symbolic", "rgba(213,94,0,0.18)");
  add_mark (self, DOUBT, "dialog-warning-symbolic", "rgba(240,228,66,0.18)");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Text of the letter"), -1);
}
