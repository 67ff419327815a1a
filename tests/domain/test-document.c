#include "desk-clinic.h"
#include "desk-document.h"

typedef struct
{
  const char *kind, *state, *examined_on, *language;
} Paper;

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
    { { "viral", "received", "2026-03", "en" }, NULL, NULL },
    { { "viral", "received", "2025", "en" }, NULL, NULL },
    { { "viral", "received", "2026-04", "en" }, "examined_on", "in-future" },
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
  g_test_add_func ("/document/check", test_check);
  g_test_add_func ("/clinic/open-on", test_open_on);
  return g_test_run ();
}
