/* Papers as a hospital would have sent them: one page, in English and Japanese, all invented. */
#pragma once

#include "desk-patient.h"
#include "desk-random.h"

G_BEGIN_DECLS

const char *desk_sample_pdf_title (const char *kind);
GBytes *desk_sample_pdf (DeskRandom *random, const DeskPatient *patient, const char *kind, const char *examined_on);

G_END_DECLS
