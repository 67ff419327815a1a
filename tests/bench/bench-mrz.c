/* Passport lines read per second, all fields and checks, against a bare loop that only computes the same check digits.
 *
 *   bench-mrz [ROUNDS] */
#include <stdlib.h>
#include <string.h>

#include "desk-mrz.h"

#define ONE "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
#define TWO "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

static int
bare_digit (const char *text, int length, int first)
{
  static const int weights[] = { 7, 3, 1 };
  int sum = 0;

  for (int i = 0; i < length; i++)
    {
      char c = text[i];
      sum += (c <= '9' && c >= '0' ? c - '0' : c == '<' ? 0 : c - 'A' + 10) * weights[(first + i) % 3];
    }
  return sum % 10;
}

static int
bare (const char *line)
{
  return bare_digit (line, 9, 0) + bare_digit (line + 13, 6, 0) + bare_digit (line + 21, 6, 0) + bare_digit (line + 28, 14, 0)
         + (bare_digit (line, 10, 0) + bare_digit (line + 13, 7, 10) + bare_digit (line + 21, 22, 17)) % 10;
}

int
main (int argc, char *argv[])
{
  int rounds = argc > 1 ? atoi (argv[1]) : 200000;
  volatile int sum = 0;
  gint64 begin = g_get_monotonic_time ();

  for (int i = 0; i < rounds; i++)
    {
      g_autoptr (DeskMrz) mrz = desk_mrz_parse (ONE "\n" TWO "\n", 20607);
      sum += (int) mrz->problems->len;
    }
  double ours = (double) (g_get_monotonic_time () - begin);

  begin = g_get_monotonic_time ();
  for (int i = 0; i < rounds; i++)
    {
      /* Otherwise the compiler does it once. */
      __asm__ volatile ("" ::: "memory");
      sum += bare (TWO);
    }
  double loop = (double) (g_get_monotonic_time () - begin);
  g_print ("%d passports: %.2f us each, %.0f a second; bare check digits %.3f us; ratio %.0f\n", rounds, ours / rounds,
           rounds / ours * 1e6, loop / rounds, ours / MAX (loop, 1));
  return sum == -1;
}
