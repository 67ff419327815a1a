/* Layout of hand-made letters: long ones, mixed scripts, what cannot be written. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "desk-error.h"
#include "desk-letter-page.h"

static DeskBlock *
text_block (DeskBlockKind kind, const char *source)
{
  DeskBlock *block = desk_block_new (kind);
  DeskText *text = desk_text_new (NULL);
  g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();

  desk_text_append (text, source, FALSE, 0, problems);
  g_assert_cmpuint (problems->len, ==, 0);
  g_ptr_array_add (block->texts, text);
  return block;
}

static DeskLetterTemplate *
make_template (void)
{
  DeskLetterTemplate *template_ = desk_letter_template_new ();

  template_->name = g_strdup ("test");
  template_->version = g_strdup ("1");
  template_->title = text_block (DESK_BLOCK_CELL, "Test");
  template_->foot = text_block (DESK_BLOCK_CELL, "{{patient.name}}");
  g_ptr_array_add (template_->languages, g_strdup ("en"));
  return template_;
}

static DeskLetter *
fill (const DeskLetterTemplate *template_, const char *name, int visits)
{
  g_autoptr (DeskFields) fields = desk_fields_new ();
  g_autoptr (GError) error = NULL;

  desk_fields_set (fields, "patient.name", name);
  for (int i = 0; i < visits; i++)
    desk_fields_set (desk_fields_add (fields, "visits"), "date", "1 February 2026");
  DeskLetter *letter = desk_letter_fill (template_, fields, "en", 0, &error);
  g_assert_no_error (error);
  return letter;
}

/* The text of the PDF as pdftotext reads it. */
static char *
pdf_text (const DeskLetterLayout *layout)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *command = NULL;
  char *text = NULL;
  int fd = g_file_open_tmp ("uketsuke-XXXXXX.pdf", &path, &error);

  g_assert_cmpint (fd, >=, 0);
  if (!desk_letter_write_pdf (layout, fd, &error))
    g_error ("%s", error->message);
  close (fd);
  command = g_strdup_printf ("pdftotext -raw '%s' -", path);
  g_assert_true (g_spawn_command_line_sync (command, &text, NULL, NULL, NULL));
  g_unlink (path);
  return text;
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, word)); p += strlen (word))
    n++;
  return n;
}

static void
test_ten_thousand_letters (void)
{
  static const DeskBlockKind kinds[] = { DESK_BLOCK_PARAGRAPH, DESK_BLOCK_HEADING, DESK_BLOCK_PAIR, DESK_BLOCK_CHECK };
  g_autofree char *name = g_strnfill (10000, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (DeskLetterTemplate) template_ = make_template ();

      g_ptr_array_add (template_->blocks, text_block (kinds[i], "{{patient.name}}"));
      g_ptr_array_add (template_->blocks, text_block (DESK_BLOCK_PARAGRAPH, "THE-END"));
      g_autoptr (DeskLetter) letter = fill (template_, name, 0);
      g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);
      g_autofree char *text = pdf_text (layout);

      g_assert_cmpuint (desk_letter_layout_n_pages (layout), >=, 2);
      g_assert_cmpuint (count (text, "THE-END"), ==, 1);
      g_assert_cmpuint (count (text, "x"), >=, 10000);
    }
}

/* A table of a hundred rows: none is lost, none twice, and each page says what the columns are. */
static void
test_table_head_repeats (void)
{
  g_autoptr (DeskLetterTemplate) template_ = make_template ();
  DeskBlock *table = desk_block_new (DESK_BLOCK_TABLE), *head = desk_block_new (DESK_BLOCK_ROW), *row = desk_block_new (DESK_BLOCK_ROW);

  g_ptr_array_add (head->children, text_block (DESK_BLOCK_CELL, "COLUMN"));
  g_ptr_array_add (row->children, text_block (DESK_BLOCK_CELL, "{{visit.date}}"));
  row->loop = g_strdup ("visits");
  row->as = g_strdup ("visit");
  g_ptr_array_add (table->children, head);
  g_ptr_array_add (table->children, row);
  g_ptr_array_add (template_->blocks, table);

  g_autoptr (DeskLetter) letter = fill (template_, "NGUYEN", 100);
  g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);
  g_autofree char *text = pdf_text (layout);
  g_assert_cmpuint (desk_letter_layout_n_pages (layout), ==, 3);
  g_assert_cmpuint (count (text, "COLUMN"), ==, 3);
  g_assert_cmpuint (count (text, "1 February 2026"), ==, 100);
  g_assert_cmpuint (count (text, "NGUYEN"), ==, 3);
}

/* What belongs together is not torn apart at the end of a page. */
static void
test_group_stays_together (void)
{
  for (int lines = 1; lines < 60; lines++)
    {
      g_autoptr (DeskLetterTemplate) template_ = make_template ();
      DeskBlock *group = desk_block_new (DESK_BLOCK_GROUP);

      for (int i = 0; i < lines; i++)
        g_ptr_array_add (template_->blocks, text_block (DESK_BLOCK_PARAGRAPH, "line"));
      g_ptr_array_add (group->children, text_block (DESK_BLOCK_PARAGRAPH, "FIRST"));
      g_ptr_array_add (group->children, text_block (DESK_BLOCK_PARAGRAPH, "SECOND"));
      g_ptr_array_add (template_->blocks, group);
      g_autoptr (DeskLetter) letter = fill (template_, "N", 0);
      g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);
      if (desk_letter_layout_n_pages (layout) < 2)
        continue;
      g_autofree char *text = pdf_text (layout);
      g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
      g_assert_true (!strstr (pages[0], "FIRST") == !strstr (pages[0], "SECOND"));
      if (strstr (pages[1], "FIRST"))
        return;
    }
  g_assert_not_reached ();
}

/* No letter of any script a patient's name may have is drawn as a box. */
static void
test_no_tofu (void)
{
  static const char *const names[] = { "Żółć", "Нұрсұлтан", "徐国庆", "황 민준", "ธงชัย", "गुप्ता", "عائشة الشامسي", "ခင်မြင့်", "Ελένη", "דוד" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (DeskLetterTemplate) template_ = make_template ();

      g_ptr_array_add (template_->blocks, text_block (DESK_BLOCK_PARAGRAPH, "Name: {{patient.name}} (end)"));
      g_autoptr (DeskLetter) letter = fill (template_, names[i], 0);
      g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);
      g_auto (GStrv) scripts = desk_letter_layout_unknown_scripts (layout);
      g_assert_null (scripts[0]);
    }
}

static void
test_disk_full (void)
{
  g_autoptr (DeskLetterTemplate) template_ = make_template ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (template_->blocks, text_block (DESK_BLOCK_PARAGRAPH, "words"));
  g_autoptr (DeskLetter) letter = fill (template_, "N", 0);
  g_autoptr (DeskLetterLayout) layout = desk_letter_layout_new (letter, NULL);
  int fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_assert_false (desk_letter_write_pdf (layout, fd, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_FULL);
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-page/ten-thousand-letters", test_ten_thousand_letters);
  g_test_add_func ("/letter-page/table-head-repeats", test_table_head_repeats);
  g_test_add_func ("/letter-page/group-stays-together", test_group_stays_together);
  g_test_add_func ("/letter-page/no-tofu", test_no_tofu);
  g_test_add_func ("/letter-page/disk-full", test_disk_full);
  return g_test_run ();
}
