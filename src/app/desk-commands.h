/* Everything the program can be told to do, in one table: it feeds the keys, the search box (Ctrl+K) and the
 * shortcuts window, so they cannot disagree. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *title;    /* N_() */
  const char *keywords; /* N_(): other words to find it by */
  const char *action;   /* "win.place", "patients.new" */
  const char *target;   /* string parameter, or NULL */
  const char *key;      /* accelerator, or NULL */
  const char *place;    /* the page that has the action, or NULL for the window */
  gboolean here;        /* its key works only while that page is shown: several pages may use one key */
  gboolean local;       /* the page binds the key itself, where it does not collide with typing */
} DeskCommand;

const DeskCommand *desk_commands (guint *n_commands);

G_END_DECLS
