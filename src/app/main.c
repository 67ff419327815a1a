#include "desk-application.h"

int
main (int argc, char *argv[])
{
  desk_application_prepare ();

  g_autoptr (DeskApplication) application = desk_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
