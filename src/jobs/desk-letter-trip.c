#include "desk-letter-trip.h"

#include "desk-letter-gather.h"
#include "desk-letter-put.h"
#include "desk-trips.h"

/* The relations as the papers of the countries call them. */
static const DeskLetterWord relations[] = {
  { "spouse", { "Spouse", "配偶者", "配偶", "配偶", "배우자", "الزوج/الزوجة", "супруг(а)", "vợ/chồng" } },
  { "parent", { "Parent", "親", "父母", "父母", "부모", "أحد الوالدين", "родитель", "cha/mẹ" } },
  { "child", { "Child", "子", "子女", "子女", "자녀", "ابن/ابنة", "сын/дочь", "con" } },
  { "sibling", { "Sibling", "兄弟姉妹", "兄弟姐妹", "兄弟姊妹", "형제자매", "أخ/أخت", "брат/сестра", "anh/chị/em" } },
  { "relative", { "Relative", "親族", "亲属", "親屬", "친척", "قريب", "родственник", "họ hàng" } },
  { "friend", { "Friend", "友人", "朋友", "朋友", "친구", "صديق", "друг", "bạn bè" } },
  { "carer", { "Carer", "介護者", "护理人", "照護者", "간병인", "مُرافق للرعاية", "сиделка", "người chăm sóc" } },
  { "interpreter", { "Interpreter", "通訳", "翻译", "口譯員", "통역", "مترجم", "переводчик", "phiên dịch" } },
  { "agent", { "Agent", "エージェント", "代理人", "代理人", "대리인", "وكيل", "агент", "người đại diện" } },
  { "other", { "Other", "その他", "其他", "其他", "기타", "آخر", "иное", "khác" } },
};

static void
add_companion (DeskFields *fields, const DeskCompanion *companion, guint number)
{
  DeskFields *item = desk_fields_add (fields, "companions");
  g_autofree char *name = desk_companion_name (companion);
  g_autofree char *place = g_strdup_printf ("%u", number);

  desk_fields_set (item, "number", place);
  desk_fields_set (item, "name", name);
  desk_fields_set (item, "passport", companion->passport);
  desk_letter_put_country (item, "nationality", companion->nationality);
  desk_letter_put_partial (item, "birth", companion->birth);
  desk_letter_put_flag (item, "female", g_str_equal (companion->sex, "F"));
  desk_letter_put_flag (item, "male", g_str_equal (companion->sex, "M"));
  desk_letter_put_flag (item, "unspecified", g_str_equal (companion->sex, "X"));
  desk_letter_put_word (item, "relation", relations, G_N_ELEMENTS (relations), companion->relation);
}

/* The stay the letter is about, else the one going on or the next; NULL where none is planned. */
/* Who is here may need papers for coming again: those of a visa are about the entry to come. */
static const DeskTrip *
trip_unsaid (const GPtrArray *trips, const char *name, DeskDay today)
{
  static const char *const of_a_visa[] = { "visa-certificate", "companion-list", "guarantor", NULL };
  const DeskTrip *next = g_strv_contains (of_a_visa, name ? name : "") ? desk_stay_to_come (trips, today) : NULL;

  return next ? next : desk_stay_current (trips, today);
}

static const DeskTrip *
trip_of (const DeskStayFile *file, const DeskLetterWanted *wanted, DeskDay today)
{
  if (!desk_letter_subject_is (wanted, "trip"))
    return trip_unsaid (file->trips, wanted->name, today);
  for (guint i = 0; i < file->trips->len; i++)
    {
      const DeskTrip *trip = file->trips->pdata[i];

      if (trip->id == wanted->subject_id)
        return trip;
    }
  return NULL;
}

/* Nothing is set where no stay is planned. On the list of applicants the patient is number 1. */
gboolean
desk_letter_set_trip (DeskFields *fields, DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskStayFile) file = wanted->patient_id ? desk_stay_load (db, wanted->patient_id, today, error) : NULL;
  const DeskTrip *trip = file ? trip_of (file, wanted, today) : NULL;
  guint n = 0;

  if (!file || !trip)
    return file || !wanted->patient_id;
  desk_letter_put_partial (fields, "trip.entry", *trip->entered_on ? trip->entered_on : trip->planned_entry);
  desk_letter_put_partial (fields, "trip.departure", *trip->departed_on ? trip->departed_on : trip->planned_departure);
  desk_fields_set (fields, "trip.mission", trip->mission);
  desk_letter_put_flag (fields, "trip.hospitalised", trip->hospitalised);
  desk_letter_put_flag (fields, "trip.outpatient", !trip->hospitalised);
  desk_letter_put_flag (fields, "trip.multiple", g_str_equal (trip->visa_entries, "multiple"));
  desk_letter_put_flag (fields, "trip.once", g_str_equal (trip->visa_entries, "single"));
  desk_fields_set (fields, "trip.guarantor", trip->guarantor);
  desk_fields_set (fields, "trip.guarantor_number", trip->guarantor_number);
  desk_fields_set (fields, "trip.guarantor_list", trip->guarantor_list);
  desk_letter_put_flag (fields, "trip.list_a", g_str_equal (trip->guarantor_list, "A"));
  desk_letter_put_flag (fields, "trip.list_b", g_str_equal (trip->guarantor_list, "B"));
  desk_letter_put_partial (fields, "trip.guarantor_checked", trip->guarantor_checked_on);
  desk_fields_set (fields, "trip.guarantor_address", trip->guarantor_address);
  desk_fields_set (fields, "trip.guarantor_contact", trip->guarantor_contact);
  for (guint i = 0; i < file->companions->len; i++)
    if (desk_trip_has_companion (trip, ((DeskCompanion *) file->companions->pdata[i])->id))
      add_companion (fields, file->companions->pdata[i], ++n + 1);
  desk_letter_put_flag (fields, "trip.companions", n > 0);
  desk_letter_put_flag (fields, "trip.single_companion", n == 1);
  desk_letter_put_flag (fields, "trip.list", n > 1);
  return TRUE;
}

/* The rules of the visa papers for the stay the certificate would be about (facts: visa, 1.4). */
gboolean
desk_letter_check_trip (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  g_autoptr (DeskStayFile) file = desk_stay_load (db, wanted->patient_id, today, error);

  if (!file)
    return FALSE;
  file->look.trip = trip_of (file, wanted, today);
  if (file->look.trip)
    desk_stay_check_certificate (&file->look, problems);
  return TRUE;
}

/* What a list of applicants cannot do without is said of passports and names; what else is wrong with the stay is told, and
 * does not stop it: the certificate does. */
static gboolean
check_some (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, const char *const *fields, DeskProblems *problems, GError **error)
{
  g_autoptr (DeskProblems) all = desk_problems_new ();

  if (!desk_letter_check_trip (db, wanted, today, all, error))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (all, i);

      if (!problem->warning && g_strv_contains (fields, problem->field))
        desk_problems_add (problems, problem->field, problem->code, problem->detail);
      else
        desk_problems_warn (problems, problem->field, problem->code, problem->detail);
    }
  return TRUE;
}

/* 申請人名簿: every name and passport on it must be right. */
gboolean
desk_letter_check_list (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  static const char *const fields[] = { "companions", "patient", NULL };

  return check_some (db, wanted, today, fields, problems, error);
}

/* 治療予定表: it is free in form, and a patient without a visa may want one too. */
gboolean
desk_letter_check_schedule (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, DeskProblems *problems, GError **error)
{
  static const char *const fields[] = { NULL };

  return check_some (db, wanted, today, fields, problems, error);
}

/* The papers of the visa pack for that stay, NULL-terminated: certificate and schedule, the list where more than one comes
 * along, the guarantor where there is one. The caller frees the array with g_free (). */
const char **
desk_letter_visa_pack (DeskDb *db, const DeskLetterWanted *wanted, DeskDay today, GError **error)
{
  g_autoptr (DeskFields) fields = desk_fields_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (!desk_letter_set_trip (fields, db, wanted, today, error))
    return NULL;
  g_ptr_array_add (names, (gpointer) "visa-certificate");
  g_ptr_array_add (names, (gpointer) "treatment-schedule");
  if (desk_fields_get (fields, "trip.list", "en"))
    g_ptr_array_add (names, (gpointer) "companion-list");
  if (desk_fields_get (fields, "trip.guarantor", "en"))
    g_ptr_array_add (names, (gpointer) "guarantor");
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_steal (names, NULL);
}
