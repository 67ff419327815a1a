#include "desk-lab-preview.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "desk-day-words.h"
#include "desk-labs.h"
#include "desk-patient-labs.h"
#include "desk-patients.h"
#include "desk-toast.h"
#include "desk-words.h"

#define MAX_SHOWN 400 /* values of a file that the list draws */

typedef struct
{
  DeskPage *page;
  gint64 patient_id;
  DeskLabImport *import;
  GtkWidget *window, *day, *save;
  GPtrArray *checks;   /* of GtkCheckButton, one for each message */
  GPtrArray *accepted; /* of char: what a tick accepts, for the log; "" where nothing differs */
} Preview;

static void
preview_free (gpointer data)
{
  Preview *p = data;

  g_object_unref (p->page);
  desk_lab_import_free (p->import);
  g_ptr_array_unref (p->checks);
  g_ptr_array_unref (p->accepted);
  g_free (p);
}

static gboolean
lacks_day (const DeskLabMessage *message)
{
  for (guint i = 0; i < message->reports->len; i++)
    if (!*((DeskLabReport *) message->reports->pdata[i])->collected_on)
      return TRUE;
  return FALSE;
}

static char *
typed_day (Preview *p)
{
  gboolean ambiguous;
  char *iso = p->day ? desk_day_read (gtk_editable_get_text (GTK_EDITABLE (p->day)), DESK_DAY_ORDER_NONE, &ambiguous) : NULL;
  DeskDay day;

  if (iso && desk_day_parse (iso, &day) && day <= desk_page_get_today (p->page))
    return iso;
  g_free (iso);
  return NULL;
}

static gboolean
chosen (Preview *p, guint message)
{
  return gtk_check_button_get_active (p->checks->pdata[message]);
}

static void
check (Preview *p)
{
  g_autofree char *day = typed_day (p);
  gboolean any = FALSE, complete = TRUE;

  for (guint i = 0; i < p->import->messages->len; i++)
    if (chosen (p, i))
      {
        any = TRUE;
        complete = complete && (day || !lacks_day (p->import->messages->pdata[i]));
      }
  gtk_widget_set_sensitive (p->save, any && complete);
}

static void
on_save (GtkWidget *button, Preview *p)
{
  GPtrArray *reports = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_lab_report_free);
  g_autofree char *day = typed_day (p);

  for (guint i = 0; i < p->import->messages->len; i++)
    {
      DeskLabMessage *message = p->import->messages->pdata[i];

      while (chosen (p, i) && message->reports->len > 0)
        {
          DeskLabReport *report = g_ptr_array_steal_index (message->reports, 0);

          report->patient_id = p->patient_id;
          report->accepted = g_strdup (p->accepted->pdata[i]);
          if (!*report->collected_on)
            {
              g_free (report->collected_on);
              report->collected_on = g_strdup (day);
            }
          g_ptr_array_add (reports, report);
        }
    }
  desk_patient_labs_save (p->page, reports);
  gtk_window_destroy (GTK_WINDOW (p->window));
}

static GtkWidget *
new_row (const char *title, const char *subtitle, const char *icon)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (icon)
    adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icon);
  return row;
}

/* ── whose ───────────────────────────────────────────────────────────────────────────────────── */

static char *
differences (const DeskProblems *problems)
{
  static const struct
  {
    const char *field, *words;
  } fields[] = { { "name", N_("name in the file: %s") }, { "birth", N_("birth date in the file: %s") }, { "sex", N_("sex in the file: %s") } };
  g_autoptr (GString) text = g_string_new (_("Not this patient?"));

  for (guint i = 0; i < problems->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (fields); j++)
      if (strcmp (fields[j].field, desk_problems_get (problems, i)->field) == 0)
        {
          g_auto (GStrv) parts = g_strsplit (_(fields[j].words), "%s", 2);

          g_string_append_printf (text, "  ·  %s%s%s", parts[0], desk_problems_get (problems, i)->detail, parts[1] ? parts[1] : "");
        }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
known_before (Preview *p, const DeskLabMessage *message)
{
  const DeskLabReport *first = message->reports->pdata[0];
  gint64 known = 0;

  return desk_lab_known (desk_page_get_reader (p->page), first->source_id, &known, NULL) && known != 0;
}

/* What the log keeps when somebody ticks results that name another person, or nobody: plain, in no language of the screen. */
static char *
acceptance (DeskLabIdentity identity, const DeskProblems *problems, const DeskPatient *patient)
{
  g_autofree char *name = desk_patient_name (patient);
  GString *text = g_string_new (identity == DESK_LAB_NOT_TOLD ? "file names nobody" : "");

  for (guint i = 0; i < problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (problems, i);
      const char *own = strcmp (problem->field, "name") == 0 ? name : strcmp (problem->field, "birth") == 0 ? patient->birth : patient->sex;

      g_string_append_printf (text, "%s%s: file %s, chart %s", i ? "; " : "", problem->field, problem->detail ? problem->detail : "", own);
    }
  return g_string_free (text, FALSE);
}

/* Only what names this very patient is chosen from the beginning. */
static GtkWidget *
identity_row (Preview *p, const DeskLabMessage *message, const DeskPatient *patient)
{
  g_autoptr (DeskProblems) problems = desk_problems_new ();
  DeskLabIdentity identity = desk_lab_message_compare (message, patient, problems);
  g_autofree char *name = desk_lab_message_name (message), *differs = differences (problems);
  g_autofree char *birth = desk_words_iso_day (message->birth);
  const char *facts[] = { name, birth, message->sender };
  g_autofree char *title = desk_words_facts (facts, G_N_ELEMENTS (facts));
  gboolean before = known_before (p, message), same = identity == DESK_LAB_SAME_PERSON;
  const char *told = before                              ? _("Imported before: it is not saved again.")
                     : same                              ? _("This patient: name and birth date agree with the chart.")
                     : identity == DESK_LAB_NOT_TOLD     ? _("The file names nobody. Tick it when these are this patient’s results.")
                                                         : differs;
  GtkWidget *row = new_row (*title ? title : p->import->name, told, same && !before ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  GtkWidget *tick = gtk_check_button_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), same && !before);
  gtk_widget_set_sensitive (tick, !before);
  gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Save these results"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), tick);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), tick);
  g_signal_connect_swapped (tick, "toggled", G_CALLBACK (check), p);
  g_ptr_array_add (p->checks, tick);
  g_ptr_array_add (p->accepted, acceptance (identity, problems, patient));
  return row;
}

/* ── what ────────────────────────────────────────────────────────────────────────────────────── */

static GtkWidget *
value_row (const DeskLabReport *report, const DeskLabValue *value)
{
  const DeskLabTest *test = desk_lab_find (value->test);
  g_autofree char *number = g_strconcat (value->comparator, value->value, NULL);
  g_autofree char *title = g_strdup_printf ("%s   %s %s", test ? desk_lab_name (test, desk_words_language ()) : value->name, number, value->unit);
  g_autofree char *day = *report->collected_on ? desk_words_iso_day (report->collected_on) : g_strdup (_("no day"));
  const char *judged = *value->outcome ? desk_words ("lab-outcome", value->outcome) : *value->flag ? desk_words ("lab-flag", value->flag) : "";
  const char *status = strcmp (value->status, "F") != 0 ? desk_words ("lab-status", value->status) : "";
  const char *facts[] = { day, value->range_text, judged, status, test ? "" : _("not in the table: kept by its name"), value->note };
  g_autofree char *subtitle = desk_words_facts (facts, G_N_ELEMENTS (facts));

  return new_row (title, subtitle, NULL);
}

static void
add_values (AdwPreferencesGroup *group, const DeskLabMessage *message, guint *n)
{
  for (guint i = 0; i < message->reports->len; i++)
    {
      const DeskLabReport *report = message->reports->pdata[i];

      for (guint j = 0; j < report->values->len; j++)
        if ((*n)++ < MAX_SHOWN)
          adw_preferences_group_add (group, value_row (report, report->values->pdata[j]));
    }
}

/* "Line 9 (OBX): A test without a result (CEA)". */
static char *
problem_title (const DeskLabImport *import, const DeskLabProblem *problem)
{
  const char *words = desk_words ("lab-problem", problem->code);
  g_autofree char *line = g_strdup_printf (_("Line %u"), problem->line);
  g_autofree char *segment = *problem->segment ? g_strdup_printf ("%s (%s)", line, problem->segment) : g_steal_pointer (&line);
  const char *where = problem->line ? segment : import->name;

  return *problem->detail ? g_strdup_printf ("%s: %s (%s)", where, words, problem->detail) : g_strdup_printf ("%s: %s", where, words);
}

static void
add_problems (Preview *p, GtkBox *box)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (p->import->problems->len == 0)
    return;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("What could not be read"));
  for (guint i = 0; i < p->import->problems->len; i++)
    {
      const DeskLabProblem *problem = p->import->problems->pdata[i];
      g_autofree char *title = problem_title (p->import, problem);
      const char *advice = desk_words ("lab-advice", problem->code);

      /* A code without words of its own comes back as it is. */
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 new_row (title, advice == problem->code ? "" : advice, "dialog-warning-symbolic"));
    }
  gtk_box_append (box, group);
}

static void
add_day (Preview *p, GtkBox *box)
{
  gboolean needed = FALSE;

  for (guint i = 0; i < p->import->messages->len; i++)
    needed = needed || lacks_day (p->import->messages->pdata[i]);
  if (!needed)
    return;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (_("Day of the specimen, where the file tells none"));
  p->day = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (p->day), "2026-03-12");
  gtk_accessible_update_property (GTK_ACCESSIBLE (p->day), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Day of the specimen"), -1);
  g_signal_connect_swapped (p->day, "changed", G_CALLBACK (check), p);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), p->day);
  gtk_box_append (box, line);
}

static void
fill (Preview *p, GtkBox *box, const DeskPatient *patient)
{
  guint n = 0;

  add_day (p, box);
  for (guint i = 0; i < p->import->messages->len; i++)
    {
      const DeskLabMessage *message = p->import->messages->pdata[i];
      GtkWidget *group = adw_preferences_group_new ();

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), identity_row (p, message, patient));
      add_values (ADW_PREFERENCES_GROUP (group), message, &n);
      gtk_box_append (box, group);
    }
  if (p->import->messages->len == 0)
    gtk_box_append (box, gtk_label_new (_("The file holds no results that can be read.")));
  if (n > MAX_SHOWN)
    {
      g_autofree char *more = g_strdup_printf (g_dngettext (NULL, "and %u more result", "and %u more results", n - MAX_SHOWN), n - MAX_SHOWN);

      gtk_box_append (box, gtk_label_new (more));
    }
  add_problems (p, box);
}

static GtkWidget *
build_window (Preview *p, const DeskPatient *patient)
{
  GtkWidget *window = adw_window_new (), *bar = adw_header_bar_new (), *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *scroll = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();
  g_autofree char *name = desk_patient_name (patient);
  g_autofree char *title = g_strdup_printf (_("%s for %s"), p->import->name, name);

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), 760, 620);
  p->save = gtk_button_new_with_mnemonic (_("_Import"));
  gtk_widget_add_css_class (p->save, "suggested-action");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), p->save);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), window);
  g_signal_connect (p->save, "clicked", G_CALLBACK (on_save), p);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  fill (p, GTK_BOX (box), patient);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (all), bar);
  gtk_box_append (GTK_BOX (all), scroll);
  adw_window_set_content (ADW_WINDOW (window), all);
  return window;
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GtkWindow *window)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  gtk_window_destroy (window);
  return TRUE;
}

/* Shows what a file holds, compared with the chart; the import is taken. Nothing is saved before Import. */
void
desk_lab_preview_open (DeskPage *page, const DeskPatient *patient, DeskLabImport *import)
{
  Preview *p = g_new0 (Preview, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  p->page = g_object_ref (page);
  p->patient_id = patient->id;
  p->import = import;
  p->checks = g_ptr_array_new ();
  p->accepted = g_ptr_array_new_with_free_func (g_free);
  p->window = build_window (p, patient);
  gtk_window_set_transient_for (GTK_WINDOW (p->window), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))));
  gtk_window_set_modal (GTK_WINDOW (p->window), TRUE);
  g_object_set_data_full (G_OBJECT (p->window), "preview", p, preview_free);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), p->window);
  gtk_widget_add_controller (p->window, keys);
  check (p);
  gtk_window_present (GTK_WINDOW (p->window));
}

/* ── choosing the file ───────────────────────────────────────────────────────────────────────── */

typedef struct
{
  DeskPage *page;
  gint64 patient_id;
} Choice;

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->page);
  g_free (choice);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Choice *choice = user_data;
  g_autoptr (GError) error = NULL;
  DeskLabImport *import = desk_lab_import_finish (result, &error);
  g_autoptr (DeskPatient) patient = import ? desk_patient_load (desk_page_get_reader (choice->page), choice->patient_id, &error) : NULL;

  if (patient)
    desk_lab_preview_open (choice->page, patient, import);
  else
    {
      desk_lab_import_free (import);
      desk_toast_error (GTK_WIDGET (choice->page), error);
    }
  choice_free (choice);
}

static void
on_chosen (GtkNativeDialog *chooser, int response, Choice *choice)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autofree char *path = g_file_get_path (file);

      desk_lab_import_async (path, NULL, on_read, choice);
    }
  else
    choice_free (choice);
  g_object_unref (chooser);
}

/* Asks for a file of the laboratory and shows what is in it. */
void
desk_lab_preview_choose (DeskPage *page, const DeskPatient *patient)
{
  GtkFileChooserNative *chooser
      = gtk_file_chooser_native_new (_("Results From the Laboratory"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice) { g_object_ref (page), patient->id };
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_chosen), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
