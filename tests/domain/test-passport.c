/* The name in a passport against the record's (facts/visa.md 1.4, rule 4). */
#include "desk-passport.h"

#define TODAY 20468 /* 2026-01-15 */

/* The zone against the record: its spellings, its one line of names, and where it ended before the name did. */
static void
test_name (void)
{
  static const struct
  {
    const char *family, *given, *zone_family, *zone_given;
    gboolean cut, differs;
  } cases[] = {
    { "Müller", "Jürgen", "MUELLER", "JUERGEN", FALSE, FALSE },
    { "Müller", "Jürgen", "MULLER", "JURGEN", FALSE, FALSE },
    { "MULLER", "JURGEN", "MUELLER", "JUERGEN", FALSE, TRUE },
    { "O'Connor", "Mary-Ann", "OCONNOR", "MARY ANN", FALSE, FALSE },
    { "Hartono", "Siti Nurhaliza", "SITI NURHALIZA HARTONO", "", FALSE, TRUE },
    { "Siti", "Nurhaliza", "SITI NURHALIZA", "", FALSE, FALSE },
    { "Phuwanatthanakun", "Siriratanaporn Kanlayanamit", "PHUWANATTHANAKUN", "SIRIRATANAPORN KANLAY", TRUE, FALSE },
    { "Phuwanatthanakun", "Siriratanaporn Kanlayanamit", "PHUWANATTHANAKUN", "SIRIRATANAPORN KANLAY", FALSE, TRUE },
    { "Phuwanatthanakun", "Siriratanaporn Manee", "PHUWANATTHANAKUN", "SIRIRATANAPORN KANLAY", TRUE, TRUE },
    { "", "", "LIU", "HAO", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DeskPassportReading reading = { .family = (char *) cases[i].zone_family, .given = (char *) cases[i].zone_given, .cut = cases[i].cut };

      if (desk_passport_name_differs (&reading, cases[i].family, cases[i].given) != cases[i].differs)
        g_test_fail_printf ("%u: %s %s", i, cases[i].family, cases[i].given);
    }
}

/* Of a zone its names are kept, of a visa's nothing. */
static void
test_reading (void)
{
  g_autoptr (DeskMrz) mrz = desk_mrz_parse ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10", TODAY);
  g_autoptr (DeskMrz) visa = desk_mrz_parse ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<", TODAY);
  g_autoptr (DeskPassportReading) reading = desk_passport_reading_of (mrz);

  g_assert_cmpstr (reading->family, ==, "ERIKSSON");
  g_assert_cmpstr (reading->given, ==, "ANNA MARIA");
  g_assert_cmpstr (reading->number, ==, "L898902C3");
  g_assert_cmpstr (reading->birth, ==, "1974-08-12");
  g_assert_false (reading->cut);
  g_assert_nonnull (visa);
  g_assert_null (desk_passport_reading_of (visa));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/passport/name", test_name);
  g_test_add_func ("/passport/reading", test_reading);
  return g_test_run ();
}
