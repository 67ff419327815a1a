/* The data set of a DICOM file up to its pixels (PS3.10, PS3.5): only what the desk needs, each length checked against
 * the bytes that are there. What is wrong becomes a code; what could be read before it is kept. */
#pragma once

#include "desk-dicom-text.h"

G_BEGIN_DECLS

/* The rows of the table in desk-dicom-read.c. */
typedef enum
{
  DESK_DICOM_MEDIA_CLASS,
  DESK_DICOM_SYNTAX,
  DESK_DICOM_RECORD,
  DESK_DICOM_FILE_ID,
  DESK_DICOM_FILE_CLASS,
  DESK_DICOM_FILE_UID,
  DESK_DICOM_FILE_SYNTAX,
  DESK_DICOM_CLASS,
  DESK_DICOM_UID,
  DESK_DICOM_STUDY_DATE,
  DESK_DICOM_STUDY_TIME,
  DESK_DICOM_ACCESSION,
  DESK_DICOM_MODALITY,
  DESK_DICOM_MANUFACTURER,
  DESK_DICOM_HOSPITAL,
  DESK_DICOM_REFERRER,
  DESK_DICOM_STUDY_TEXT,
  DESK_DICOM_SERIES_TEXT,
  DESK_DICOM_NAME,
  DESK_DICOM_PATIENT_ID,
  DESK_DICOM_ISSUER,
  DESK_DICOM_BIRTH,
  DESK_DICOM_SEX,
  DESK_DICOM_OTHER_NAMES,
  DESK_DICOM_BODY_PART,
  DESK_DICOM_STUDY_UID,
  DESK_DICOM_SERIES_UID,
  DESK_DICOM_STUDY_ID,
  DESK_DICOM_SERIES_NUMBER,
  DESK_DICOM_NUMBER,
  DESK_DICOM_FRAMES,
  DESK_DICOM_N_FIELDS
} DeskDicomField;

/* Where the bytes come from: a file, or memory when fd is -1. Lent. */
typedef struct
{
  int fd;
  const guint8 *data;
  guint64 length;
} DeskDicomSource;

typedef struct
{
  char *values[DESK_DICOM_N_FIELDS]; /* UTF-8; NULL when not there; days as YYYY-MM-DD, times as HH:MM:SS */
  GPtrArray *problems;               /* const char *, static codes, each once */
  gboolean pixels;                   /* has a picture */
} DeskDicom;

/* An item of the sequence of a DICOMDIR: where it begins, what it says, where the next ones are. */
typedef struct
{
  guint64 offset;
  guint32 next, lower;
  guint16 in_use;
  DeskDicom dicom;
} DeskDicomRecord;

const char *desk_dicom_field_name (DeskDicomField field);
DeskDicom *desk_dicom_read (const DeskDicomSource *source);
void desk_dicom_free (DeskDicom *dicom);
void desk_dicom_clear (DeskDicom *dicom);
void desk_dicom_problem (DeskDicom *dicom, const char *code);
DeskDicom *desk_dicom_read_records (const DeskDicomSource *source, GPtrArray *records, guint32 *first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDicom, desk_dicom_free)

G_END_DECLS
