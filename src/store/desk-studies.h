/* Studies of a disc: a paper of the kind imaging with its files and what the disc said about the patient. */
#pragma once

#include "desk-db.h"

G_BEGIN_DECLS

/* Texts are lent. */
typedef struct
{
  gint64 patient_id;
  const char *uid, *studied_on;  /* the day may be partial or empty */
  const char *modalities;        /* CT,PT */
  const char *body_part, *description, *hospital;
  const char *disc_name, *disc_id, *disc_birth, *disc_sex; /* the patient as the disc has it */
  gint64 series, images;
  const char *reason;            /* why it is this patient although something differs; empty when nothing does */
  gboolean again;                /* file it although the patient has this study */
} DeskStudy;

typedef struct
{
  const char *name, *digest; /* lent */
  gint64 bytes;
} DeskStudyFile;

gboolean desk_study_unfile (DeskDb *db, gint64 document_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_study_file (DeskDb *db, const DeskStudy *study, const DeskStudyFile *files, guint n_files, gint64 *document_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean desk_study_find (DeskDb *db, const char *uid, gint64 *document_id, gint64 *patient_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
