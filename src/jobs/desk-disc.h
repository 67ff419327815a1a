/* What is on a patient's disc or in a folder of DICOM files: patients, their studies, the series, the files.
 *
 * The files are read by the helper in its sandbox; what it answers is checked here, and names of files are made harmless
 * before anybody sees them. The folder is only read. Once scanned a disc does not change, and threads may share it. */
#pragma once

#include <gio/gio.h>

#include "desk-error.h"
#include "desk-preview.h"
#include "desk-progress.h"

G_BEGIN_DECLS

/* Texts are UTF-8 and never NULL unless it says so; days are YYYY-MM-DD or less of it, times HH:MM[:SS]. */
typedef struct
{
  char *path;     /* from the folder, raw bytes; NULL for one that is listed and not there */
  char *name;     /* to be shown */
  char *uid;      /* SOP instance; may be empty */
  char *syntax;   /* transfer syntax */
  gint64 bytes;
  gboolean pixels;
} DeskDiscFile;

typedef struct
{
  char *uid, *modality, *number, *body_part, *description, *hospital, *syntax;
  guint images;     /* files with a picture */
  GPtrArray *files; /* DeskDiscFile */
} DeskDiscSeries;

typedef struct
{
  char *uid, *date, *time, *accession, *id, *description, *hospital, *referrer;
  GPtrArray *modalities; /* char *, each once */
  guint images, files, missing;
  GPtrArray *series; /* DeskDiscSeries */
} DeskDiscStudy;

typedef struct
{
  char *id, *issuer; /* the foreign hospital's number, never ours */
  char *name;        /* alphabetic=ideographic=phonetic, each family^given^middle^prefix^suffix */
  char *other_names;
  char *birth;
  char *sex;         /* M, F, O or empty */
  GPtrArray *studies; /* DeskDiscStudy, oldest first */
} DeskDiscPatient;

typedef struct
{
  char *code, *name; /* what is wrong, with which file */
} DeskDiscProblem;

typedef struct
{
  char *folder;
  gboolean directory; /* has a DICOMDIR */
  guint files;        /* DICOM files */
  GPtrArray *patients; /* DeskDiscPatient */
  GPtrArray *problems; /* DeskDiscProblem */
} DeskDisc;

DeskDisc *desk_disc_scan (const char *folder, DeskProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskDisc *desk_disc_parse (const char *answer, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
DeskDisc *desk_disc_ref (DeskDisc *disc);
void desk_disc_unref (DeskDisc *disc);
gboolean desk_disc_write (const DeskDisc *disc, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;
int desk_disc_open (const char *folder, const DeskDiscFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDisc, desk_disc_unref)

G_END_DECLS
