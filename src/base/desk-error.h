/* The one error domain. The message is plain English for the command line and the log; the window shows
 * words of its own for the code (src/app), so a code is chosen by what the reader has to do next. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DESK_ERROR (desk_error_quark ())

typedef enum
{
  DESK_ERROR_FAILED,    /* nothing better fits */
  DESK_ERROR_INVALID,   /* a value that cannot be accepted */
  DESK_ERROR_NOT_FOUND, /* what was asked for is not there */
  DESK_ERROR_EXISTS,    /* the target is there already and is not overwritten */
  DESK_ERROR_CONFLICT,  /* somebody else saved since it was read */
  DESK_ERROR_TAKEN,     /* place, time or number already belongs to another */
  DESK_ERROR_REFUSED,   /* a rule of the clinic forbids it; the message is the rule's code */
  DESK_ERROR_BUSY,      /* another desk holds the file just now */
  DESK_ERROR_READ_ONLY, /* file, folder or medium cannot be written */
  DESK_ERROR_FULL,      /* the disk is full */
  DESK_ERROR_CORRUPT,   /* the file is damaged */
  DESK_ERROR_FOREIGN,   /* the file is not ours */
  DESK_ERROR_NEWER,     /* written by a newer version of the program */
  DESK_ERROR_IO,        /* reading or writing failed */
} DeskError;

GQuark desk_error_quark (void);
gboolean desk_error_set_errno (GError **error, const char *path, int number);

G_END_DECLS
