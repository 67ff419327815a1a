/* Quotes of a patient. */
#pragma once

#include "desk-db.h"
#include "desk-quote.h"

G_BEGIN_DECLS

/* What a quote can be begun from. */
typedef struct
{
  gboolean plan;          /* else a course */
  gint64 id;
  char *name, *name_ja;   /* of the course it follows; "" where that is gone */
  char *strategy;         /* of a plan; "" of a course */
  DeskDay first, last;    /* of its visits; DESK_DAY_NONE without any. last: of a plan */
} DeskQuoteSource;

GPtrArray *desk_quote_sources (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *desk_quote_list (DeskDb *db, gint64 patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskQuote *desk_quote_load (DeskDb *db, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskQuote *desk_quote_begin (DeskDb *db, gint64 patient_id, DeskDay today, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskQuote *desk_quote_begin_plan (DeskDb *db, gint64 plan_id, DeskDay today, guint *unpriced, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskQuote *desk_quote_begin_course (DeskDb *db, gint64 course_id, DeskDay today, guint *unpriced, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_quote_save (DeskDb *db, DeskQuote *quote, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_quote_delete (DeskDb *db, gint64 id, gint64 version, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean desk_quote_send (DeskDb *db, gint64 id, gint64 *version, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_quote_accept (DeskDb *db, gint64 id, gint64 *version, DeskDay on, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_quote_refuse (DeskDb *db, gint64 id, gint64 *version, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_quote_lapse (DeskDb *db, DeskDay today, gint64 *n_lapsed, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_quote_revise (DeskDb *db, gint64 id, DeskDay today, gint64 *new_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
