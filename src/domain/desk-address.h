/* Addresses as they stand on paper that is posted. What somebody typed is kept; only its order and the words around it
 * follow the country: in Japan postcode, place and name come in that order, and the name carries 様 or 御中. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DESK_ADDRESSEE_PERSON,
  DESK_ADDRESSEE_OFFICE, /* a clinic, a company */
} DeskAddressee;

gboolean desk_address_in_japan (const char *address);
char *desk_address_postcode (const char *address);
char *desk_address_lines (const char *address);
char *desk_address_name (const char *name, DeskAddressee addressee, gboolean japanese);

G_END_DECLS
