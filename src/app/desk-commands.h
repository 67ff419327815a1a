/* Everything the program can be told to do, in one table: it feeds the keys, the search box (Ctrl+K) and the
 * shortcuts window, so they cannot disagree. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the key of a command works. */
typedef enum
{
  DESK_SCOPE_EVERYWHERE,
  DESK_SCOPE_PAGE, /* only while its page is shown: several pages may use one key */
  DESK_SCOPE_OWN,  /* the page binds the key itself, where it does not collide with typing */
} DeskScope;

typedef struct
{
  const char *title;    /* N_() */
  const char *keywords; /* N_(): other words to find it by */
  const char *action;   /* "win.place", "patients.new" */
  const char *target;   /* string parameter, or NULL */
  const char *key;      /* accelerator, or NULL */
  const char *place;    /* the page that has the action, or NULL for the window */
  DeskScope scope;      /* of the key */
} DeskCommand;

const DeskCommand *desk_commands (guint *n_commands);

G_END_DECLS
