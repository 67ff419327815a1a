#include "desk-disc-rows.h"

#include <glib/gi18n.h>

#include "desk-disc-compare.h"
#include "desk-words.h"

#define MAX_PROBLEMS 50 /* that are shown one by one */

static void
add_fact (GPtrArray *facts, const char *text)
{
  if (text && *text)
    g_ptr_array_add (facts, g_strdup (text));
}

static char *
join_facts (GPtrArray *facts)
{
  return desk_words_facts ((const char *const *) facts->pdata, facts->len);
}

/* Name, birth date, sex and the number of the hospital that made the disc; the caller frees it. */
char *
desk_disc_patient_words (const DeskDiscPatient *patient)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *birth = desk_words_iso_day (patient->birth);

  add_fact (facts, birth);
  add_fact (facts, *patient->sex ? desk_words ("sex", patient->sex) : NULL);
  if (*patient->id)
    g_ptr_array_add (facts, g_strdup_printf (_("their number %s"), patient->id));
  add_fact (facts, patient->issuer);
  return join_facts (facts);
}

static GtkWidget *
row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  return row;
}

/* The heading above a patient's studies. */
GtkWidget *
desk_disc_patient_row (const DeskDiscPatient *patient)
{
  g_autofree char *name = desk_disc_name_text (patient->name), *words = desk_disc_patient_words (patient);
  GtkWidget *row = row_new (*name ? name : _("No name on the disc"), words);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("avatar-default-symbolic"));
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "heading");
  return row;
}

static char *
count_words (guint images, guint files)
{
  if (images == 0)
    return g_strdup_printf (g_dngettext (NULL, "%u file without pictures", "%u files without pictures", files), files);
  return g_strdup_printf (g_dngettext (NULL, "%u picture", "%u pictures", images), images);
}

static char *
study_title (const DeskDiscStudy *study)
{
  g_autofree char *day = desk_words_iso_day (study->date);
  g_autoptr (GString) title = g_string_new (*day ? day : _("Undated"));

  for (guint i = 0; i < study->modalities->len; i++)
    g_string_append_printf (title, "%s%s", i == 0 ? "  " : ", ", (char *) g_ptr_array_index (study->modalities, i));
  return g_string_free (g_steal_pointer (&title), FALSE);
}

/* A study with a box to tick, which is lent in check. */
GtkWidget *
desk_disc_study_row (const DeskDiscStudy *study, gboolean filed, GtkWidget **check)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = study_title (study);

  add_fact (facts, study->description);
  for (guint i = 0, n = 0; i < study->series->len && n < 1; i++)
    {
      const DeskDiscSeries *series = g_ptr_array_index (study->series, i);

      add_fact (facts, series->body_part);
      n += *series->body_part != '\0';
    }
  add_fact (facts, study->hospital);
  g_ptr_array_add (facts, count_words (study->images, study->files));
  if (study->missing > 0)
    g_ptr_array_add (facts, g_strdup_printf (g_dngettext (NULL, "%u missing", "%u missing", study->missing), study->missing));
  g_autofree char *subtitle = join_facts (facts);
  GtkWidget *row = row_new (title, subtitle);

  *check = gtk_check_button_new ();
  gtk_widget_set_valign (*check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), *check);
  if (filed)
    {
      GtkWidget *label = gtk_label_new (_("Filed already"));

      gtk_widget_add_css_class (label, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  return row;
}

GtkWidget *
desk_disc_series_row (const DeskDiscSeries *series)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = g_strdup_printf ("%s %s", *series->modality ? series->modality : "?", series->number);

  add_fact (facts, series->description);
  add_fact (facts, series->body_part);
  g_ptr_array_add (facts, count_words (series->images, series->files->len));
  g_autofree char *subtitle = join_facts (facts);
  return row_new (g_strstrip (title), subtitle);
}

/* What is wrong with the disc, folded away; NULL when nothing is. */
GtkWidget *
desk_disc_problems_row (const DeskDisc *disc)
{
  guint n = disc->problems->len;

  if (n == 0)
    return NULL;
  GtkWidget *expander = adw_expander_row_new ();
  g_autofree char *title = g_strdup_printf (g_dngettext (NULL, "⚠ %u remark about the disc", "⚠ %u remarks about the disc", n), n);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  for (guint i = 0; i < MIN (n, MAX_PROBLEMS); i++)
    {
      const DeskDiscProblem *problem = g_ptr_array_index (disc->problems, i);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row_new (desk_words ("disc", problem->code), problem->name));
    }
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (expander), FALSE);
  return expander;
}

static char *
day_words (const char *day)
{
  return day && *day ? desk_words_iso_day (day) : NULL;
}

static char *
sex_words (const char *sex)
{
  return sex && *sex ? g_strdup (desk_words ("sex", sex)) : NULL;
}

/* Every name of the chart, as the disc's are shown: NAME, 氏名, かな. */
static char *
name_words (const DeskPatient *chart)
{
  g_autofree char *latin = g_strdup_printf ("%s %s", chart->family, chart->given);
  g_autofree char *native = g_strdup_printf ("%s %s", chart->family_native, chart->given_native);
  char *const names[] = { g_strstrip (latin), g_strstrip (native), chart->kana };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i] && *names[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What the two say about the field that differs, each for the caller to free; NULL when it says nothing. */
static void
both_words (const char *field, const DeskDiscPerson *person, const DeskPatient *chart, char *words[2])
{
  gboolean birth = g_str_equal (field, "birth"), sex = g_str_equal (field, "sex");

  words[0] = birth ? day_words (person->birth) : sex ? sex_words (person->sex) : desk_disc_name_text (person->name);
  words[1] = birth ? day_words (chart->birth) : sex ? sex_words (chart->sex) : name_words (chart);
}

static GtkWidget *
side_new (const char *heading, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *over = gtk_label_new (heading);
  GtkWidget *label = gtk_label_new (text && *text ? text : _("nothing"));

  gtk_label_set_xalign (GTK_LABEL (over), 0);
  gtk_widget_add_css_class (over, "caption");
  gtk_widget_add_css_class (over, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), over);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/* What differs from the chart, with what both say side by side. */
GtkWidget *
desk_disc_difference_row (const DeskProblem *problem, const DeskDiscPerson *person, const DeskPatient *chart)
{
  GtkWidget *row = gtk_list_box_row_new (), *all = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *sign = gtk_label_new ("≠"), *title = gtk_label_new (desk_words ("difference", problem->code));
  char *words[2];

  both_words (problem->field, person, chart, words);
  gtk_widget_add_css_class (sign, "title-2");
  gtk_widget_add_css_class (sign, "warning");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_box_set_homogeneous (GTK_BOX (sides), TRUE);
  gtk_box_append (GTK_BOX (sides), side_new (_("On the disc"), words[0]));
  gtk_box_append (GTK_BOX (sides), side_new (_("In the chart"), words[1]));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), sides);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (all), sign);
  gtk_box_append (GTK_BOX (all), box);
  gtk_widget_add_css_class (all, "difference");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), all);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_autofree char *spoken = g_strdup_printf (_("%s On the disc: %s. In the chart: %s."), desk_words ("difference", problem->code),
                                             words[0] ? words[0] : _("nothing"), words[1] ? words[1] : _("nothing"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_free (words[0]);
  g_free (words[1]);
  return row;
}
