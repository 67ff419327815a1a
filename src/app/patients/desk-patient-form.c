#include "desk-patient-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-country.h"
#include "desk-mrz-entry.h"
#include "desk-mrz-patient.h"
#include "desk-toast.h"
#include "desk-words.h"

typedef enum
{
  FIELD_TEXT,
  FIELD_WIDE,   /* a line of its own */
  FIELD_CHOICE, /* one of a few codes */
  FIELD_SWITCH,
} FieldKind;

typedef struct
{
  const char *section; /* N_(), on the first field of a section */
  const char *name;    /* of DeskPatientField, or "interpreter" */
  const char *title;   /* N_() */
  FieldKind kind;
  const char *hint;    /* N_() or NULL: what is accepted */
  const char *choices; /* codes, comma separated; their group of words is the name */
} FormField;

static const FormField form_fields[] = {
  { N_("Person"), "birth", N_("Birth date"), FIELD_TEXT, N_("1985-04-03, or 1985-04, or 1985"), NULL },
  { NULL, "sex", N_("Sex"), FIELD_CHOICE, NULL, "F,M,X" },
  { NULL, "family", N_("Family name, as in the passport"), FIELD_TEXT, NULL, NULL },
  { NULL, "given", N_("Given names, as in the passport"), FIELD_TEXT, N_("Leave empty for a person with one name"), NULL },
  { NULL, "family_native", N_("Family name in own script"), FIELD_TEXT, NULL, NULL },
  { NULL, "given_native", N_("Given names in own script"), FIELD_TEXT, NULL, NULL },
  { NULL, "kana", N_("Reading in kana"), FIELD_TEXT, NULL, NULL },
  { NULL, "preferred", N_("Wants to be called"), FIELD_TEXT, NULL, NULL },
  { NULL, "former", N_("Former names"), FIELD_WIDE, N_("Names borne before, as old papers have them; commas between"), NULL },
  { NULL, "nationality", N_("Nationality"), FIELD_TEXT, N_("Three letters, such as JPN, or the country’s name"), NULL },
  { NULL, "languages", N_("Languages"), FIELD_TEXT, N_("Best first: en, zh, ja"), NULL },
  { NULL, "passport", N_("Passport number"), FIELD_TEXT, NULL, NULL },
  { NULL, "passport_until", N_("Passport valid until"), FIELD_TEXT, N_("2031-04-03"), NULL },
  { NULL, "interpreter", N_("Needs an interpreter"), FIELD_SWITCH, NULL, NULL },
  { NULL, "purpose", N_("Comes for"), FIELD_CHOICE, NULL, "treatment,prevention" },
  { NULL, "occupation", N_("Occupation"), FIELD_TEXT, N_("Stands on the visa papers"), NULL },

  { N_("Contact"), "phone", N_("Phone"), FIELD_TEXT, N_("With country code: +81 3 1234 5678"), NULL },
  { NULL, "email", N_("E-mail"), FIELD_TEXT, NULL, NULL },
  { NULL, "address", N_("Address"), FIELD_WIDE, NULL, NULL },
  { NULL, "zone", N_("Time zone at home"), FIELD_TEXT, N_("Asia/Shanghai"), NULL },
  { NULL, "agency", N_("Agency"), FIELD_TEXT, NULL, NULL },
  { NULL, "emergency", N_("Emergency contact"), FIELD_WIDE, NULL, NULL },

  { N_("Medical"), "icd10", N_("Diagnosis code (ICD-10)"), FIELD_TEXT, NULL, NULL },
  { NULL, "diagnosis", N_("Diagnosis"), FIELD_TEXT, NULL, NULL },
  { NULL, "stage", N_("Stage"), FIELD_TEXT, NULL, NULL },
  { NULL, "diagnosed_on", N_("Diagnosed on"), FIELD_TEXT, N_("2026-01-31"), NULL },
  { NULL, "allergies", N_("Allergies"), FIELD_WIDE, NULL, NULL },
  { NULL, "medication", N_("Medication"), FIELD_WIDE, NULL, NULL },
  { NULL, "referrer", N_("Referring hospital"), FIELD_WIDE, NULL, NULL },
  { NULL, "note", N_("Note"), FIELD_WIDE, NULL, NULL },
};

#define N_FIELDS G_N_ELEMENTS (form_fields)

struct _DeskPatientForm
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkWidget *inputs[N_FIELDS];
  GtkLabel *notes[N_FIELDS];
  DeskMrzEntry *mrz;
  char *said[N_FIELDS];      /* what the passport's lines say of the field, while it stands as filled from them */
  char *filled[N_FIELDS];
  gboolean doubtful[N_FIELDS]; /* what they say is a problem */
  gboolean doubts;           /* problems nobody has seen a second time yet */
  DeskPatient *before;       /* the form before they filled it, or NULL */
  DeskPatient *patient; /* as filled */
  DeskDay today;        /* the clinic's: no birth after it */
};

enum
{
  LEFT_FIELD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskPatientForm, desk_patient_form, ADW_TYPE_BIN)

static const DeskPatientField *
field_of (const char *name)
{
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (fields[i].name, name) == 0)
      return &fields[i];
  return NULL;
}

/* The title of a field, for lists of differences; the name itself when the form does not have it. */
const char *
desk_patient_form_title (const char *field)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (strcmp (form_fields[i].name, field) == 0)
      return _(form_fields[i].title);
  return field;
}

/* Lends the widget of a field, or NULL. */
GtkWidget *
desk_patient_form_input (DeskPatientForm *self, const char *field)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (strcmp (form_fields[i].name, field) == 0)
      return self->inputs[i];
  return NULL;
}

static char *
read_input (DeskPatientForm *self, guint i)
{
  const FormField *form = &form_fields[i];

  if (form->kind != FIELD_CHOICE)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->inputs[i])));

  g_auto (GStrv) codes = g_strsplit (form->choices, ",", -1);
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->inputs[i]));
  return g_strdup (selected < g_strv_length (codes) ? codes[selected] : codes[0]);
}

static void
write_input (DeskPatientForm *self, guint i, const char *value)
{
  const FormField *form = &form_fields[i];

  if (form->kind != FIELD_CHOICE)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->inputs[i]), value ? value : "");
      return;
    }

  g_auto (GStrv) codes = g_strsplit (form->choices, ",", -1);
  for (guint n = 0; codes[n]; n++)
    if (g_strcmp0 (codes[n], value) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->inputs[i]), n);
}

static void
set_note (DeskPatientForm *self, guint i, const char *text, gboolean is_problem)
{
  const char *shown = text ? text : form_fields[i].hint ? _(form_fields[i].hint) : "";

  gtk_label_set_label (self->notes[i], shown);
  gtk_widget_set_visible (GTK_WIDGET (self->notes[i]), *shown != '\0');
  if (is_problem)
    {
      gtk_widget_add_css_class (self->inputs[i], "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->notes[i]), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->notes[i]), "dim-label");
    }
  else
    {
      gtk_widget_remove_css_class (self->inputs[i], "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->notes[i]), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->notes[i]), "dim-label");
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->inputs[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, shown, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->inputs[i]), GTK_ACCESSIBLE_STATE_INVALID,
                               is_problem ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Says something under a field that is no problem: who else was born that day. NULL shows the hint again. */
void
desk_patient_form_set_note (DeskPatientForm *self, const char *field, const char *text)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (strcmp (form_fields[i].name, field) == 0)
      set_note (self, i, text, FALSE);
}

/* A country's name typed out becomes its code; what is not known stays as typed. The caller frees it. */
char *
desk_patient_form_country_code (const char *text)
{
  guint n;
  const DeskCountry *countries = desk_countries (&n);
  g_autofree char *wanted = g_utf8_casefold (text, -1);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_utf8_casefold (countries[i].name, -1);

      if (strcmp (name, wanted) == 0 || strcmp (countries[i].name_ja, text) == 0)
        return g_strdup (countries[i].alpha3);
    }
  return g_strdup (text);
}

static void
show_problem (DeskPatientForm *self, guint i, const DeskProblems *problems)
{
  const DeskProblem *problem = desk_problems_find (problems, form_fields[i].name);

  if (problem)
    {
      g_autofree char *words = desk_words_problem (problem);
      set_note (self, i, words, TRUE);
      return;
    }
  if (self->said[i] && form_fields[i].kind != FIELD_SWITCH)
    {
      g_autofree char *now = read_input (self, i);

      if (strcmp (now, self->filled[i]) == 0)
        {
          set_note (self, i, self->said[i], self->doubtful[i]);
          return;
        }
    }
  if (strcmp (form_fields[i].name, "nationality") == 0)
    {
      g_autofree char *text = read_input (self, i);
      g_autofree char *code = g_ascii_strup (text, -1);
      const DeskCountry *country = desk_country_find (code);

      set_note (self, i, country ? desk_country_name (code, desk_words_language ()) : NULL, FALSE);
      return;
    }
  set_note (self, i, NULL, FALSE);
}

static void
on_leave (GtkEventController *controller, gpointer user_data)
{
  DeskPatientForm *self = user_data;
  GtkWidget *input = gtk_event_controller_get_widget (controller);
  g_autoptr (DeskPatient) patient = desk_patient_form_collect (self);
  g_autoptr (DeskProblems) problems = desk_problems_new ();

  desk_patient_check (patient, self->today, problems);
  for (guint i = 0; i < N_FIELDS; i++)
    if (self->inputs[i] == input)
      {
        /* An empty field is only complained about on saving. */
        g_autofree char *text = read_input (self, i);
        if (*text)
          show_problem (self, i, problems);
        g_signal_emit (self, signals[LEFT_FIELD], 0, form_fields[i].name);
      }
}

static GtkWidget *
make_input (const FormField *form)
{
  if (form->kind == FIELD_SWITCH)
    return gtk_check_button_new_with_label (_(form->title));
  if (form->kind != FIELD_CHOICE)
    return g_object_new (GTK_TYPE_ENTRY, "activates-default", FALSE, "width-chars", 12, NULL);

  g_auto (GStrv) codes = g_strsplit (form->choices, ",", -1);
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  for (guint i = 0; codes[i]; i++)
    g_ptr_array_add (titles, (gpointer) desk_words (form->name, codes[i]));
  g_ptr_array_add (titles, NULL);
  return gtk_drop_down_new_from_strings ((const char *const *) titles->pdata);
}

static void
forget_lines (DeskPatientForm *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_clear_pointer (&self->said[i], g_free);
      g_clear_pointer (&self->filled[i], g_free);
      self->doubtful[i] = FALSE;
    }
  self->doubts = FALSE;
}

/* What there is to say of a field after the lines were read: their problem with it, or what stood there before. */
static void
say_of_field (DeskPatientForm *self, guint i, const DeskMrz *mrz, const char *before)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint k = 0; k < mrz->problems->len; k++)
    {
      const DeskProblem *problem = desk_problems_get (mrz->problems, k);
      g_autofree char *sentence = desk_words_problem (problem);

      if (g_strcmp0 (desk_mrz_patient_field (mrz, problem->field), form_fields[i].name) != 0)
        continue;
      g_string_append_printf (words, "%s%s", words->len ? " " : "", sentence);
      /* A name that may be cut must be looked at just like a wrong digit. */
      if (!problem->warning || strcmp (problem->field, "name") == 0)
        self->doubtful[i] = TRUE;
    }
  self->filled[i] = read_input (self, i);
  if (*before && strcmp (before, self->filled[i]) != 0 && strcmp (before, "X") != 0)
    {
      g_string_append (words, words->len ? " " : "");
      g_string_append_printf (words, _("Was %s."), form_fields[i].kind == FIELD_CHOICE ? desk_words ("sex", before) : before);
    }
  if (words->len > 0)
    self->said[i] = g_strdup (words->str);
}

static void
write_patient (DeskPatientForm *self, const DeskPatient *patient)
{
  g_autoptr (DeskProblems) none = desk_problems_new ();

  for (guint i = 0; i < N_FIELDS; i++)
    if (form_fields[i].kind == FIELD_SWITCH)
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->inputs[i]), patient->interpreter);
    else
      {
        const char *value = desk_patient_get (patient, field_of (form_fields[i].name));
        g_autofree char *now = read_input (self, i);

        if (strcmp (now, value) != 0)
          write_input (self, i, value);
        show_problem (self, i, none);
      }
}

static void
on_lines_read (DeskMrzEntry *entry, const DeskMrz *mrz, DeskPatientForm *self)
{
  g_autoptr (DeskPatient) before = desk_patient_form_collect (self);
  g_autoptr (DeskPatient) after = desk_mrz_fill_patient (mrz, before);

  forget_lines (self);
  write_patient (self, after);
  self->doubts = desk_problems_block (mrz->problems);
  for (guint i = 0; i < N_FIELDS; i++)
    if (form_fields[i].kind != FIELD_SWITCH)
      {
        say_of_field (self, i, mrz, desk_patient_get (before, field_of (form_fields[i].name)));
        self->doubts = self->doubts || self->doubtful[i];
        if (self->said[i])
          set_note (self, i, self->said[i], self->doubtful[i]);
      }
  if (!self->before)
    self->before = g_steal_pointer (&before);
  g_signal_emit (self, signals[LEFT_FIELD], 0, "birth");
}

static void
on_lines_put_back (DeskMrzEntry *entry, DeskPatientForm *self)
{
  forget_lines (self);
  if (self->before)
    write_patient (self, self->before);
  g_clear_pointer (&self->before, desk_patient_free);
}

static void
on_lines_nationality (DeskMrzEntry *entry, const char *code, DeskPatientForm *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (strcmp (form_fields[i].name, "nationality") == 0)
      {
        g_clear_pointer (&self->said[i], g_free);
        write_input (self, i, code);
        set_note (self, i, desk_country_name (code, desk_words_language ()), FALSE);
      }
}

static GtkWidget *
make_field (DeskPatientForm *self, guint i)
{
  const FormField *form = &form_fields[i];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (form->kind == FIELD_SWITCH ? " " : _(form->title));
  GtkWidget *note = gtk_label_new (NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->inputs[i] = make_input (form);
  self->notes[i] = GTK_LABEL (note);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (title), self->inputs[i]);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (note), PANGO_WRAP_WORD_CHAR);
  if (GTK_IS_EDITABLE (self->inputs[i]))
    desk_mrz_entry_watch (self->mrz, GTK_EDITABLE (self->inputs[i]));
  gtk_widget_add_css_class (note, "caption");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->inputs[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, _(form->title), -1);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (self->inputs[i], focus);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->inputs[i]);
  gtk_box_append (GTK_BOX (box), note);
  set_note (self, i, NULL, FALSE);
  return box;
}

static void
build (DeskPatientForm *self)
{
  GtkGrid *grid = NULL;
  int row = 0, column = 0;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      const FormField *form = &form_fields[i];

      if (form->section)
        {
          GtkWidget *heading = gtk_label_new (_(form->section));

          gtk_label_set_xalign (GTK_LABEL (heading), 0);
          gtk_widget_add_css_class (heading, "title-4");
          gtk_box_append (self->box, heading);
          grid = GTK_GRID (gtk_grid_new ());
          gtk_grid_set_column_spacing (grid, 18);
          gtk_grid_set_row_spacing (grid, 10);
          gtk_grid_set_column_homogeneous (grid, TRUE);
          gtk_widget_set_margin_bottom (GTK_WIDGET (grid), 18);
          gtk_box_append (self->box, GTK_WIDGET (grid));
          row = column = 0;
        }

      GtkWidget *field = make_field (self, i);
      gboolean wide = form->kind == FIELD_WIDE;
      if (wide && column == 1)
        row++, column = 0;
      gtk_grid_attach (grid, field, column, row, wide ? 2 : 1, 1);
      if (wide || column == 1)
        row++, column = 0;
      else
        column = 1;
    }
}

/* Shows a patient for editing; copies it. today is the clinic's. */
void
desk_patient_form_fill (DeskPatientForm *self, const DeskPatient *patient, DeskDay today)
{
  g_clear_pointer (&self->patient, desk_patient_free);
  self->patient = desk_patient_copy (patient);
  self->today = today;
  desk_patient_tidy (self->patient);
  forget_lines (self);
  g_clear_pointer (&self->before, desk_patient_free);
  desk_mrz_entry_begin (self->mrz, today);
  write_patient (self, self->patient);
  gtk_widget_grab_focus (self->inputs[0]);
}

/* What stands in the form now, tidied; the caller frees it. */
DeskPatient *
desk_patient_form_collect (DeskPatientForm *self)
{
  DeskPatient *patient = desk_patient_copy (self->patient);

  for (guint i = 0; i < N_FIELDS; i++)
    {
      if (form_fields[i].kind == FIELD_SWITCH)
        {
          patient->interpreter = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->inputs[i]));
          continue;
        }
      g_autofree char *text = read_input (self, i);
      g_autofree char *value = strcmp (form_fields[i].name, "nationality") == 0 ? desk_patient_form_country_code (text) : g_strdup (text);
      desk_patient_set (patient, field_of (form_fields[i].name), value);
    }
  desk_patient_tidy (patient);
  return patient;
}

/* What the passport whose lines were read says, to be kept with the record; NULL for none. */
const DeskPassportReading *
desk_patient_form_get_reading (DeskPatientForm *self)
{
  return desk_mrz_entry_get_reading (self->mrz);
}

/* Whether anything differs from what was filled in. */
gboolean
desk_patient_form_is_dirty (DeskPatientForm *self)
{
  if (!self->patient)
    return FALSE;

  g_autoptr (DeskPatient) now = desk_patient_form_collect (self);
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (desk_patient_get (now, &fields[i]), desk_patient_get (self->patient, &fields[i])) != 0)
      return TRUE;
  return now->interpreter != self->patient->interpreter;
}

/* After somebody else's save has been looked at: what is typed here is to follow that version. */
void
desk_patient_form_rebase (DeskPatientForm *self, gint64 version)
{
  self->patient->version = version;
}

/* The key for the passport's lines: the focus goes there. */
void
desk_patient_form_go_to_lines (DeskPatientForm *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->mrz));
}

/* Shows every problem at its field and puts the focus on the first; FALSE when one stops the saving. What the passport's
 * lines left in doubt stops it once. */
gboolean
desk_patient_form_check (DeskPatientForm *self)
{
  g_autoptr (DeskPatient) patient = desk_patient_form_collect (self);
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  GtkWidget *first = NULL;

  desk_patient_check (patient, self->today, problems);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      const DeskProblem *problem = desk_problems_find (problems, form_fields[i].name);

      show_problem (self, i, problems);
      if (problem && !problem->warning && !first)
        first = self->inputs[i];
    }
  if (!first && self->doubts)
    {
      self->doubts = FALSE;
      for (guint i = 0; i < N_FIELDS && !first; i++)
        if (self->doubtful[i])
          first = self->inputs[i];
      gtk_widget_grab_focus (first ? first : GTK_WIDGET (self->mrz));
      desk_toast (GTK_WIDGET (self), _("Please compare with the passport what is marked, then save once more."));
      return FALSE;
    }
  if (!first && desk_mrz_entry_ask_again (self->mrz))
    return FALSE;
  if (first)
    gtk_widget_grab_focus (first);
  return !desk_problems_block (problems);
}

static void
desk_patient_form_finalize (GObject *object)
{
  DeskPatientForm *self = DESK_PATIENT_FORM (object);

  g_clear_pointer (&self->patient, desk_patient_free);
  g_clear_pointer (&self->before, desk_patient_free);
  forget_lines (self);
  G_OBJECT_CLASS (desk_patient_form_parent_class)->finalize (object);
}

static void
desk_patient_form_class_init (DeskPatientFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_patient_form_finalize;
  g_type_ensure (DESK_TYPE_MRZ_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-patient-form.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskPatientForm, box);
  gtk_widget_class_bind_template_child (widget_class, DeskPatientForm, mrz);
  gtk_widget_class_bind_template_callback (widget_class, on_lines_read);
  gtk_widget_class_bind_template_callback (widget_class, on_lines_put_back);
  gtk_widget_class_bind_template_callback (widget_class, on_lines_nationality);

  /* left-field (name): the focus went on from a field. */
  signals[LEFT_FIELD] = g_signal_new ("left-field", DESK_TYPE_PATIENT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
desk_patient_form_init (DeskPatientForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  desk_mrz_entry_watch_keys (self->mrz, GTK_WIDGET (self));
  build (self);
}
