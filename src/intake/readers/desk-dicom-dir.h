/* The directory of a disc (PS3.3 annex F): which files belong to it. Walked by its offsets, none of which is believed. */
#pragma once

#include "desk-dicom-read.h"

G_BEGIN_DECLS

typedef struct
{
  char *key;       /* desk_dicom_dir_key () of the path from the DICOMDIR's folder */
  char *shown;     /* as the directory writes it */
  DeskDicom dicom; /* what the record and those above it say */
} DeskDicomEntry;

typedef struct
{
  GPtrArray *entries;  /* DeskDicomEntry */
  GPtrArray *problems; /* const char *, static codes, each once */
  gboolean whole;      /* read to its end without a problem: what is not in it is not listed */
} DeskDicomDir;

DeskDicomDir *desk_dicom_dir_read (const DeskDicomSource *source);
void desk_dicom_dir_free (DeskDicomDir *dir);
char *desk_dicom_dir_key (const char *path);
char *desk_dicom_dir_file_key (const char *file_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDicomDir, desk_dicom_dir_free)

G_END_DECLS
