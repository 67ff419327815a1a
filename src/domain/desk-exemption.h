/* Which nationals need no visa for a short stay, for how many days and on what condition: a table of data with the
 * day on which each line was true. The one shipped is data/visa-exemption.csv; a clinic can put its own in its
 * place. No nationality is named in code. */
#pragma once

#include "desk-day.h"
#include "desk-problem.h"

G_BEGIN_DECLS

typedef struct
{
  char *nationality; /* ISO 3166-1 alpha-3 */
  char *mrz;         /* codes of nationality the passport's machine-readable zone prints, joined by '+' */
  int days;
  int extension;     /* months reachable by an extension at the immigration bureau before the days end; 0 for none */
  char *requires;    /* conditions, joined by '+': desk_exemption_conditions () */
  char *confidence;  /* high, medium or low: how sure the source is */
  char *as_of;       /* ISO day on which the line was looked up */
  char *note;        /* in the words of whoever looked it up */
} DeskExemption;

/* before is NULL for a nationality that is new, after for one that goes. */
typedef struct
{
  const DeskExemption *before, *after;
} DeskExemptionChange;

typedef enum
{
  DESK_EXEMPT_NO,  /* needs a visa */
  DESK_EXEMPT_YES, /* on its conditions */
  DESK_EXEMPT_ASK, /* the code stands for several passports: which one is it? */
} DeskExempt;

const char *const *desk_exemption_conditions (void);
GPtrArray *desk_exemption_shipped (void);
GPtrArray *desk_exemption_read (const GPtrArray *rows, const guint *lines, DeskDay today, DeskProblems *problems);
char *desk_exemption_write (const GPtrArray *table);
GArray *desk_exemption_compare (const GPtrArray *before, const GPtrArray *after);
DeskExempt desk_exemption_find (const GPtrArray *table, const char *nationality, const DeskExemption **line);
char *desk_exemption_candidates (const GPtrArray *table, const char *nationality);
void desk_exemption_as_of (const GPtrArray *table, const char **oldest, const char **newest);
gboolean desk_exemption_requires (const DeskExemption *line, const char *condition);
void desk_exemption_free (DeskExemption *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskExemption, desk_exemption_free)

G_END_DECLS
