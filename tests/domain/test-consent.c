/* Who may sign what, when it counts, who must sign again. */
#include "desk-consent.h"
#include "desk-gate.h"

#define TODAY 20527 /* 15 March 2026 */

/* ── signing ── */

typedef struct
{
  const char *role, *name, *relation, *ink;
  gint64 staff;
  gboolean typed;
} Signer;

#define P { "patient", "KIM Minji", .ink = "1,2 3,4" }
#define D { "physician", "Dr. Sato", .ink = "1,2", .staff = 5 }
#define I { "interpreter", "Lee", .ink = "1,2" }

typedef struct
{
  const char *name;
  Signer signers[5];
  const char *code, *field; /* wanted; NULL for nothing that blocks */
  const char *language, *languages, *birth, *signed_on, *until_on, *how;
  DeskConsentPurpose purpose;
  DeskDay lost_on;
  gboolean disagreed, older_paper;
} Signing;

static const Signing signings[] = {
  { "all there", { P, D }, NULL },
  { "nobody", { D }, "nobody-signed", "signers" },
  { "no physician", { P }, "physician-needed", "signers" },
  { "physician who is none", { P, { "physician", "Ito", .ink = "1,2", .staff = 7 } }, "not-a-physician", "signers" },
  { "physician not of the clinic", { P, { "physician", "Ito", .ink = "1,2" } }, "not-a-physician", "signers" },
  { "storing without physician", { P }, NULL, .purpose = DESK_CONSENT_STORAGE, .until_on = "2028-03-15" },
  { "storing without end", { P }, "missing", "until_on", .purpose = DESK_CONSENT_STORAGE },
  { "storing until yesterday", { P }, "in-past", "until_on", .purpose = DESK_CONSENT_STORAGE, .until_on = "2026-03-14" },
  { "for the patient", { { "representative", "Kim Jun", "father", "1,2" }, D }, NULL },
  { "for the patient, no relation", { { "representative", "Kim Jun", NULL, "1,2" }, D }, "relation-needed", "signers" },
  { "a minor alone", { P, D }, "minor", "signers", .birth = "2008-03-16" },
  { "eighteen today", { P, D }, NULL, .birth = "2008-03-15" },
  { "a minor with father", { P, { "representative", "Kim Jun", "father", "1,2" }, D }, NULL, .birth = "2012" },
  { "text not understood", { P, D }, "interpreter-needed", "signers", .language = "ja" },
  { "text interpreted", { P, D, I }, NULL, .language = "ja" },
  { "languages not known", { P, D }, NULL, .language = "ja", .languages = "" },
  { "Chinese in the other script", { P, D }, NULL, .language = "zh-TW", .languages = "zh" },
  { "patient interprets", { P, D, { "interpreter", "KIM Minji", .ink = "1,2" } }, "interpreter-is-party", "signers" },
  { "signed twice", { P, P, D }, "signed-twice", "signers" },
  { "no strokes", { { "patient", "KIM Minji" }, D }, "no-ink", "signers" },
  { "no strokes on paper", { { "patient", "KIM Minji" }, D }, NULL, .how = "paper" },
  { "strokes outside", { { "patient", "KIM Minji", .ink = "1,1001" }, D }, "ink-damaged", "signers" },
  { "typed", { { "patient", "KIM Minji", .typed = TRUE }, D }, "witness-needed", "signers" },
  { "typed, witnessed", { { "patient", "KIM Minji", .typed = TRUE }, D, { "witness", "Abe", .ink = "1,2", .staff = 9 } }, NULL },
  { "witnessed by the physician", { { "patient", "KIM Minji", .typed = TRUE }, D, { "witness", "Sato", .ink = "1,2", .staff = 5 } },
    "witness-is-party", "signers" },
  { "nameless", { { "patient", "", .ink = "1,2" }, D }, "name-needed", "signers" },
  { "no such role", { P, D, { "friend", "X", .ink = "1,2" } }, "unknown", "signers" },
  { "tomorrow", { P, D }, "in-future", "signed_on", .signed_on = "2026-03-16" },
  { "before the paper was made", { P, D }, "before-paper", "signed_on", .signed_on = "2026-03-09" },
  { "no day", { P, D }, "missing", "signed_on", .signed_on = "" },
  { "a paper of before the withdrawal", { P, D }, "before-withdrawal", "signed_on", .signed_on = "2026-03-11", .lost_on = TODAY - 3 },
  { "on the day of the withdrawal", { P, D }, NULL, .signed_on = "2026-03-12", .lost_on = TODAY - 3 },
  { "on that day, on a paper of before", { P, D }, "before-withdrawal", "signed_on", .signed_on = "2026-03-12", .how = "paper", .lost_on = TODAY - 3,
    .older_paper = TRUE },
  { "a day after, on a paper of before", { P, D }, NULL, .signed_on = "2026-03-13", .how = "paper", .lost_on = TODAY - 3, .older_paper = TRUE },
  { "box left empty", { P, D }, "item-needed", "items", .disagreed = TRUE },
};

static gboolean
is_physician (gint64 staff_id, gpointer data)
{
  return staff_id == 5;
}

static void
test_signing (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (signings); i++)
    {
      const Signing *row = &signings[i];
      g_autoptr (GPtrArray) signers = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_consent_signer_free);
      g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_consent_item_free);
      g_autoptr (DeskProblems) problems = desk_problems_new ();
      const DeskProblem *found = NULL;

      for (guint n = 0; n < 5 && row->signers[n].role; n++)
        {
          const Signer *from = &row->signers[n];
          DeskConsentSigner *signer = desk_consent_signer_new (from->role, from->name);

          g_free (signer->relation);
          signer->relation = g_strdup (from->relation ? from->relation : "");
          g_free (signer->ink);
          signer->ink = g_strdup (from->ink ? from->ink : "");
          signer->staff_id = from->staff;
          signer->typed = from->typed;
          g_ptr_array_add (signers, signer);
        }
      g_ptr_array_add (items, desk_consent_item_new ("treatment", !row->disagreed, TRUE));
      g_ptr_array_add (items, desk_consent_item_new ("doctor-at-home", FALSE, FALSE));
      DeskConsentSigning signing
          = { .purpose = row->purpose, .language = row->language ? row->language : "ko", .how = row->how ? row->how : "screen",
              .languages = row->languages ? row->languages : "ko,en", .birth = row->birth, .until_on = row->until_on,
              .signed_on = row->signed_on ? row->signed_on : "2026-03-15", .issued_on = TODAY - 5, .today = TODAY,
              .lost_on = row->lost_on ? row->lost_on : DESK_DAY_NONE, .older_paper = row->older_paper, .signers = signers, .items = items, .is_physician = is_physician };
      desk_consent_check (&signing, problems);
      for (guint n = 0; n < problems->len && !found; n++)
        if (!desk_problems_get (problems, n)->warning)
          found = desk_problems_get (problems, n);
      if (g_strcmp0 (found ? found->code : NULL, row->code) || (found && g_strcmp0 (found->field, row->field)))
        g_error ("%s: %s", row->name, found ? found->code : "nothing");
    }
}

static void
test_ink (void)
{
  static const char *const good[] = { "0,0", "1,2 3,4;5,6", "1000,1000 0,1000" };
  static const char *const bad[] = { "", "1", "1,", ",1", "1,2 ", "1,2;", "1,2,3", "-1,2", "1,1001", "a,b", "1, 2", "1,2;;3,4" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (desk_consent_ink_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (desk_consent_ink_valid (bad[i]))
      g_error ("«%s» is no ink", bad[i]);
}

/* ── standing ── */

typedef struct
{
  gint64 id;
  const char *status;
  gint64 at; /* decided */
  const char *version, *current;
  DeskConsentPurpose purpose;
} Row;

static const struct
{
  const char *name;
  Row rows[4];
  DeskConsentStand stand;
  gint64 which;
  const char *gate; /* what the gate before the draw says */
  DeskLight light;
} standings[] = {
  { "nothing", { { 0 } }, DESK_CONSENT_STANDS_NOT, 0, "missing", DESK_LIGHT_RED },
  { "given out", { { 1, "open" } }, DESK_CONSENT_STANDS_OPEN, 1, "consent-open", DESK_LIGHT_RED },
  { "signed", { { 1, "signed", 5 } }, DESK_CONSENT_STANDS, 1, "ok", DESK_LIGHT_GREEN },
  { "cancelled", { { 1, "cancelled", 5 } }, DESK_CONSENT_STANDS_NOT, 0, "missing", DESK_LIGHT_RED },
  { "words changed since", { { 1, "signed", 5, "1.0", "1.1" } }, DESK_CONSENT_STANDS_OLDER, 1, "consent-older", DESK_LIGHT_GREEN },
  { "another text since", { { 1, "signed", 5, "1.9", "2.0" } }, DESK_CONSENT_STANDS_OUTDATED, 1, "consent-outdated", DESK_LIGHT_RED },
  { "both", { { 1, "signed", 5, "1.0", "2.0" }, { 2, "signed", 6, "2.0", "2.0" } }, DESK_CONSENT_STANDS, 2, "ok", DESK_LIGHT_GREEN },
  { "withdrawn", { { 1, "withdrawn", 5 } }, DESK_CONSENT_STANDS_WITHDRAWN, 1, "consent-withdrawn", DESK_LIGHT_RED },
  { "one of two withdrawn", { { 1, "signed", 4 }, { 2, "withdrawn", 6 } }, DESK_CONSENT_STANDS_WITHDRAWN, 2, "consent-withdrawn", DESK_LIGHT_RED },
  { "signed again", { { 1, "withdrawn", 6 }, { 2, "signed", 7 } }, DESK_CONSENT_STANDS, 2, "ok", DESK_LIGHT_GREEN },
  { "signed again within the second", { { 1, "withdrawn", 6 }, { 2, "signed", 6 } }, DESK_CONSENT_STANDS, 2, "ok", DESK_LIGHT_GREEN },
  { "refused", { { 1, "refused", 6 } }, DESK_CONSENT_STANDS_REFUSED, 1, "consent-refused", DESK_LIGHT_RED },
  { "a newer one refused", { { 1, "signed", 5 }, { 2, "refused", 6 } }, DESK_CONSENT_STANDS_REFUSED, 2, "consent-refused", DESK_LIGHT_RED },
  { "refused, asked again", { { 1, "refused", 6 }, { 2, "open" } }, DESK_CONSENT_STANDS_REFUSED, 1, "consent-refused", DESK_LIGHT_RED },
  { "storing only", { { 1, "signed", 5, .purpose = DESK_CONSENT_STORAGE } }, DESK_CONSENT_STANDS_NOT, 0, "missing", DESK_LIGHT_RED },
};

static void
put (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

static void
fill (GPtrArray *consents, const Row *row)
{
  DeskConsent *one = desk_consent_new ();

  one->id = row->id;
  one->purpose = row->purpose;
  put (&one->status, row->status);
  put (&one->version, row->version ? row->version : "1.0");
  put (&one->current, row->current ? row->current : "1.0");
  one->signed_at = g_str_equal (row->status, "signed") ? row->at : 1;
  one->withdrawn_at = g_str_equal (row->status, "withdrawn") ? row->at : 0;
  one->refused_at = g_str_equal (row->status, "refused") ? row->at : 0;
  g_ptr_array_add (consents, one);
}

static void
test_standing (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (standings); i++)
    {
      g_autoptr (DeskCase) case_ = desk_case_new ();
      const DeskConsent *which;

      for (guint n = 0; n < 4 && standings[i].rows[n].id; n++)
        fill (case_->consents, &standings[i].rows[n]);
      DeskConsentStand stand = desk_consent_stand (case_->consents, DESK_CONSENT_TREATMENT, &which);
      if (stand != standings[i].stand || (which ? which->id : 0) != standings[i].which)
        g_error ("%s: %s", standings[i].name, desk_consent_stand_code (stand));
      g_autoptr (GArray) checks = desk_gate_judge (case_, DESK_GATE_DRAW, TODAY);
      for (guint n = 0; n < checks->len; n++)
        {
          const DeskGateCheck *check = &g_array_index (checks, DeskGateCheck, n);

          if (g_str_equal (check->rule->code, "consent")
              && (check->light != standings[i].light || !g_str_equal (check->code, standings[i].gate)))
            g_error ("%s: %s", standings[i].name, check->code);
        }
    }
}

/* A signed paper of before the register counts, unless the register knows that it was withdrawn. */
static void
test_paper (void)
{
  static const struct { Row row; DeskLight light; } rows[] = {
    { { 0 }, DESK_LIGHT_GREEN }, { { 1, "open" }, DESK_LIGHT_GREEN }, { { 1, "withdrawn", 5 }, DESK_LIGHT_RED },
    { { 1, "signed", 5, "1.0", "2.0" }, DESK_LIGHT_RED },
  };
  DeskCasePaper paper = { .id = 9, .kind = "consent", .state = "accepted", .language = "en", .part = "", .due_on = DESK_DAY_NONE };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskCase) case_ = desk_case_new ();
      DeskGateOverride override = { .gate = DESK_GATE_DRAW, .rule = "consent", .reason = g_strdup ("x"), .by = g_strdup ("x"), .until = DESK_DAY_NONE };

      g_array_append_val (case_->papers, paper);
      if (rows[i].row.id)
        fill (case_->consents, &rows[i].row);
      g_array_append_val (case_->overrides, override);
      g_autoptr (GArray) checks = desk_gate_judge (case_, DESK_GATE_DRAW, TODAY);
      for (guint n = 0; n < checks->len; n++)
        {
          const DeskGateCheck *check = &g_array_index (checks, DeskGateCheck, n);

          if (!g_str_equal (check->rule->code, "consent"))
            continue;
          g_assert_cmpint (check->light, ==, rows[i].light);
          /* No physician passes over that the patient does not agree. */
          g_assert_true ((check->override != NULL) == g_str_equal (check->code, "consent-outdated"));
        }
    }
}

static void
test_texts (void)
{
  static const struct { const char *name; DeskConsentPurpose purpose; } names[] = {
    { "consent", DESK_CONSENT_TREATMENT }, { "consent-dc", DESK_CONSENT_TREATMENT }, { "consent-storage", DESK_CONSENT_STORAGE },
    { "consent-storage-family", DESK_CONSENT_STORAGE }, { "consent-withdrawal", DESK_CONSENT_NONE }, { "quote", DESK_CONSENT_NONE },
    { "consents", DESK_CONSENT_NONE }, { "consent-other-photo", DESK_CONSENT_OTHER },
  };
  static const struct { const char *a, *b; int order; gboolean counts; } versions[] = {
    { "1.0", "1.0", 0, TRUE }, { "1", "1.0", 0, TRUE }, { "1.9", "1.10", -1, TRUE }, { "2.0", "10.0", -1, FALSE }, { "1.1", "1.0", 1, TRUE },
    { "1.2", "2", -1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (desk_consent_purpose (names[i].name), ==, names[i].purpose);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_assert_cmpint (desk_consent_version_compare (versions[i].a, versions[i].b), ==, versions[i].order);
      g_assert_cmpint (desk_consent_version_compare (versions[i].b, versions[i].a), ==, -versions[i].order);
      g_assert_cmpint (desk_consent_version_counts (versions[i].a, versions[i].b), ==, versions[i].counts);
    }
  g_assert_cmpuint (desk_consent_needs ("infusion", TRUE), ==, 3);
  g_assert_cmpuint (desk_consent_needs ("blood_draw", FALSE), ==, 1);
  g_assert_cmpuint (desk_consent_needs ("consultation", TRUE), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/consent/signing", test_signing);
  g_test_add_func ("/consent/ink", test_ink);
  g_test_add_func ("/consent/standing", test_standing);
  g_test_add_func ("/consent/paper", test_paper);
  g_test_add_func ("/consent/texts", test_texts);
  return g_test_run ();
}
