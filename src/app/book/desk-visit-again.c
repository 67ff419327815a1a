#include "desk-visit-again.h"

/* By "visit:version" the version that is the same. */
static GHashTable *
again_of (DeskDb *db)
{
  GHashTable *again = desk_db_get_kept (db, "visits-again");

  if (!again)
    {
      again = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      desk_db_keep (db, "visits-again", again, (GDestroyNotify) g_hash_table_unref);
    }
  return again;
}

static char *
again_key (gint64 id, gint64 version)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, id, version);
}

/* The version that stands for that one now. */
gint64
desk_visit_again (DeskDb *db, gint64 id, gint64 version)
{
  for (;;)
    {
      g_autofree char *key = again_key (id, version);
      const gint64 *later = g_hash_table_lookup (again_of (db), key);

      if (!later)
        return version;
      version = *later;
    }
}

/* What had version was, and was changed, is the same again as now. */
void
desk_visit_again_is (DeskDb *db, gint64 id, gint64 was, gint64 now)
{
  g_hash_table_insert (again_of (db), again_key (id, was), g_memdup2 (&now, sizeof now));
}
