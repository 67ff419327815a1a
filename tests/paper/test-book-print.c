/* The book on paper, read back with pdftotext: what stands on which sheet, names of any script, months. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "desk-book-print.h"
#include "desk-error.h"

static DeskBookPrint *
day_of (guint columns)
{
  DeskBookPrint *print = desk_book_print_new ("en", "Tue 24 November 2026", "Sample Clinic", "Printed today");

  print->from = 480;
  print->until = 1140;
  for (guint i = 0; i < columns; i++)
    {
      DeskBookPrintColumn column = { g_strdup_printf ("Chair %u", i + 1), g_strdup ("1 visit"), NULL, 540, 1080 };
      DeskBookPrintBox box = { .column = i, .lanes = 1, .from = 600, .until = 660, .time = g_strdup ("10:00"),
                               .name = g_strdup_printf ("PATIENT%u", i + 1), .detail = g_strdup ("Infusion"),
                               .marks = g_strdup ("ZH"), .letter = g_strdup ("B") };

      g_array_append_val (print->columns, column);
      g_array_append_val (print->boxes, box);
    }
  return print;
}

/* The text of one sheet; spaces are only guessed in text this small, and are left out. */
static char *
sheet_text (const DeskBookPrint *print, guint page)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *text = NULL, *number = g_strdup_printf ("%u", page + 1);
  int status, fd = g_file_open_tmp ("book-XXXXXX.pdf", &path, &error);
  const char *args[] = { "pdftotext", "-raw", "-f", number, "-l", number, path, "-", NULL };

  g_assert_no_error (error);
  g_assert_true (desk_book_print_write_pdf (print, fd, &error));
  g_assert_no_error (error);
  close (fd);
  g_assert_true (g_spawn_sync (NULL, (char **) args, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, &status, &error));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_unlink (path);
  g_auto (GStrv) parts = g_strsplit_set (text, " \n\f", -1);
  return g_strjoinv ("", parts);
}

static void
test_sheets (void)
{
  g_autoptr (DeskBookPrint) narrow = day_of (4), wide = day_of (10);

  g_assert_false (desk_book_print_landscape (narrow));
  g_assert_cmpuint (desk_book_print_pages (narrow), ==, 1);
  g_assert_true (desk_book_print_landscape (wide));
  g_assert_cmpuint (desk_book_print_pages (wide), ==, 2);
  g_autofree char *first = sheet_text (wide, 0), *second = sheet_text (wide, 1);
  g_assert_nonnull (strstr (first, "Tue24November2026"));
  g_assert_nonnull (strstr (first, "PATIENT5"));
  g_assert_null (strstr (first, "PATIENT6"));
  g_assert_nonnull (strstr (second, "Tue24November2026"));
  g_assert_nonnull (strstr (second, "PATIENT6"));
  g_assert_nonnull (strstr (second, "PATIENT10"));
  g_assert_nonnull (strstr (second, "2/2"));
}

static void
test_names (void)
{
  g_autoptr (DeskBookPrint) print = desk_book_print_new ("ja", "2026年11月24日（火）", "クリニック", "印刷");
  DeskBookPrintColumn column = { g_strdup ("チェア1"), g_strdup (""), NULL, 540, 1080 };
  DeskBookPrintBox japanese = { 0, 0, 1, 600, 660, g_strdup ("10:00"), g_strdup ("渡辺 さくら"), g_strdup ("投与"), g_strdup (""), g_strdup ("予"), FALSE };
  DeskBookPrintBox arabic = { 0, 0, 1, 660, 720, g_strdup ("11:00"), g_strdup ("عائشة"), g_strdup ("投与"), g_strdup (""), g_strdup ("仮"), TRUE };
  DeskBookPrintBlock block = { 0, 720, 780, g_strdup ("昼休み") };

  print->from = 480;
  print->until = 1140;
  g_array_append_val (print->columns, column);
  g_array_append_val (print->boxes, japanese);
  g_array_append_val (print->boxes, arabic);
  g_array_append_val (print->blocks, block);
  g_autofree char *text = sheet_text (print, 0);
  g_assert_nonnull (strstr (text, "2026年11月24日（火）"));
  g_assert_nonnull (strstr (text, "渡辺さくら"));
  g_assert_nonnull (strstr (text, "予10:00"));
  g_assert_nonnull (strstr (text, "仮11:00"));
  g_assert_nonnull (strstr (text, "昼休み"));
}

static void
test_month (void)
{
  g_autoptr (DeskBookPrint) print = desk_book_print_new ("en", "November 2026", "Sample Clinic", "Printed today");
  static const char *const lines[] = { "6 × Infusion", "2 × Blood draw", NULL };

  for (guint i = 0; i < 7; i++)
    print->weekdays[i] = g_strdup_printf ("D%u", i + 1);
  for (guint i = 0; i < 35; i++)
    {
      DeskBookPrintDay day = { g_strdup_printf ("%u", i + 1), i == 22 ? g_strdup ("Labour Day") : NULL,
                               i == 10 ? g_strdupv ((char **) lines) : NULL, i == 22, i >= 30, i == 10 };

      g_array_append_val (print->days, day);
    }
  g_assert_true (desk_book_print_landscape (print));
  g_assert_cmpuint (desk_book_print_pages (print), ==, 1);
  g_autofree char *text = sheet_text (print, 0);
  g_assert_nonnull (strstr (text, "November2026"));
  g_assert_nonnull (strstr (text, "6×Infusion"));
  g_assert_nonnull (strstr (text, "LabourDay"));
  g_assert_nonnull (strstr (text, "D7"));
}

/* A full disk is an error, not a sheet that is missing. */
static void
test_full (void)
{
  g_autoptr (DeskBookPrint) print = day_of (2);
  g_autoptr (GError) error = NULL;
  int fd = open ("/dev/full", O_WRONLY);

  g_assert_cmpint (fd, >=, 0);
  g_assert_false (desk_book_print_write_pdf (print, fd, &error));
  g_assert_nonnull (error);
  close (fd);
}

/* A name no font has is refused, not printed as a box. */
static void
test_no_font (void)
{
  g_autoptr (DeskBookPrint) print = day_of (2);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("book-XXXXXX.pdf", &path, &error);
  DeskBookPrintBox *box = &g_array_index (print->boxes, DeskBookPrintBox, 1);

  g_assert_true (desk_book_print_write_pdf (print, fd, &error));
  g_free (box->name);
  box->name = g_strdup ("CHEN \xf3\xb1\x88\xb4");
  g_assert_false (desk_book_print_write_pdf (print, fd, &error));
  g_assert_error (error, DESK_ERROR, DESK_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "font-missing-Zzzz");
  close (fd);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book-print/sheets", test_sheets);
  g_test_add_func ("/book-print/names", test_names);
  g_test_add_func ("/book-print/month", test_month);
  g_test_add_func ("/book-print/full", test_full);
  g_test_add_func ("/book-print/no-font", test_no_font);
  return g_test_run ();
}
