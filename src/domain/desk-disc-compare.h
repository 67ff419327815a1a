/* Whether the person on a disc is the one whose chart is open. Hospitals write names in their own way; a birth date that
 * differs is told whatever the name says. */
#pragma once

#include "desk-patient.h"

G_BEGIN_DECLS

/* name is alphabetic=ideographic=phonetic, each family^given^…; birth YYYY[-MM[-DD]]; sex M, F, O or empty. */
typedef struct
{
  const char *name, *birth, *sex;
} DeskDiscPerson;

DeskProblems *desk_disc_compare (const DeskPatient *patient, const DeskDiscPerson *person);
char *desk_disc_name_text (const char *name);

G_END_DECLS
