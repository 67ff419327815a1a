/* Printers of a test: it says what is there, and how each print goes on. */
#pragma once

#include "desk-printers.h"

typedef struct
{
  DeskPrinter *printer;
  GByteArray *pdf;       /* what it was given */
  char *title;
  gboolean both_sides;
  DeskPrintFollow follow; /* NULL once it has ended */
  gpointer user_data;
} FakePrint;

void fake_printers_install (void);
void fake_printers_remove (void);
DeskPrinter *fake_printers_add (const char *name, const char *state);
guint fake_printers_n_prints (void);
FakePrint *fake_printers_print (guint n);
void fake_printers_say (guint n, DeskPrintStage stage, const char *words);
