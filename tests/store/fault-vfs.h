/* A disk that fails: SQLite's own file layer, with every change to a file counted and one of them made to go wrong. */
#pragma once

#include <glib.h>

typedef enum
{
  FAULT_NONE,  /* counts only */
  FAULT_KILL,  /* the process dies instead of the change, as by kill -9 */
  FAULT_TEAR,  /* the process dies in the middle of the change */
  FAULT_POWER, /* as above, and of what was not synced only a part is on the disk, in sectors, in any order */
  FAULT_FULL,  /* this one change finds the disk full */
  FAULT_IO,    /* this one change fails */
} FaultKind;

void fault_install (void);
void fault_arm (FaultKind kind, guint at, guint32 seed);
guint fault_count (void);
