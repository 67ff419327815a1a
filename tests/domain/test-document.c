#include "desk-clinic.h"
#include "desk-document.h"

typedef struct
{
  const char *kind, *state, *examined_on, *language;
} Paper;

static const struct
{
  const char *label;
  Paper papers[2];
  const char *kind, *purpose, *today, *draw_day;
  DeskPaperState state;
  gint64 best;
  const char *good_until;
} cases[] = {
  { "none", { { 0 } }, "bloodwork", "treatment", "2026-03-15", NULL, DESK_PAPER_MISSING, 0, NULL },
  { "fresh", { { "bloodwork", "accepted", "2026-03-01", "en" } }, "bloodwork", "treatment", "2026-03-15", NULL, DESK_PAPER_GOOD, 1, "2026-06-01" },
  { "on its last day", { { "bloodwork", "accepted", "2025-12-15", "en" } }, "bloodwork", "treatment", "2026-03-15", NULL, DESK_PAPER_GOOD, 1, "2026-03-15" },
  { "a day too late", { { "bloodwork", "accepted", "2025-12-14", "en" } }, "bloodwork", "treatment", "2026-03-15", NULL, DESK_PAPER_TOO_OLD, 1, "2026-03-14" },
  { "shorter month", { { "imaging", "accepted", "2025-11-30", "en" } }, "imaging", "treatment", "2026-02-28", NULL, DESK_PAPER_GOOD, 1, "2026-02-28" },
  { "good until the draw", { { "viral", "received", "2026-01-10", "ja" } }, "viral", "prevention", "2026-03-15", "2026-04-10", DESK_PAPER_GOOD, 1, "2026-04-10" },
  { "too old on draw day", { { "viral", "received", "2026-01-10", "ja" } }, "viral", "prevention", "2026-03-15", "2026-04-11", DESK_PAPER_WILL_EXPIRE, 1, "2026-04-10" },
  { "no date", { { "medical_report", "received", "", "en" } }, "medical_report", "treatment", "2026-03-15", NULL, DESK_PAPER_UNDATED, 1, NULL },
  { "no limit, no date", { { "pathology", "received", "", "en" } }, "pathology", "treatment", "2026-03-15", NULL, DESK_PAPER_GOOD, 1, NULL },
  { "no limit, very old", { { "pathology", "received", "2001-01-01", "en" } }, "pathology", "treatment", "2026-03-15", "2026-09-01", DESK_PAPER_GOOD, 1, NULL },
  { "foreign", { { "medical_report", "received", "2026-03-01", "vi" } }, "medical_report", "treatment", "2026-03-15", NULL, DESK_PAPER_LANGUAGE, 1, "2026-06-01" },
  { "foreign, translated", { { "medical_report", "received", "2026-03-01", "vi" }, { "translation", "accepted", "2026-03-01", "en" } }, "medical_report", "treatment", "2026-03-15", NULL, DESK_PAPER_GOOD, 1, "2026-06-01" },
  { "translation of another", { { "medical_report", "received", "2026-03-01", "vi" }, { "translation", "accepted", "2026-02-01", "en" } }, "medical_report", "treatment", "2026-03-15", NULL, DESK_PAPER_LANGUAGE, 1, "2026-06-01" },
  { "translation refused", { { "medical_report", "received", "2026-03-01", "vi" }, { "translation", "rejected", "2026-03-01", "en" } }, "medical_report", "treatment", "2026-03-15", NULL, DESK_PAPER_LANGUAGE, 1, "2026-06-01" },
  { "passport in any language", { { "passport", "received", "", "vi" } }, "passport", "prevention", "2026-03-15", NULL, DESK_PAPER_GOOD, 1, NULL },
  { "only asked for", { { "bloodwork", "requested", "2026-03-01", "en" } }, "bloodwork", "treatment", "2026-03-15", NULL, DESK_PAPER_MISSING, 0, NULL },
  { "unreadable", { { "bloodwork", "unreadable", "2026-03-01", "en" } }, "bloodwork", "treatment", "2026-03-15", NULL, DESK_PAPER_MISSING, 0, NULL },
  { "the newer of two", { { "bloodwork", "accepted", "2026-02-01", "en" }, { "bloodwork", "received", "2026-03-01", "en" } }, "bloodwork", "treatment", "2026-03-15", NULL, DESK_PAPER_GOOD, 2, "2026-06-01" },
  { "good before newer foreign", { { "bloodwork", "accepted", "2026-02-01", "en" }, { "bloodwork", "received", "2026-03-01", "ru" } }, "bloodwork", "treatment", "2026-03-15", NULL, DESK_PAPER_GOOD, 1, "2026-05-01" },
};

static DeskDay
day (const char *iso)
{
  DeskDay out = DESK_DAY_NONE;

  g_assert_true (!iso || desk_day_parse (iso, &out));
  return out;
}

static GPtrArray *
papers_of (const Paper *papers)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_document_free);

  for (guint i = 0; i < 2 && papers[i].kind; i++)
    {
      DeskDocument *document = g_new0 (DeskDocument, 1);

      *document = (DeskDocument) { .id = i + 1, .kind = g_strdup (papers[i].kind), .state = g_strdup (papers[i].state),
                                   .title = g_strdup (""), .examined_on = g_strdup (papers[i].examined_on),
                                   .language = g_strdup (papers[i].language), .received_at = 1000 + i,
                                   .media_type = g_strdup (""), .digest = g_strdup (""), .note = g_strdup ("") };
      g_ptr_array_add (documents, document);
    }
  return documents;
}

static void
test_needs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) documents = papers_of (cases[i].papers);
      g_autoptr (GArray) needs = desk_document_needs (documents, cases[i].purpose, day (cases[i].today), day (cases[i].draw_day));
      gboolean seen = FALSE;

      for (guint n = 0; n < needs->len; n++)
        {
          const DeskPaperNeed *need = &g_array_index (needs, DeskPaperNeed, n);

          if (!g_str_equal (need->rule->kind, cases[i].kind))
            continue;
          seen = TRUE;
          if (need->state != cases[i].state || need->document_id != cases[i].best || need->good_until != day (cases[i].good_until))
            g_error ("%s: state %d, document %d, good until %d", cases[i].label, need->state, (int) need->document_id, need->good_until);
        }
      g_assert_true (seen);
    }
}

static void
test_purposes (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GArray) treatment = desk_document_needs (none, "treatment", 0, DESK_DAY_NONE);
  g_autoptr (GArray) prevention = desk_document_needs (none, "prevention", 0, DESK_DAY_NONE);

  g_assert_cmpuint (treatment->len, ==, 6);
  g_assert_cmpuint (prevention->len, ==, 3);
}

static void
test_check (void)
{
  static const struct
  {
    Paper paper;
    const char *field, *code;
  } checks[] = {
    { { "viral", "received", "2026-03-15", "en" }, NULL, NULL },
    { { "viral", "received", "2026-03-16", "en" }, "examined_on", "in-future" },
    { { "viral", "received", "2026-02-30", "en" }, "examined_on", "not-a-date" },
    { { "x-ray", "received", "", "en" }, "kind", "unknown" },
    { { "viral", "lost", "", "en" }, "state", "unknown" },
    { { "viral", "received", "", "English" }, "language", "not-a-language" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      Paper pair[2] = { checks[i].paper };
      g_autoptr (GPtrArray) documents = papers_of (pair);
      g_autoptr (DeskProblems) problems = desk_problems_new ();

      desk_document_check (documents->pdata[0], day ("2026-03-15"), problems);
      g_assert_cmpuint (problems->len, ==, checks[i].code ? 1 : 0);
      if (checks[i].code)
        g_assert_cmpstr (desk_problems_find (problems, checks[i].field)->code, ==, checks[i].code);
    }
}

static void
test_open_on (void)
{
  DeskClinic clinic = { .closed_weekdays = (char *) "67" };

  g_assert_true (desk_clinic_open_on (&clinic, day ("2026-03-13")));
  g_assert_false (desk_clinic_open_on (&clinic, day ("2026-03-14")));
  g_assert_false (desk_clinic_open_on (&clinic, day ("2026-03-15")));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/needs", test_needs);
  g_test_add_func ("/document/purposes", test_purposes);
  g_test_add_func ("/document/check", test_check);
  g_test_add_func ("/clinic/open-on", test_open_on);
  return g_test_run ();
}
