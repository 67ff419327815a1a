#include "letter-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "desk-letter-reader.h"

/* A letter whose blocks are given as XML, filled for a language. */
DeskLetter *
letter_from (const char *languages, const char *blocks, const DeskFields *fields, const char *language)
{
  g_autofree char *xml = g_strdup_printf ("<letter xmlns='urn:uketsuke:letter:1' name='x' version='1.0' languages='%s'>"
                                          "<title>Test</title><foot>{{patient.name?}}</foot>%s</letter>", languages, blocks);
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_read (xml, -1, &error);

  if (!template_)
    g_error ("%s in %s", error->message, blocks);
  DeskLetter *letter = desk_letter_fill (template_, fields, language, desk_day_from_ymd (2026, 11, 22), &error);
  g_assert_no_error (error);
  return letter;
}

/* The layout as a PDF file; unlink and free its path. */
char *
letter_pdf (const DeskLetterLayout *layout)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = desk_letter_pdf_bytes (layout, NULL, &error);
  char *path = NULL;

  g_assert_no_error (error);
  g_close (g_file_open_tmp ("uketsuke-XXXXXX.pdf", &path, NULL), NULL);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  return path;
}

/* What a tool of poppler prints about a file; the tool may have options, "%" stands for the path. */
char *
letter_tool (const char *tool, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (tool, "%", -1);
  g_autofree char *quoted = g_shell_quote (path), *command = g_strjoinv (quoted, parts);
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  if (!g_spawn_command_line_sync (command, &out, NULL, NULL, &error))
    g_error ("%s: %s", command, error->message);
  return out;
}

/* The text as pdftotext reads it. */
char *
letter_text (const DeskLetterLayout *layout)
{
  g_autofree char *path = letter_pdf (layout);
  char *text = letter_tool ("pdftotext -raw % -", path);

  g_unlink (path);
  return text;
}
