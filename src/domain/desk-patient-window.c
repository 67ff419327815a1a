#include "desk-patient-window.h"

#include "desk-text.h"

#define FIELD(member, max, lines) { #member, G_STRUCT_OFFSET (DeskPatientWindow, member), max, lines }

/* The order is that of the columns in desk-windows.c. */
static const DeskRecordField fields[] = {
  FIELD (kind, 20, FALSE),
  FIELD (first_day, 60, FALSE),
  FIELD (last_day, 60, FALSE),
  FIELD (note, 500, TRUE),
};

#undef FIELD

static const char *const kinds[] = { "possible", "chemotherapy", "radiotherapy", "operation", "away", "other", NULL };

/* Lends the table of text members; it has n_fields rows. */
const DeskRecordField *
desk_patient_window_fields (guint *n_fields)
{
  *n_fields = G_N_ELEMENTS (fields);
  return fields;
}

/* The kinds, NULL-terminated: twin of the CHECK in the schema. All but the first keep visits away. */
const char *const *
desk_patient_window_kinds (void)
{
  return kinds;
}

/* An empty window of possible days; free with desk_patient_window_free (). */
DeskPatientWindow *
desk_patient_window_new (gint64 patient_id)
{
  DeskPatientWindow *window = g_new0 (DeskPatientWindow, 1);

  window->patient_id = patient_id;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    desk_record_set (window, &fields[i], i == 0 ? kinds[0] : "");
  return window;
}

/* A copy of its own; free with desk_patient_window_free (). */
DeskPatientWindow *
desk_patient_window_copy (const DeskPatientWindow *window)
{
  DeskPatientWindow *copy = g_memdup2 (window, sizeof *window);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *desk_record_member (copy, &fields[i]) = g_strdup (desk_record_get (window, &fields[i]));
  return copy;
}

void
desk_patient_window_free (DeskPatientWindow *window)
{
  if (!window)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (*desk_record_member (window, &fields[i]));
  g_free (window);
}

/* Spaces and NFC; a window of one day need not say its last. */
void
desk_patient_window_tidy (DeskPatientWindow *window)
{
  desk_record_tidy (window, fields, G_N_ELEMENTS (fields));
  if (*window->last_day == '\0')
    desk_record_set (window, &fields[2], window->first_day);
  if (desk_patient_window_is_possible (window))
    window->days_before = window->days_after = 0;
}

static gboolean
check_day (const char *text, const char *field, DeskDay *day, DeskProblems *problems)
{
  if (*text == '\0')
    desk_problems_add (problems, field, "missing", NULL);
  else if (!desk_day_parse (text, day))
    desk_problems_add (problems, field, "not-a-date", NULL);
  else
    return TRUE;
  return FALSE;
}

void
desk_patient_window_check (const DeskPatientWindow *window, DeskProblems *problems)
{
  DeskDay first = 0, last = 0;

  desk_record_check (window, fields, G_N_ELEMENTS (fields), problems);
  if (!g_strv_contains (kinds, window->kind))
    desk_problems_add (problems, "kind", "unknown", NULL);
  gboolean begun = check_day (window->first_day, "first_day", &first, problems);
  if (check_day (window->last_day, "last_day", &last, problems) && begun)
    {
      if (last < first)
        desk_problems_add (problems, "last_day", "before-first", NULL);
      else if (last - first >= DESK_WINDOW_LONGEST)
        desk_problems_add (problems, "last_day", "window-too-long", NULL);
    }
  if (window->days_before < 0 || window->days_before > DESK_WINDOW_REACH)
    desk_problems_add (problems, "days_before", "out-of-range", NULL);
  if (window->days_after < 0 || window->days_after > DESK_WINDOW_REACH)
    desk_problems_add (problems, "days_after", "out-of-range", NULL);
}

/* Whether it says when the patient can come; the others say when no visit can be. */
gboolean
desk_patient_window_is_possible (const DeskPatientWindow *window)
{
  return g_str_equal (window->kind, kinds[0]);
}

/* The days it is about, with those before and after that it reaches; FALSE for a window that says no days. */
gboolean
desk_patient_window_span (const DeskPatientWindow *window, DeskDay *first, DeskDay *last)
{
  if (!desk_day_parse (window->first_day, first) || !desk_day_parse (window->last_day, last))
    return FALSE;
  *first -= window->days_before;
  *last += window->days_after;
  return *first <= *last;
}
