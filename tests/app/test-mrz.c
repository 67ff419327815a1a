/* Passport lines in the patient's form. */
#include "app-fixture.h"

#include <adwaita.h>
#include <string.h>

#include "desk-mrz-entry.h"
#include "desk-passports.h"
#include "desk-page.h"
#include "desk-patient-form.h"
#include "desk-patients.h"
#include "desk-session.h"

#define ONE "PPVNMNGUYEN<<THI<HONG<<<<<<<<<<<<<<<<<<<<<<<"
#define TWO "C1234567<0VNM0002299F3201015<<<<<<<<<<<<<<04"
#define TWO_WRONG "C1234567<1VNM0002299F3201015<<<<<<<<<<<<<<04"
#define CHINA "P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE123456782CHN7901313M2906302<<<<<<<<<<<<<<<2"

typedef struct
{
  DeskPage *page;
  DeskPatientForm *form;
} Desk;

static Desk
new_patient (AppFixture *fixture)
{
  Desk desk = { desk_window_get_page (fixture->window, "patients"), NULL };

  desk.form = DESK_PATIENT_FORM (app_find (GTK_WIDGET (desk.page), DESK_TYPE_PATIENT_FORM, 0));
  desk_window_run (fixture->window, "patients", "patients.new", NULL);
  app_settle (50);
  return desk;
}

/* A sign at a time at the end of the entry, as a scanner types; an entry swallows the line ends. */
static void
scan_into (Desk desk, const char *field, const char *text)
{
  GtkEditable *entry = GTK_EDITABLE (desk_patient_form_input (desk.form, field));
  int at = (int) g_utf8_strlen (gtk_editable_get_text (entry), -1);

  for (; *text; text = g_utf8_next_char (text))
    gtk_editable_insert_text (entry, text, (int) (g_utf8_next_char (text) - text), &at);
}

static void
paste (Desk desk, const char *text)
{
  GtkWidget *lines = app_find (GTK_WIDGET (desk.form), GTK_TYPE_TEXT_VIEW, 0);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (lines)), text, -1);
}

static void
holds (Desk desk, const char *field, const char *value)
{
  g_autoptr (DeskPatient) patient = desk_patient_form_collect (desk.form);
  guint n;
  const DeskPatientField *fields = desk_patient_fields (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (fields[i].name, field))
      g_assert_cmpstr (desk_patient_get (patient, &fields[i]), ==, value);
}

static void
save (Desk desk)
{
  gtk_widget_activate_action (GTK_WIDGET (desk.page), "patients.save", NULL);
  app_settle (300);
}

/* Nothing typed is left, so that nobody is asked about it. */
static void
empty (Desk desk)
{
  g_autoptr (DeskPatient) patient = desk_patient_new ();

  desk_patient_form_fill (desk.form, patient, desk_page_get_today (desk.page));
}

static gint64
count (AppFixture *fixture, const char *text)
{
  g_autoptr (GArray) ids = desk_patient_search (desk_session_reader (fixture->session), text, 100, NULL);

  return ids->len;
}

/* Into any field; what stood there before stands there again. */
static void
test_scan (AppFixture *fixture, gconstpointer data)
{
  static const char *const into[] = { "birth", "family", "address" };

  for (guint i = 0; i < G_N_ELEMENTS (into); i++)
    {
      Desk desk = new_patient (fixture);

      scan_into (desk, "preferred", "Hong");
      scan_into (desk, into[i], ONE TWO);
      app_settle (400);
      holds (desk, "family", "NGUYEN");
      holds (desk, "given", "THI HONG");
      holds (desk, "passport", "C1234567");
      holds (desk, "passport_until", "2032-01-01");
      holds (desk, "nationality", "VNM");
      holds (desk, "birth", "2000-02-29");
      holds (desk, "sex", "F");
      holds (desk, "preferred", "Hong");
      holds (desk, "address", "");
      if (i + 1 < G_N_ELEMENTS (into))
        empty (desk); /* twice the same person would be asked about */
      else
        save (desk);
    }
  g_assert_cmpint (count (fixture, "C1234567"), ==, 1);

  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = desk_patient_search (desk_session_reader (fixture->session), "C1234567", 1, &error);
  g_autoptr (GPtrArray) readings = desk_passport_list (desk_session_reader (fixture->session), g_array_index (ids, gint64, 0), &error);
  g_assert_cmpuint (readings->len, ==, 1);
  g_assert_cmpstr (((DeskPassportReading *) readings->pdata[0])->given, ==, "THI HONG");
}

/* Behind something typed by hand, and with a scanner that ends its lines with Tab. */
static void
test_scan_behind (AppFixture *fixture, gconstpointer data)
{
  Desk desk = new_patient (fixture);

  scan_into (desk, "agency", "Medi");
  scan_into (desk, "agency", ONE TWO);
  app_settle (1200);
  holds (desk, "agency", "Medi");
  holds (desk, "passport", "C1234567");

  scan_into (desk, "email", ONE);
  scan_into (desk, "phone", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<");
  scan_into (desk, "zone", "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
  app_settle (1200);
  holds (desk, "phone", "");
  holds (desk, "zone", "");
  holds (desk, "family", "ERIKSSON");
  empty (desk);
}

/* A wrong check digit is told at its field and stops the saving once; nothing is lost or refused. */
static void
test_wrong (AppFixture *fixture, gconstpointer data)
{
  Desk desk = new_patient (fixture);
  gint64 before = count (fixture, "C1234567");

  paste (desk, ONE "\n" TWO_WRONG);
  app_settle (1100);
  holds (desk, "passport", "C1234567");
  g_assert_true (gtk_widget_has_css_class (desk_patient_form_input (desk.form, "passport"), "error"));
  g_assert_false (gtk_widget_has_css_class (desk_patient_form_input (desk.form, "birth"), "error"));
  save (desk);
  g_assert_cmpint (count (fixture, "C1234567"), ==, before);
  save (desk);
  g_assert_cmpint (count (fixture, "C1234567"), ==, before + 1);
}

/* What the lines wrote over comes back. */
static void
test_put_back (AppFixture *fixture, gconstpointer data)
{
  Desk desk = new_patient (fixture);
  GtkWidget *lines = app_find (GTK_WIDGET (desk.form), DESK_TYPE_MRZ_ENTRY, 0);

  scan_into (desk, "family", "Tran");
  scan_into (desk, "birth", "1999-01-01");
  paste (desk, ONE "\n" TWO);
  app_settle (400);
  holds (desk, "family", "NGUYEN");
  g_signal_emit_by_name (app_find (lines, GTK_TYPE_BUTTON, 0), "clicked");
  holds (desk, "family", "Tran");
  holds (desk, "birth", "1999-01-01");
  holds (desk, "passport", "");
  empty (desk);
}

/* The same name with its accents stays as it was typed. */
static void
test_accents (AppFixture *fixture, gconstpointer data)
{
  Desk desk = new_patient (fixture);

  scan_into (desk, "family", "Nguyễn");
  paste (desk, ONE "\n" TWO);
  app_settle (400);
  holds (desk, "family", "Nguyễn");
  holds (desk, "given", "THI HONG");
  empty (desk);
}

/* CHN alone does not tell Hong Kong: asked before saving. */
static void
test_hong_kong (AppFixture *fixture, gconstpointer data)
{
  Desk desk = new_patient (fixture);
  GtkWidget *lines = app_find (GTK_WIDGET (desk.form), DESK_TYPE_MRZ_ENTRY, 0);

  paste (desk, CHINA);
  app_settle (400);
  holds (desk, "nationality", "CHN");
  save (desk);
  g_assert_cmpint (count (fixture, "E12345678"), ==, 0);
  g_signal_emit_by_name (app_find (lines, GTK_TYPE_BUTTON, 2), "clicked");
  holds (desk, "nationality", "HKG");
  save (desk);
  g_assert_cmpint (count (fixture, "E12345678"), ==, 1);
}

int
main (int argc, char *argv[])
{
  app_init (&argc, &argv);
#define TEST(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  TEST ("/mrz/scan", test_scan);
  TEST ("/mrz/scan-behind", test_scan_behind);
  TEST ("/mrz/wrong", test_wrong);
  TEST ("/mrz/put-back", test_put_back);
  TEST ("/mrz/accents", test_accents);
  TEST ("/mrz/hong-kong", test_hong_kong);
#undef TEST
  return g_test_run ();
}
