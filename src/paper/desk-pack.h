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

/* fd −1: a dry run; pages is what it counted. */
DeskPack *desk_pack_new (int fd, const char *title, const char *foot, guint pages);
void desk_pack_free (DeskPack *pack);
guint desk_pack_n_pages (const DeskPack *pack);
gboolean desk_pack_finish (DeskPack *pack, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void desk_pack_break (DeskPack *pack);
void desk_pack_heading (DeskPack *pack, const char *text, double needed);
void desk_pack_line (DeskPack *pack, const char *text, gboolean bold);
void desk_pack_columns (DeskPack *pack, const double *shares, const char *const *heads, guint n);
void desk_pack_row (DeskPack *pack, const char *const *texts);
void desk_pack_map (DeskPack *pack, const char *title, const char *const *row_names, guint rows, const char *const *col_names, guint cols, const DeskPackPlace *places);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskPack, desk_pack_free)

G_END_DECLS
