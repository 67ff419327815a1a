#include "desk-letter-version.h"

#include <string.h>

#define DIGITS "0123456789"

/* Whether it is a number of a version, as data/schema/letter.xsd has them, of a length that fits the foot. */
gboolean
desk_letter_version_valid (const char *version)
{
  const char *p = version;

  if (strlen (version) > DESK_LETTER_VERSION_MAX)
    return FALSE;
  for (;;)
    {
      gsize digits = strspn (p, DIGITS);

      if (digits == 0)
        return FALSE;
      p += digits;
      if (!*p)
        return TRUE;
      if (*p++ != '.')
        return FALSE;
    }
}

/* The digits of the group without zeros before them; moves on to the next group. */
static const char *
next_group (const char **p, gsize *length)
{
  *p += **p == '.';
  while (**p == '0')
    (*p)++;
  const char *group = *p;
  *length = strspn (*p, DIGITS);
  *p += *length;
  return group;
}

/* Less than 0, 0 or more, group by group as numbers: "1.9" comes before "1.10", and "1" is "1.0". "" comes first. */
int
desk_letter_version_compare (const char *a, const char *b)
{
  if (!*a || !*b)
    return (*a != '\0') - (*b != '\0');
  while (*a || *b)
    {
      gsize length_a, length_b;
      const char *group_a = next_group (&a, &length_a), *group_b = next_group (&b, &length_b);

      if (length_a != length_b)
        return length_a < length_b ? -1 : 1;
      int order = strncmp (group_a, group_b, length_a);
      if (order != 0)
        return order;
    }
  return 0;
}

/* The number to offer after this one: its last group and one, "1.9" → "1.10"; "1" → "1.1", which leaves whole numbers
 * to whoever changes more. The caller frees it. */
char *
desk_letter_version_next (const char *version)
{
  const char *dot = strrchr (version, '.');

  if (!desk_letter_version_valid (version))
    return g_strdup ("1");
  if (!dot)
    return g_strconcat (version, ".1", NULL);
  return g_strdup_printf ("%.*s.%" G_GUINT64_FORMAT, (int) (dot - version), version, g_ascii_strtoull (dot + 1, NULL, 10) + 1);
}
