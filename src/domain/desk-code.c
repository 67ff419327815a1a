#include "desk-code-private.h"

#include <string.h>

typedef enum
{
  NOTHING, /* no code of ours or of ISBT 128 */
  WRONG,   /* one, with something wrong */
  SHAPED,  /* one without a check character: a number from before there were any */
  CERTAIN
} Fit;

static DeskCode *
code_new (const char *read)
{
  DeskCode *code = g_new0 (DeskCode, 1);

  code->read = g_utf8_make_valid (read, -1);
  code->number = g_strdup ("");
  code->container = g_strdup ("");
  return code;
}

void
desk_code_free (DeskCode *code)
{
  if (!code)
    return;
  g_free (code->read);
  g_free (code->number);
  g_free (code->container);
  g_clear_pointer (&code->parts, g_ptr_array_unref);
  g_free (code);
}

/* ── reading one text ────────────────────────────────────────────────────────────────────────── */

/* What the structures mean for the desk: the first that names a thing. */
static void
name_isbt (DeskCode *code)
{
  static const struct
  {
    int structure;
    DeskCodeKind kind;
  } names[] = { { DESK_ISBT_DIN, DESK_CODE_ISBT }, { DESK_ISBT_COI, DESK_CODE_COI }, { DESK_ISBT_PATIENT, DESK_CODE_PATIENT },
                { 20, DESK_CODE_STAFF } };

  code->kind = DESK_CODE_ISBT;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const DeskIsbtPart *part = desk_isbt_part (code->parts, names[i].structure);

      if (!part)
        continue;
      code->kind = names[i].kind;
      if (names[i].structure != DESK_ISBT_DIN)
        {
          g_free (code->number);
          code->number = g_strdup (part->value);
        }
      return;
    }
}

static Fit
try_isbt (DeskCode *code, const char *text)
{
  guint donations = 0;

  code->parts = desk_isbt_read (text, &code->problem);
  code->kind = DESK_CODE_ISBT;
  if (!code->parts)
    return WRONG;
  name_isbt (code);
  for (guint i = 0; i < code->parts->len; i++)
    donations += ((const DeskIsbtPart *) code->parts->pdata[i])->structure == DESK_ISBT_DIN;
  if (donations > 1)
    code->problem = "code-two";
  code->checked = code->problem == NULL;
  return code->checked ? CERTAIN : WRONG;
}

/* A donation number or a chain of identity as printed for the eye: its check character is asked for. */
static Fit
try_written (DeskCode *code, const char *text)
{
  gsize length = strlen (text);
  gboolean coi = g_str_has_prefix (text, "CH") && (length == 15 || length == 16);
  gboolean din = length == 14 || (length == 13 && !g_ascii_isdigit (*text)); /* 13 digits are on every parcel */
  gsize data = coi ? 15 : 13;
  g_autofree char *bare = g_strndup (text, data);
  g_autofree char *scanned = coi ? g_strconcat ("&/", bare, NULL) : g_strdup_printf ("=%s00", bare);
  const char *problem;

  if (!coi && (!din || !desk_isbt_din_valid (bare)))
    return NOTHING;
  g_autoptr (GPtrArray) parts = desk_isbt_read (scanned, &problem);
  if (!parts || problem)
    return NOTHING;
  code->parts = g_steal_pointer (&parts);
  name_isbt (code);
  g_free (code->number);
  code->number = g_strdup (bare);
  code->checked = length == data + 1 && desk_check_sign (bare, data) == text[data];
  if (!code->checked)
    code->problem = length == data ? "code-check-missing" : "code-check";
  return code->checked ? CERTAIN : WRONG;
}

static Fit
try_text (DeskCode *code, const char *text)
{
  /* What a scanner may be set to say first of the symbology: ]C0, ]d1 … */
  if (text[0] == ']' && g_ascii_isalpha (text[1]) && g_ascii_isalnum (text[2]))
    text += 3;
  g_free (code->number);
  code->number = g_strdup (text);
  if (desk_isbt_begins (text))
    return try_isbt (code, text);
  if (desk_code_read_local (code, text))
    return code->problem ? WRONG : code->checked ? CERTAIN : SHAPED;
  return try_written (code, text);
}

/* Takes the reading of another text for its own when it says more. */
static gboolean
take_if_better (DeskCode **code, Fit *fit, const char *text, DeskDamage damage)
{
  g_autoptr (DeskCode) other = code_new ((*code)->read);
  Fit found = try_text (other, text);

  if (found <= *fit)
    return FALSE;
  other->damage = damage;
  desk_code_free (*code);
  *code = g_steal_pointer (&other);
  *fit = found;
  return TRUE;
}

/* ── damage ──────────────────────────────────────────────────────────────────────────────────── */

static void
try_case (DeskCode **code, Fit *fit, const char *text)
{
  g_autofree char *swapped = desk_code_case_swap (text);
  g_autofree char *upper = g_ascii_strup (text, -1);

  take_if_better (code, fit, swapped, DESK_DAMAGE_CASE);
  take_if_better (code, fit, upper, DESK_DAMAGE_CASE);
}

static void
try_layout (DeskCode **code, Fit *fit, const char *text, DeskDamage damage)
{
  gboolean unsure;
  g_autofree char *back = desk_code_layout_swap (text, damage, &unsure);
  g_autofree char *upper = desk_code_case_swap (back);

  if (unsure || g_str_equal (back, text))
    return;
  take_if_better (code, fit, back, damage);
  take_if_better (code, fit, upper, damage);
}

/* A layout that is wrong once is wrong for every code, and may swallow signs: nothing read through it is used. */
static void
say_layout (DeskCode *code, const char *text, Fit fit)
{
  if (fit == NOTHING && (*text == '^' || *text == '\'' || *text == '_'))
    code->damage = *text == '_' ? DESK_DAMAGE_US : DESK_DAMAGE_JIS;
  if (code->damage == DESK_DAMAGE_JIS)
    code->problem = "code-layout-jis";
  else if (code->damage == DESK_DAMAGE_US)
    code->problem = "code-layout-us";
}

static gboolean
is_code (const char *text)
{
  g_autoptr (DeskCode) code = code_new (text);

  return try_text (code, text) >= SHAPED && code->kind != DESK_CODE_UNKNOWN;
}

/* Whether two codes stand in it, one behind the other: a scanner that does not send Enter. */
static gboolean
is_two (const char *text)
{
  gsize length = strlen (text);

  for (gsize at = 4; at + 4 <= length && length <= 80; at++)
    {
      g_autofree char *first = g_strndup (text, at);

      if (!g_ascii_isdigit (text[at]) && text[at] != '-' && is_code (text + at) && is_code (first))
        return TRUE;
    }
  return FALSE;
}

/* Whether it begins as one of our numbers does and stops: "L26-00", "P-". */
static gboolean
is_short (const char *text)
{
  gboolean named = *text && strchr (DESK_LOCAL_COLLECTION DESK_LOCAL_LOT DESK_LOCAL_COI DESK_LOCAL_CONTAINER DESK_LOCAL_PATIENT
                                      DESK_LOCAL_DEVICE DESK_LOCAL_STAFF DESK_LOCAL_SHIPMENT DESK_LOCAL_LETTER DESK_LOCAL_QUOTE
                                      DESK_LOCAL_INVOICE DESK_LOCAL_RECEIPT DESK_LOCAL_REFUND DESK_LOCAL_CREDIT, *text);
  gsize length = strspn (text + named, "0123456789-");

  return named && length > 0 && text[1 + length] == '\0' && (strchr (text, '-') || length <= 2);
}

static void
say_unknown (DeskCode *code)
{
  if (is_two (code->number))
    code->problem = "code-two";
  else if (is_short (code->number))
    code->problem = "code-short";
  else
    code->problem = "code-unknown";
}

static char *
without_spaces (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text; text++)
    if (*text != ' ')
      g_string_append_c (out, *text);
  return g_string_free (out, FALSE);
}

static gboolean
has_control (const char *text)
{
  for (; *text; text++)
    if (g_ascii_iscntrl (*text))
      return TRUE;
  return FALSE;
}

/* Reads what came. Problems, besides those of desk_isbt_read (): "code-empty"; "code-layout-jis", "code-layout-us" the
 * keyboards of scanner and computer differ; "code-kana" the input method was on; "code-control"; "code-check" the check
 * character is wrong; "code-check-missing" typed without it; "code-short"; "code-two" two codes in one; "code-unknown"
 * none that is known by its shape, though the file may know it. */
DeskCode *
desk_code_read (const char *text)
{
  DeskCode *code = code_new (text);
  DeskDamage damage = DESK_DAMAGE_NONE;
  g_autofree char *stripped = g_strstrip (g_strdup (code->read));
  g_autofree char *narrow = desk_code_narrow (stripped, &damage);
  g_autofree char *bare = without_spaces (narrow);

  if (*bare == '\0' || damage == DESK_DAMAGE_KANA || has_control (bare))
    {
      code->damage = *bare == '\0' ? DESK_DAMAGE_NONE : damage == DESK_DAMAGE_KANA ? damage : DESK_DAMAGE_CONTROL;
      code->problem = *bare == '\0' ? "code-empty" : damage == DESK_DAMAGE_KANA ? "code-kana" : "code-control";
      return code;
    }
  Fit fit = try_text (code, bare);
  if (fit < SHAPED)
    try_case (&code, &fit, bare);
  if (fit < SHAPED)
    {
      try_layout (&code, &fit, bare, DESK_DAMAGE_JIS);
      try_layout (&code, &fit, bare, DESK_DAMAGE_US);
      say_layout (code, bare, fit);
    }
  if (fit == NOTHING && !code->problem)
    say_unknown (code);
  if (code->damage == DESK_DAMAGE_NONE)
    code->damage = damage;
  return code;
}

/* ── what others ask ─────────────────────────────────────────────────────────────────────────── */

const char *
desk_code_kind_name (DeskCodeKind kind)
{
  static const char *const names[DESK_N_CODE_KINDS]
      = { "unknown", "unit", "lot", "collection", "coi", "container", "place", "patient", "device", "staff", "shipment",
          "paper", "quote", "invoice", "payment", "refund", "command", "isbt" };

  return names[kind];
}

/* The donation number in it, 13 characters; lent, NULL for none. */
const char *
desk_code_din (const DeskCode *code)
{
  const DeskIsbtPart *part = desk_isbt_part (code->parts, DESK_ISBT_DIN);

  return part ? part->value : NULL;
}

/* Whether what was read back is what the label was printed with, byte for byte; only the line's end that the scanner
 * adds is left out. */
gboolean
desk_code_same (const char *label, const char *scanned)
{
  g_autofree char *text = g_strchomp (g_strdup (scanned));

  return *label && g_str_equal (label, text);
}
