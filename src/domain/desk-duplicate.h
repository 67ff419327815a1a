/* Whether two records may be of one person. No sounds-alike codes, and sex has no weight: both are wrong too often. */
#pragma once

#include "desk-patient.h"

G_BEGIN_DECLS

typedef enum
{
  DESK_DUPLICATE_NONE,
  DESK_DUPLICATE_POSSIBLE, /* worth a look */
  DESK_DUPLICATE_LIKELY,   /* asked about before saving */
  DESK_DUPLICATE_CERTAIN,  /* the same passport */
} DeskDuplicateLevel;

typedef enum
{
  DESK_SAME_PASSPORT = 1 << 0,
  DESK_SAME_BIRTH = 1 << 1,       /* the same day */
  DESK_SAME_BIRTH_PART = 1 << 2,  /* as far as both are known, and at least the year */
  DESK_SAME_NAME = 1 << 3,        /* in any order and script */
  DESK_SAME_FORMER_NAME = 1 << 4, /* the former name of one is the name of the other */
  DESK_SAME_PHONE = 1 << 5,
  DESK_SAME_EMAIL = 1 << 6,
  DESK_OTHER_BIRTH = 1 << 7,      /* the dates contradict each other */
} DeskDuplicateReasons;

typedef struct
{
  DeskDuplicateLevel level;
  DeskDuplicateReasons reasons;
} DeskDuplicate;

/* One record made ready to be compared with many. */
typedef struct _DeskDuplicateLook DeskDuplicateLook;

#define DESK_DUPLICATE_MARKS 10

const DeskPatientField *desk_duplicate_mark (guint i);

DeskDuplicateLook *desk_duplicate_look_new (const DeskPatient *patient);
void desk_duplicate_look_free (DeskDuplicateLook *look);
DeskDuplicate desk_duplicate_look_at (const DeskDuplicateLook *look, const DeskPatient *other);
DeskDuplicate desk_duplicate_score (const DeskPatient *a, const DeskPatient *b);
const char *desk_duplicate_level_code (DeskDuplicateLevel level);
const char *desk_duplicate_reason_code (DeskDuplicateReasons reason);

/* Texts that two records share when they are likely the same: for finding pairs in a whole clinic. Free with
 * g_ptr_array_unref (). */
GPtrArray *desk_duplicate_keys (const DeskPatient *patient);

/* The end of each telephone number of a record, without country code and trunk zero: what is compared. */
GPtrArray *desk_duplicate_phones (const char *phone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskDuplicateLook, desk_duplicate_look_free)

G_END_DECLS
