#include "desk-about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Who made it, under which licence, which version. Nothing of any patient. */
void
desk_about_show (GtkWindow *parent)
{
  adw_show_about_window (parent, "application-name", "Uketsuke 受付", "application-icon", "org.uketsuke.Uketsuke",
                         "version", DESK_VERSION, "developer-name", _("The founders of Uketsuke"), "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _("The front desk of a clinic for autologous NK-cell therapy"), NULL);
}
