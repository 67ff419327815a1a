/* A disc or folder of DICOM files as lines (base/desk-lines.h): what uketsuke-reader answers in the mode dicom-scan.
 *
 *   files N         how many will be looked at
 *   done N          now and then: how far it has come
 *   path P          a file that is DICOM: its path, bytes other than letters escaped as in a URI; after it
 *                   bytes N, the fields of desk-dicom-read.c, pixels 1, problem CODE …
 *   missing P       a file the DICOMDIR lists and that is not there, with what the DICOMDIR says
 *   other P         anything else worth a problem
 *   dicomdir P      a directory that was read, with its problems
 *   end N           the last line */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*DeskDicomWrite) (const char *text, gsize length, gpointer user_data);

void desk_dicom_scan (int folder, DeskDicomWrite write, gpointer user_data);

G_END_DECLS
