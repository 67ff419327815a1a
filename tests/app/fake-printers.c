#include "fake-printers.h"

#include <unistd.h>

static GPtrArray *there;  /* of DeskPrinter */
static GPtrArray *prints; /* of FakePrint */

static void
print_free (gpointer data)
{
  FakePrint *print = data;

  g_object_unref (print->printer);
  g_byte_array_unref (print->pdf);
  g_free (print->title);
  g_free (print);
}

static void
find (GListStore *found, DeskPrintersComplete complete, gpointer user_data)
{
  for (guint i = 0; i < there->len; i++)
    g_list_store_append (found, there->pdata[i]);
  complete (found, user_data);
}

static void
send (DeskPrinter *printer, const DeskPrintOrder *order, DeskPrintFollow follow, gpointer user_data)
{
  FakePrint *print = g_new0 (FakePrint, 1);
  guint8 bytes[4096];
  gssize got;

  print->printer = g_object_ref (printer);
  print->pdf = g_byte_array_new ();
  print->title = g_strdup (order->title);
  print->both_sides = order->both_sides;
  print->follow = follow;
  print->user_data = user_data;
  while ((got = read (order->fd, bytes, sizeof bytes)) > 0)
    g_byte_array_append (print->pdf, bytes, (guint) got);
  g_ptr_array_add (prints, print);
}

/* From now on there are no printers but those that are added. */
void
fake_printers_install (void)
{
  static const DeskPrintSystem fake = { find, send };

  there = g_ptr_array_new_with_free_func (g_object_unref);
  prints = g_ptr_array_new_with_free_func (print_free);
  desk_print_system_set (&fake);
}

void
fake_printers_remove (void)
{
  for (guint i = 0; i < prints->len; i++)
    fake_printers_say (i, DESK_PRINT_LOST, NULL);
  desk_print_system_set (NULL);
  g_clear_pointer (&there, g_ptr_array_unref);
  g_clear_pointer (&prints, g_ptr_array_unref);
}

/* Lent. */
DeskPrinter *
fake_printers_add (const char *name, const char *state)
{
  DeskPrinter *printer = desk_printer_new (name, "Reception");

  printer->state = state;
  g_ptr_array_add (there, printer);
  return printer;
}

guint
fake_printers_n_prints (void)
{
  return prints->len;
}

FakePrint *
fake_printers_print (guint n)
{
  g_assert_cmpuint (n, <, prints->len);
  return prints->pdata[n];
}

/* How the print goes on; what has ended says nothing more. */
void
fake_printers_say (guint n, DeskPrintStage stage, const char *words)
{
  FakePrint *print = fake_printers_print (n);
  DeskPrintFollow follow = print->follow;

  if (stage >= DESK_PRINT_DONE)
    print->follow = NULL;
  if (follow)
    follow (stage, words, print->user_data);
}
