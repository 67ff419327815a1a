/* What the modes of uketsuke-reader share, and the modes: a row each in the table of reader.c. */
#pragma once

#include <glib.h>

_Noreturn void reader_die (const char *word);
GBytes *reader_input (void);
void reader_write (const void *data, gsize length);

void reader_codes (char **args);
void reader_csv (char **args);
void reader_dicom_scan (char **args);
void reader_hl7 (char **args);
void reader_lab_csv (char **args);
void reader_picture (char **args);
void reader_letter (char **args);
void reader_plan (char **args);
