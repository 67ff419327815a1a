#include "desk-lot.h"

#include <string.h>

void
desk_lot_free (DeskLot *lot)
{
  if (!lot)
    return;
  g_free (lot->number);
  g_free (lot->facility);
  g_free (lot->plan_number);
  g_free (lot->status);
  g_free (lot->started_on);
  g_free (lot->expected_on);
  g_free (lot->harvested_on);
  g_free (lot->note);
  g_free (lot);
}

void
desk_collection_free (DeskCollection *collection)
{
  if (!collection)
    return;
  g_free (collection->number);
  g_free (collection->coi);
  g_free (collection->method);
  g_free (collection->operator);
  g_free (collection->container);
  g_free (collection->note);
  g_free (collection);
}

void
desk_result_free (DeskResult *result)
{
  if (!result)
    return;
  g_free (result->test);
  g_free (result->value);
  g_free (result->unit);
  g_free (result->limit_text);
  g_free (result->method);
  g_free (result->stage);
  g_free (result->sampled_on);
  g_free (result->reported_on);
  g_free (result->enterer);
  g_free (result->why);
  g_free (result->checker);
  g_free (result);
}

void
desk_reagent_free (DeskReagent *reagent)
{
  if (!reagent)
    return;
  g_free (reagent->name);
  g_free (reagent->maker);
  g_free (reagent->lot_number);
  g_free (reagent->expires_on);
  g_free (reagent->by);
  g_free (reagent->why);
  g_free (reagent);
}

void
desk_device_free (DeskDevice *device)
{
  if (!device)
    return;
  g_free (device->kind);
  g_free (device->name);
  g_free (device->barcode);
  g_free (device->due_on);
  g_free (device);
}

void
desk_device_use_free (DeskDeviceUse *use)
{
  if (!use)
    return;
  g_free (use->kind);
  g_free (use->name);
  g_free (use->what);
  g_free (use);
}

void
desk_storage_consent_free (DeskStorageConsent *consent)
{
  if (!consent)
    return;
  g_free (consent->from_on);
  g_free (consent->until_on);
  g_free (consent->note);
  g_free (consent->by);
  g_free (consent);
}

/* The day on which the final result is due, counted from the day the sample was taken. */
DeskDay
desk_lot_test_due (const DeskLotTest *test, DeskDay sampled)
{
  return sampled + test->days;
}

static gboolean
is_of (const DeskResult *result, const DeskLotTest *test, gint64 unit_id)
{
  return g_strcmp0 (result->test, test->code) == 0 && (result->unit_id == 0 || result->unit_id == unit_id);
}

/* How far a test is, by the results that stand (DeskResult, none superseded). One that failed decides, whether it is
 * of the lot or of the unit (0: of any lot-wide one only); what counts as passed is of the lot. */
DeskTestState
desk_lot_test_state (const DeskLotTest *test, const GPtrArray *results, gint64 unit_id)
{
  DeskTestState state = DESK_TEST_MISSING;

  for (guint i = 0; i < results->len; i++)
    {
      const DeskResult *result = results->pdata[i];

      if (!is_of (result, test, unit_id))
        continue;
      if (!result->passed)
        return DESK_TEST_FAILED;
      if (result->unit_id != 0)
        continue;
      if (g_strcmp0 (result->stage, "final") != 0)
        state = MAX (state, DESK_TEST_PRELIMINARY);
      else
        state = MAX (state, result->checked_by ? DESK_TEST_PASSED : DESK_TEST_UNCHECKED);
    }
  return state;
}

static void
check_releaser (const GPtrArray *results, gint64 releaser, DeskProblems *problems)
{
  for (guint i = 0; releaser && i < results->len; i++)
    if (((const DeskResult *) results->pdata[i])->entered_by == releaser)
      {
        desk_problems_add (problems, "performer", "released-by-tester", NULL);
        return;
      }
}

/* A test without limit or need still stops a release when its result failed. */
static const char *
against_release (const DeskLotTest *test, DeskTestState state)
{
  if (state == DESK_TEST_FAILED)
    return "result-failed";
  if (!test->required || state == DESK_TEST_PASSED)
    return NULL;
  return state == DESK_TEST_UNCHECKED ? "result-not-checked" : "result-not-final";
}

/* Whether a unit (0: any of the lot) with these results may be released by that person: every required test final,
 * passed and checked, and another person than the one who entered them; releaser 0 asks about the results alone.
 * The field of a problem is the test's code. */
void
desk_release_check (const GPtrArray *tests, const GPtrArray *results, gint64 unit_id, gint64 releaser, DeskProblems *problems)
{
  for (guint i = 0; i < tests->len; i++)
    {
      const DeskLotTest *test = tests->pdata[i];
      const char *code = against_release (test, desk_lot_test_state (test, results, unit_id));

      if (code)
        desk_problems_add (problems, test->code, code, NULL);
    }
  check_releaser (results, releaser, problems);
}

/* The same for a release under conditions: only tests that may come late are pending. Returns their codes, comma
 * separated, to be freed; empty and a problem when nothing is pending, as then it is released outright. */
char *
desk_release_conditional_check (const GPtrArray *tests, const GPtrArray *results, gint64 unit_id, gint64 releaser, gint64 physician,
                                DeskProblems *problems)
{
  GString *pending = g_string_new (NULL);

  for (guint i = 0; i < tests->len; i++)
    {
      const DeskLotTest *test = tests->pdata[i];
      const char *code = against_release (test, desk_lot_test_state (test, results, unit_id));

      if (code && test->late && strcmp (code, "result-failed") != 0)
        g_string_append_printf (pending, "%s%s", pending->len ? "," : "", test->code);
      else if (code)
        desk_problems_add (problems, test->code, code, NULL);
    }
  if (pending->len == 0)
    desk_problems_add (problems, "pending", "nothing-pending", NULL);
  if (physician == 0)
    desk_problems_add (problems, "physician", "missing", NULL);
  else if (physician == releaser)
    desk_problems_add (problems, "physician", "same-person", NULL);
  check_releaser (results, releaser, problems);
  return g_string_free (pending, FALSE);
}

/* A plan number as it is written: without spaces, full width folded, in capitals. To be freed. */
char *
desk_plan_number_fold (const char *text)
{
  g_autofree char *folded = g_utf8_validate (text ? text : "", -1, NULL) ? g_utf8_normalize (text ? text : "", -1, G_NORMALIZE_NFKC) : NULL;
  char *upper = g_ascii_strup (folded ? folded : "", -1);
  char *to = upper;

  for (const char *p = upper; *p; p++)
    if (!g_ascii_isspace (*p) && *p != '-')
      *to++ = *p;
  *to = '\0';
  return upper;
}

/* PA, PB or PC and seven digits (facts/cells-examples.md 6.5, 15). */
gboolean
desk_plan_number_good (const char *number)
{
  if (!number || number[0] != 'P' || !number[1] || !strchr ("ABC", number[1]) || strlen (number) != 9)
    return FALSE;
  for (const char *p = number + 2; *p; p++)
    if (!g_ascii_isdigit (*p))
      return FALSE;
  return TRUE;
}
