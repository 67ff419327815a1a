/* All fields that a letter may name, by subject, to be searched and put into the text. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The name of the field is lent. */
typedef void (*DeskTemplateFieldFunc) (const char *name, gpointer user_data);

GtkWidget *desk_template_fields_new (DeskTemplateFieldFunc chosen, gpointer user_data);

G_END_DECLS
