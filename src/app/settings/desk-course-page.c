#include "desk-course-page.h"

#include <glib/gi18n.h>

#include "desk-course-form.h"
#include "desk-course-templates.h"
#include "desk-setup-row.h"
#include "desk-words.h"

struct _DeskCoursePage
{
  DeskSetupPage parent_instance;

  AdwPreferencesGroup *courses;
  GtkWidget *add;
  GPtrArray *list; /* of DeskCourseTemplate, as the store has them */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (DeskCoursePage, desk_course_page, DESK_TYPE_SETUP_PAGE)

static const DeskCourseTemplate *
find (DeskCoursePage *self, const char *code)
{
  for (guint i = 0; self->list && i < self->list->len; i++)
    if (g_str_equal (((DeskCourseTemplate *) g_ptr_array_index (self->list, i))->code, code))
      return g_ptr_array_index (self->list, i);
  return NULL;
}

/* "8 visits · 49 to 112 days · 12 courses" */
static char *
subtitle_of (const DeskCourseTemplate *course)
{
  guint n = course->steps->len;
  int least, most;

  desk_course_template_span (course, &least, &most);
  g_autofree char *visits = g_strdup_printf (g_dngettext (NULL, "%u visit", "%u visits", n), n);
  /* Translators: days from the first day to the last visit, at the earliest and at the latest */
  g_autofree char *days = g_strdup_printf (_("%d to %d days"), least, most);
  g_autofree char *used
      = course->n_courses ? g_strdup_printf (g_dngettext (NULL, "%u course", "%u courses", course->n_courses), course->n_courses)
                          : g_strdup (_("no courses yet"));

  return g_strdup_printf ("%s · %s · %s", visits, days, used);
}

static void
action_edit (GtkWidget *widget, const char *name, GVariant *target)
{
  const DeskCourseTemplate *course = find (DESK_COURSE_PAGE (widget), g_variant_get_string (target, NULL));

  if (course)
    desk_course_form_show (DESK_SETUP_PAGE (widget), course);
}

static void
action_copy (GtkWidget *widget, const char *name, GVariant *target)
{
  const DeskCourseTemplate *course = find (DESK_COURSE_PAGE (widget), g_variant_get_string (target, NULL));

  if (!course)
    return;
  g_autoptr (DeskCourseTemplate) copy = desk_course_template_copy (course);
  g_free (copy->code);
  g_free (copy->name);
  g_free (copy->name_ja);
  copy->code = g_strdup ("");
  copy->name = g_strdup_printf ("%s (2)", course->name);
  copy->name_ja = *course->name_ja ? g_strdup_printf ("%s（2）", course->name_ja) : g_strdup ("");
  copy->version = 0;
  copy->n_courses = 0;
  desk_course_form_show (DESK_SETUP_PAGE (widget), copy);
}

static void
action_add (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (DeskCourseTemplate) course = desk_course_template_new ();

  if (desk_setup_page_get_read_only (DESK_SETUP_PAGE (widget)))
    return;
  desk_course_template_add (course, "blood_draw", 0, 0, 7, 0);
  desk_course_template_add (course, "infusion", 1, 14, 21, 1);
  desk_course_form_show (DESK_SETUP_PAGE (widget), course);
}

static void
on_active (GtkSwitch *toggle, GParamSpec *pspec, DeskCoursePage *self)
{
  const DeskCourseTemplate *course = find (self, g_object_get_data (G_OBJECT (toggle), "code"));

  if (self->filling || !course || gtk_switch_get_active (toggle) == course->active)
    return;
  g_autoptr (DeskCourseTemplate) changed = desk_course_template_copy (course);
  changed->active = gtk_switch_get_active (toggle);
  desk_course_form_save (DESK_SETUP_PAGE (self), changed, course, NULL);
}

static GtkWidget *
row_new (DeskCoursePage *self, const DeskCourseTemplate *course, guint index)
{
  g_autofree char *subtitle = subtitle_of (course);
  const char *title = desk_words_pick (course->name, course->name_ja);
  gboolean read_only = desk_setup_page_get_read_only (DESK_SETUP_PAGE (self));
  GtkWidget *row = desk_setup_row_new (title, subtitle, course->code, index);
  GtkWidget *toggle = gtk_switch_new (), *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *offered = g_strdup_printf (_("%s: offered for new courses"), title);
  g_autofree char *copied = g_strdup_printf (_("Copy of %s…"), title);

  gtk_switch_set_active (GTK_SWITCH (toggle), course->active);
  gtk_widget_set_sensitive (toggle, !read_only);
  gtk_widget_set_tooltip_text (toggle, _("Offered for new courses"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, offered, -1);
  g_object_set_data_full (G_OBJECT (toggle), "code", g_strdup (course->code), g_free);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_active), self, 0);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);

  gtk_widget_set_tooltip_text (copy, copied);
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, copied, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "courses.copy");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (copy), "s", course->code);
  gtk_widget_set_sensitive (copy, !read_only);
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), copy);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "courses.edit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", course->code);
  return row;
}

static void
desk_course_page_refresh (DeskSetupPage *page)
{
  DeskCoursePage *self = DESK_COURSE_PAGE (page);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = desk_course_template_list (desk_setup_page_get_reader (page), FALSE, &error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  gtk_widget_set_visible (self->add, !desk_setup_page_get_read_only (page));
  if (!list)
    {
      desk_setup_page_say_error (page, self->courses, error);
      return;
    }
  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = g_steal_pointer (&list);
  self->filling = TRUE;
  for (guint i = 0; i < self->list->len; i++)
    g_ptr_array_add (rows, row_new (self, g_ptr_array_index (self->list, i), i));
  desk_setup_page_set_rows (page, self->courses, rows);
  self->filling = FALSE;
}

static void
desk_course_page_finalize (GObject *object)
{
  g_clear_pointer (&DESK_COURSE_PAGE (object)->list, g_ptr_array_unref);
  G_OBJECT_CLASS (desk_course_page_parent_class)->finalize (object);
}

static void
desk_course_page_class_init (DeskCoursePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = desk_course_page_finalize;
  DESK_SETUP_PAGE_CLASS (klass)->refresh = desk_course_page_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-course-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskCoursePage, courses);
  gtk_widget_class_bind_template_child (widget_class, DeskCoursePage, add);
  gtk_widget_class_install_action (widget_class, "courses.add", NULL, action_add);
  gtk_widget_class_install_action (widget_class, "courses.edit", "s", action_edit);
  gtk_widget_class_install_action (widget_class, "courses.copy", "s", action_copy);
}

static void
desk_course_page_init (DeskCoursePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
