/* What the files of "needs attention" share. */
#pragma once

#include "desk-attention.h"

G_BEGIN_DECLS

void desk_attention_add (GPtrArray *list, DeskAttentionKind kind, gint64 id, gint64 patient_id, char *name, DeskDay day, const char *detail, DeskDay today);
gboolean desk_attention_add_book (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_attention_add_lists (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_attention_add_paper (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_attention_add_consents (DeskDb *db, GPtrArray *list, DeskDay today, GTimeZone *zone, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_attention_add_money (DeskDb *db, GPtrArray *list, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
