/* The printers of this computer, and how a paper gets to one. Behind it is GTK; a test puts printers of its own there. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DESK_TYPE_PRINTER (desk_printer_get_type ())
G_DECLARE_FINAL_TYPE (DeskPrinter, desk_printer, DESK, PRINTER, GObject)

/* One printer; says "changed" when its state does. */
struct _DeskPrinter
{
  GObject parent_instance;

  char *name;        /* as the system calls it: this is remembered, and stands in the register */
  char *where;       /* place and description, or "" */
  char *message;     /* what the printer says itself, or "" */
  const char *state; /* "ready", "paused", "refuses", "no-pdf" (cannot take what we make) */
  guint waiting;     /* jobs before ours */
  gboolean usual;    /* the computer's default */
  GObject *handle;   /* of the system; owned, or NULL */
};

DeskPrinter *desk_printer_new (const char *name, const char *where);
gboolean desk_printer_usable (const DeskPrinter *self);
void desk_printer_changed (DeskPrinter *self);

/* What a printer is given. */
typedef struct
{
  const char *title;
  int fd;               /* the PDF from its beginning; it stays the caller's, and open until the end is told */
  double width, height; /* of the paper, points */
  gboolean both_sides;
} DeskPrintOrder;

typedef enum
{
  DESK_PRINT_WAITING,  /* the printer has it, but it is not its turn */
  DESK_PRINT_PRINTING,
  DESK_PRINT_HELD,     /* it needs somebody: paper, toner, a door */
  DESK_PRINT_DONE,     /* these four are ends */
  DESK_PRINT_FAILED,   /* after it was given something */
  DESK_PRINT_NOT_GIVEN,/* the printer never took it: nothing came out */
  DESK_PRINT_LOST,     /* nobody knows */
} DeskPrintStage;

/* words: what printer or system say about it, or NULL. */
typedef void (*DeskPrintFollow) (DeskPrintStage stage, const char *words, gpointer user_data);

/* found is a GListStore of DeskPrinter; complete is called once, when all that are there are in it. */
typedef void (*DeskPrintersComplete) (GListStore *found, gpointer user_data);

typedef struct
{
  void (*find) (GListStore *found, DeskPrintersComplete complete, gpointer user_data);
  void (*send) (DeskPrinter *printer, const DeskPrintOrder *order, DeskPrintFollow follow, gpointer user_data);
} DeskPrintSystem;

const DeskPrintSystem *desk_print_system (void);
void desk_print_system_set (const DeskPrintSystem *system);

G_END_DECLS
