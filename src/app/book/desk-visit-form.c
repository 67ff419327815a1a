/* The form behind the dialog of a visit: what was typed as a visit, what stands against it, what is proposed. */
#include <glib/gi18n.h>
#include <string.h>

#include "desk-book-words.h"
#include "desk-visit-dialog-private.h"
#include "desk-patients.h"
#include "desk-words.h"

#define PROPOSE_DAYS 14

const char *const visit_kinds[VISIT_N_KINDS] = { "room", "chair", "staff" };

AdwComboRow *
visit_form_row_of (DeskVisitDialog *self, guint kind)
{
  return kind == 0 ? self->room : kind == 1 ? self->chair : self->staff;
}

const char *
visit_form_text_of (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

const DeskVisitType *
visit_form_chosen_type (DeskVisitDialog *self)
{
  guint index = adw_combo_row_get_selected (self->type);

  return index < self->types->len ? g_ptr_array_index (self->types, index) : NULL;
}

gboolean
visit_form_needs (const DeskVisitType *type, const char *kind)
{
  g_auto (GStrv) list = g_strsplit (type->needs ? type->needs : "", ",", -1);

  return g_strv_contains ((const char *const *) list, kind);
}

gboolean
visit_form_typed_time (DeskVisitDialog *self, DeskDay *day, int *minute)
{
  gboolean day_good = desk_book_parse_day (visit_form_text_of (self->day_row), self->day, day);
  gboolean time_good = desk_book_parse_time (visit_form_text_of (self->time_row), minute);

  (day_good ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self->day_row), "error");
  (time_good ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self->time_row), "error");
  return day_good && time_good;
}

static DeskVisit *
new_visit (DeskVisitDialog *self, const DeskVisitType *type)
{
  DeskVisit *visit = g_new0 (DeskVisit, 1);

  visit->patient_id = desk_patient_picker_get_id (self->picker);
  visit->type = g_strdup (type->code);
  visit->status = g_strdup ("booked");
  visit->override = g_strdup ("");
  if (g_strcmp0 (type->code, self->course_type) == 0)
    {
      visit->course_id = self->course_id;
      visit->course_step = self->course_step;
    }
  return visit;
}

/* The form as a visit; NULL while day or time cannot be read. */
DeskVisit *
visit_form_collect (DeskVisitDialog *self)
{
  const DeskVisitType *type = visit_form_chosen_type (self);
  gint64 patient_id = desk_patient_picker_get_id (self->picker), starts_at;
  g_autoptr (DeskPatient) patient
      = type && type->remote && patient_id ? desk_patient_load (desk_page_get_reader (self->page), patient_id, NULL) : NULL;
  DeskDay day;
  int minute;

  if (!visit_form_typed_time (self, &day, &minute) || !type)
    return NULL;
  desk_clock_row_set_patient (self->clock, type->remote, patient ? patient->zone : NULL);
  if (!desk_clock_row_read (self->clock, day, minute, &starts_at))
    return NULL;
  DeskVisit *visit = self->before ? desk_visit_copy (self->before) : new_visit (self, type);
  g_free (visit->note);
  visit->note = g_strdup (visit_form_text_of (self->note));
  g_clear_pointer (&visit->resources, g_array_unref);
  visit->resources = g_array_new (FALSE, FALSE, sizeof (gint64));
  desk_visit_set_time (visit, type, starts_at, gtk_spin_button_get_value_as_int (self->minutes));
  /* What stays at its time stays as it was agreed. */
  if (!self->before || visit->starts_at != self->before->starts_at)
    desk_clock_row_fill (self->clock, visit);
  for (guint i = 0; i < VISIT_N_KINDS; i++)
    {
      guint index = adw_combo_row_get_selected (visit_form_row_of (self, i));

      if (index > 0 && index <= self->choices[i]->len)
        g_array_append_val (visit->resources, ((DeskResource *) g_ptr_array_index (self->choices[i], index - 1))->id);
    }
  return visit;
}

static gboolean
read_day (DeskVisitDialog *self, DeskDay day)
{
  GTimeZone *zone = desk_page_get_zone (self->page);
  g_autoptr (GError) error = NULL;

  if (self->visits && self->visits_day == day)
    return TRUE;
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  self->visits = desk_visit_between (desk_page_get_reader (self->page), desk_instant_at (day - 1, 0, zone),
                                     desk_instant_at (day + 2, 0, zone), &error);
  self->visits_day = day;
  if (!self->visits)
    g_warning ("cannot read the day: %s", error->message);
  return self->visits != NULL;
}

void
visit_form_select_resource (DeskVisitDialog *self, guint kind, gint64 id)
{
  guint selected = 0;

  for (guint i = 0; i < self->choices[kind]->len; i++)
    if (((DeskResource *) g_ptr_array_index (self->choices[kind], i))->id == id)
      selected = i + 1;
  adw_combo_row_set_selected (visit_form_row_of (self, kind), selected);
}

/* Of each kind: what the person chose; the column that was clicked; the first free one when the type needs it. */
void
visit_form_fill_resources (DeskVisitDialog *self)
{
  g_autoptr (DeskVisit) wanted = visit_form_collect (self);

  if (!wanted || !read_day (self, desk_instant_day (wanted->starts_at, desk_page_get_zone (self->page))))
    return;
  self->filling = TRUE;
  for (guint i = 0; i < VISIT_N_KINDS; i++)
    {
      gint64 id = 0;

      if (self->chosen[i])
        continue;
      for (guint j = 0; j < self->choices[i]->len; j++)
        if (((DeskResource *) g_ptr_array_index (self->choices[i], j))->id == self->resource_id)
          id = self->resource_id;
      if (!id && visit_form_needs (visit_form_chosen_type (self), visit_kinds[i]))
        id = desk_book_first_free (self->visits, self->resources, visit_kinds[i], wanted);
      visit_form_select_resource (self, i, id);
    }
  self->filling = FALSE;
}

GPtrArray *
visit_form_conflicts_of (DeskVisitDialog *self, const DeskVisit *visit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *conflicts = desk_visit_check (desk_page_get_reader (self->page), visit,
                                           g_get_real_time () / G_USEC_PER_SEC, &error);

  if (!conflicts)
    g_warning ("cannot check the visit: %s", error->message);
  return conflicts;
}

/* Other times, where this one will not do; always while a visit is moved. */
static void
show_free (DeskVisitDialog *self, const DeskVisit *visit, gboolean wanted)
{
  GTimeZone *zone = desk_page_get_zone (self->page);
  g_autoptr (GError) error = NULL;
  DeskSlotSearch search = { .type = visit->type, .patient_id = visit->patient_id, .visit_id = visit->id,
                            .first = desk_instant_day (visit->starts_at, zone), .minutes = (int) ((visit->ends_at - visit->starts_at) / 60) };

  if (!wanted)
    gtk_widget_set_visible (GTK_WIDGET (self->free), FALSE);
  else if (!desk_free_times_show (self->free, desk_page_get_reader (self->page), zone, &search, g_get_real_time () / G_USEC_PER_SEC, &error))
    g_warning ("cannot look for free times: %s", error->message);
}

/* What stands against it, while typing; the reason is asked for as soon as one is needed. */
void
visit_form_show_conflicts (DeskVisitDialog *self)
{
  g_autoptr (DeskVisit) visit = visit_form_collect (self);
  g_autoptr (GPtrArray) conflicts = visit ? visit_form_conflicts_of (self, visit) : NULL;
  GString *words = g_string_new (NULL);

  for (guint i = 0; conflicts && i < conflicts->len; i++)
    {
      const DeskConflict *conflict = g_ptr_array_index (conflicts, i);
      g_autofree char *one = desk_book_conflict_words (conflict, self->resources);

      g_string_append_printf (words, "%s%s %s", words->len ? "\n" : "", conflict->blocks ? "✖" : "⚠", one);
    }
  g_autofree char *warnings = conflicts ? desk_book_warnings_words (conflicts, self->resources) : g_strdup ("");
  gtk_label_set_label (self->conflicts, words->str);
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts), words->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), *warnings != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  if (visit)
    show_free (self, visit, self->before || words->len > 0);
  g_string_free (words, TRUE);
}

void
visit_form_select_type (DeskVisitDialog *self, const char *code)
{
  for (guint i = 0; i < self->types->len; i++)
    if (g_strcmp0 (((DeskVisitType *) self->types->pdata[i])->code, code) == 0)
      adw_combo_row_set_selected (self->type, i);
}

/* The kind of the column that was pointed at; NULL for none. */
static const char *
pointed_kind (DeskVisitDialog *self)
{
  for (guint i = 0; i < self->resources->len; i++)
    if (((DeskResource *) self->resources->pdata[i])->id == self->resource_id)
      return ((DeskResource *) self->resources->pdata[i])->kind;
  return NULL;
}

/* What the patient's course has next is what is booked, where it can be in that column. */
void
visit_form_take_next_step (DeskVisitDialog *self)
{
  g_autoptr (GError) error = NULL;
  const char *kind = pointed_kind (self);

  g_clear_pointer (&self->course_type, g_free);
  if (self->before || self->wanted)
    return;
  if (!desk_course_next_step (desk_page_get_reader (self->page), desk_patient_picker_get_id (self->picker), &self->course_id,
                              &self->course_step, &self->course_type, &error))
    g_warning ("cannot look at the course: %s", error->message);
  for (guint i = 0; self->course_type && i < self->types->len; i++)
    {
      const DeskVisitType *type = self->types->pdata[i];

      if (g_str_equal (type->code, self->course_type) && (!kind || visit_form_needs (type, kind)))
        visit_form_select_type (self, type->code);
    }
}

void
visit_form_fill_types (DeskVisitDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *kind = pointed_kind (self) ? pointed_kind (self) : "room";
  guint selected = 0;

  for (guint i = 0; i < self->types->len; i++)
    {
      const DeskVisitType *type = g_ptr_array_index (self->types, i);

      gtk_string_list_append (names, desk_book_type_name (type));
      /* Chairs are mostly for infusions, rooms and people for talking. */
      if (g_str_equal (type->code, self->wanted ? self->wanted : g_str_equal (kind, "chair") ? "infusion" : "consultation"))
        selected = i;
    }
  adw_combo_row_set_model (self->type, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->type, selected);
}

void
visit_form_fill_choices (DeskVisitDialog *self)
{
  for (guint i = 0; i < VISIT_N_KINDS; i++)
    {
      g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

      self->choices[i] = g_ptr_array_new ();
      gtk_string_list_append (names, _("None"));
      for (guint j = 0; j < self->resources->len; j++)
        {
          DeskResource *resource = g_ptr_array_index (self->resources, j);

          if (!resource->active || !g_str_equal (resource->kind, visit_kinds[i]))
            continue;
          g_ptr_array_add (self->choices[i], resource);
          gtk_string_list_append (names, desk_words_pick (resource->name, resource->name_ja));
        }
      adw_combo_row_set_model (visit_form_row_of (self, i), G_LIST_MODEL (names));
    }
}

static gboolean
try_slot (DeskVisitDialog *self, DeskDay day, int minute)
{
  g_autofree char *iso = desk_day_format (day), *time = desk_book_time_words (minute);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->day_row), iso);
  gtk_editable_set_text (GTK_EDITABLE (self->time_row), time);
  self->filling = FALSE;
  visit_form_fill_resources (self);

  g_autoptr (DeskVisit) visit = visit_form_collect (self);
  g_autoptr (GPtrArray) conflicts = visit ? visit_form_conflicts_of (self, visit) : NULL;
  return conflicts && conflicts->len == 0;
}

/* Where nobody pointed at a slot: the first quarter of an hour from then on that nothing stands against. */
void
visit_form_propose_slot (DeskVisitDialog *self, DeskDay day, int minute)
{
  const DeskClinic *clinic = desk_page_get_clinic (self->page);
  gboolean found = FALSE;

  for (DeskDay d = day; !found && d < day + PROPOSE_DAYS; d++)
    for (int m = d == day ? MAX (minute, clinic->opens) : clinic->opens; !found && m < clinic->closes; m += 15)
      found = try_slot (self, d, m);
  if (!found)
    try_slot (self, day, minute);
  visit_form_show_conflicts (self); /* what stood against the time that was asked for is gone */
}
