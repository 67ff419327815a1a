/* A table of visa exemptions in a file of the clinic's own: read by the helper in its sandbox, checked line by line. */
#pragma once

#include "desk-exemption.h"
#include "desk-import-file.h"

G_BEGIN_DECLS

typedef struct
{
  DeskImportFile *file;   /* its troubles are what is wrong with the file as such */
  GPtrArray *table;       /* of DeskExemption; NULL when anything is wrong */
  DeskProblems *problems; /* as desk_exemption_read () tells them */
} DeskExemptionFile;

DeskExemptionFile *desk_exemption_file_read (const char *path, DeskDay today, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void desk_exemption_file_free (DeskExemptionFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskExemptionFile, desk_exemption_file_free)

G_END_DECLS
