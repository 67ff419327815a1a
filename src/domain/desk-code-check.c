#include "desk-code-check.h"

#include <string.h>

/* The checksum over 0–9, A–Z and *; the hyphens that stand between the groups of our own numbers do not count. -1
 * when another sign is among them, or none. */
int
desk_check_sum (const char *data, gsize length)
{
  int sum = 0;
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      const char *at = data[i] ? strchr (DESK_CHECK_SIGNS, data[i]) : NULL;

      if (data[i] == '-')
        continue;
      if (!at)
        return -1;
      sum = (sum + (int) (at - DESK_CHECK_SIGNS)) * 2 % 37;
      n++;
    }
  return n ? (38 - sum) % 37 : -1;
}

/* The check character of the data; 0 where it can have none. */
char
desk_check_sign (const char *data, gsize length)
{
  int sum = desk_check_sum (data, length);

  return sum < 0 ? '\0' : DESK_CHECK_SIGNS[sum];
}

/* The number with its check character as a group of its own: "L26-0042" → "L26-0042-7". A group of one sign is
 * nothing else in any number of ours, so that numbers given before there were check characters stay readable. */
char *
desk_code_with_check (const char *number)
{
  const char check[] = { desk_check_sign (number, strlen (number)), '\0' };

  return *check ? g_strconcat (number, "-", check, NULL) : g_strdup (number);
}

/* The number without its check character, if it ends in one. */
char *
desk_code_without_check (const char *number)
{
  gsize length = strlen (number);

  if (length > 2 && number[length - 2] == '-' && desk_check_sign (number, length - 2) == number[length - 1])
    return g_strndup (number, length - 2);
  return g_strdup (number);
}

/* The n-th number of a series: "L26-0042-7", or with year 0 "B-000042-G". Only the store, which counts, may give it. */
char *
desk_code_local (const char *prefix, int year, gint64 n)
{
  g_autofree char *number = year ? g_strdup_printf ("%s%02d-%04" G_GINT64_FORMAT, prefix, year % 100, n)
                                 : g_strdup_printf ("%s-%06" G_GINT64_FORMAT, prefix, n);

  return desk_code_with_check (number);
}

/* The n-th paper of a series: "R26-000123-…", or in another generation of the file "R26-4F2K9-000124-…". */
char *
desk_code_local_paper (const char *prefix, int year, const char *generation, gint64 n)
{
  g_autofree char *number = g_strdup_printf ("%s%02d-%s%s%06" G_GINT64_FORMAT, prefix, year % 100, generation, *generation ? "-" : "", n);

  return desk_code_with_check (number);
}

/* The n-th unit of a lot: "L26-0042-7" or, from before, "L26-0042" → "L26-0042-01-…". */
char *
desk_code_local_unit (const char *lot, int n)
{
  g_autofree char *bare = desk_code_without_check (lot);
  g_autofree char *number = g_strdup_printf ("%s-%02d", bare, n);

  return desk_code_with_check (number);
}

/* A place of a container whose code is one of ours: "B-000042-G" → "B-000042-03-07-…". */
char *
desk_code_local_place (const char *container, int row, int col)
{
  g_autofree char *bare = desk_code_without_check (container);
  g_autofree char *number = g_strdup_printf ("%s-%02d-%02d", bare, row, col);

  return desk_code_with_check (number);
}
