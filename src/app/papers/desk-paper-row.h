/* A paper in the inbox: what it is and whose. */
#pragma once

#include <gtk/gtk.h>

#include "desk-document.h"
#include "desk-list-model.h"

G_BEGIN_DECLS

/* A row of the inbox's list model. */
typedef struct
{
  DeskDocument *document;
  const char *state; /* static or of the document: as it is today, by the clinic's rules of age */
  char *patient_name, *patient_chart;
} DeskPaper;

void desk_paper_free (DeskPaper *paper);
GtkListItemFactory *desk_paper_row_factory (void);

G_END_DECLS
