/* Whatever a scanner may send. */
#include <string.h>

#include "desk-code.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autofree char *text = g_strndup ((const char *) data, length);
  g_autoptr (DeskCode) code = desk_code_read (text);

  g_assert_true (code->read && code->number && code->container);
  g_assert_true (code->kind < DESK_N_CODE_KINDS && code->damage < DESK_N_DAMAGES);
  g_assert_true (g_utf8_validate (code->number, -1, NULL));
  /* What is nobody's has a reason, and a layout fault is never used. */
  g_assert_true (code->problem || code->kind != DESK_CODE_UNKNOWN);
  g_assert_true (code->problem || (code->damage != DESK_DAMAGE_JIS && code->damage != DESK_DAMAGE_US));
  g_assert_true (code->kind != DESK_CODE_COMMAND || code->problem || code->command != DESK_COMMAND_NONE);

  for (guint i = 0; code->parts && i < code->parts->len; i++)
    {
      const DeskIsbtPart *part = code->parts->pdata[i];

      g_assert_true (part->text && part->value && part->flags);
      g_assert_true (part->minute >= -1 && (code->problem || part->minute < 1440));
      if (part->structure == DESK_ISBT_DIN)
        g_assert_true (desk_isbt_din_valid (part->value));
    }
  if (!code->problem && code->kind != DESK_CODE_ISBT)
    {
      g_autoptr (DeskCode) again = desk_code_read (code->number);
      /* What was put right is read the same when it comes again. */
      if (!code->parts)
        g_assert_cmpint (again->kind, ==, code->kind);
    }
  return 0;
}
