/* A long plain document: headings, tables with columns, maps of boxes. Everything has a height known beforehand, so that
 * a dry run counts the pages and the second run writes "page x of y". Drawn page by page: its length costs no memory. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DeskPack DeskPack;

/* One place of a map: two short lines, either may be NULL. */
typedef struct
{
  char *number, *whose;
} DeskPackPlace;

/* Fills it from the first line to the last; called twice. */
typedef gboolean (*DeskPackPut) (DeskPack *pack, gpointer data, GError **error);

gboolean desk_pack_write (int fd, const char *title, const char *foot, DeskPackPut put, gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void desk_pack_break (DeskPack *pack);
void desk_pack_heading (DeskPack *pack, const char *text, double needed);
void desk_pack_line (DeskPack *pack, const char *text, gboolean bold);
void desk_pack_columns (DeskPack *pack, const double *shares, const char *const *heads, guint n);
void desk_pack_row (DeskPack *pack, const char *const *texts);
void desk_pack_map (DeskPack *pack, const char *title, const char *const *row_names, guint rows, const char *const *col_names, guint cols, const DeskPackPlace *places);

G_END_DECLS
