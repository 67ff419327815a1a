/* Reads separated values after RFC 4180, a row at a time: quotes with doubled quotes and line ends inside, CR, LF or CR LF,
 * byte order mark, and what people's spreadsheets do to all of that. Wrong places are noted with their line and read
 * on as well as can be. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DESK_CSV_MAX_CELL 32768  /* bytes */
#define DESK_CSV_MAX_COLUMNS 512
#define DESK_CSV_MAX_ROWS 200000
#define DESK_CSV_MAX_PROBLEMS 200

typedef struct
{
  guint line;       /* from 1, as an editor counts */
  const char *code; /* static: bad-bytes, quote-open, quote-inside, cell-too-long, too-many-columns, too-many-rows */
} DeskCsvProblem;

typedef struct
{
  const char *encoding; /* static, or as it was given */
  char delimiter;
  guint line;           /* on which the row begins */
  guint row;            /* from 1, without empty lines */
  guint n_cells;
  GArray *problems;     /* of DeskCsvProblem, the first DESK_CSV_MAX_PROBLEMS */
  guint n_problems;
  /* Private. */
  char *text;
  const char *at, *end;
  guint next_line;
  GString *buffer;
  GArray *starts; /* of gsize, into the buffer */
} DeskCsv;

DeskCsv *desk_csv_new (const char *bytes, gsize length, const char *encoding, char delimiter);
void desk_csv_free (DeskCsv *csv);
gboolean desk_csv_next (DeskCsv *csv);
const char *desk_csv_cell (const DeskCsv *csv, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskCsv, desk_csv_free)

G_END_DECLS
