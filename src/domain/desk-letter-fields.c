/* The values letters are filled with, by dotted name, and the names there are. */
#include <string.h>

#include "desk-letter.h"

typedef struct
{
  char *text;
  char *forms; /* the language whose letter forms it wants, or NULL */
} Value;

struct _DeskFields
{
  GHashTable *values; /* "name" or "name@language" → Value */
  GHashTable *lists;  /* name → GPtrArray of DeskFields */
  GHashTable *asked;  /* names that somebody looked for, set or not */
};

/* Every field a template may name; those of a list stand behind the list's name. */
static const char *const field_names[] = {
  "clinic.name", "clinic.address", "clinic.phone", "clinic.fax", "clinic.email", "clinic.director",
  "clinic.approval", "clinic.plan", "clinic.facility", "clinic.sample",
  "patient.name", "patient.family", "patient.given", "patient.native", "patient.kana", "patient.chart", "patient.birth", "patient.female", "patient.male", "patient.unspecified", "patient.nationality",
  "patient.passport", "patient.passport_until",
  "patient.address", "patient.phone", "patient.email", "patient.diagnosis", "patient.icd", "patient.stage",
  "patient.diagnosed", "patient.treatment", "patient.prevention", "patient.interpreter",
  "patient.referrer", "patient.occupation", "patient.former",
  "today", "plan.first", "plan.last", "plan.visits", "plan.infusions", "plan.several", "plan.single",
  "visits.date", "visits.time", "visits.what", "visits.place", "visits.remote", "visits.theirs",
  "trip.entry", "trip.departure", "trip.mission", "trip.hospitalised", "trip.outpatient", "trip.multiple", "trip.once",
  "trip.companions", "trip.single_companion", "trip.list",
  "trip.guarantor", "trip.guarantor_number", "trip.guarantor_list", "trip.guarantor_address", "trip.guarantor_contact",
  "companions.number", "companions.name", "companions.nationality", "companions.birth", "companions.relation",
  "companions.passport", "companions.female", "companions.male", "companions.unspecified",
  "chase.subject", "chase.today", "chase.hello", "chase.intro", "chase.due", "chase.end", "chase.what", "chase.why", "chase.by",
  "wanted.what", "wanted.why", "wanted.by",
  "clinic.bank",
  "clinic.stamp_box",
  "clinic.tax_number",
  "money.advance",
  "money.card",
  "money.cash",
  "money.credited",
  "money.date",
  "money.deposit",
  "money.due",
  "money.due_on",
  "money.foreign",
  "money.from_deposit",
  "money.included",
  "money.net",
  "money.note",
  "money.number",
  "money.of_date",
  "money.of_invoice",
  "money.of_number",
  "money.of_total",
  "money.other",
  "money.paid",
  "money.parts",
  "money.payer",
  "money.rate",
  "money.rate_day",
  "money.rate_source",
  "money.rate_until",
  "money.reason",
  "money.reduced",
  "money.tax",
  "money.taxes",
  "money.terms",
  "money.to",
  "money.total",
  "money.transfer",
  "money.valid_until",
  "money.version",
  "money.wallet",
  "lines.what",
  "lines.mark",
  "lines.count",
  "lines.price",
  "lines.rate",
  "lines.amount",
  "lines.sessions",
  "taxes.rate",
  "taxes.taxable",
  "taxes.net",
  "taxes.tax",
  "taxes.total",
  "parts.number",
  "parts.date",
  "parts.total",
  "parts.amount",
  NULL
};

static const char *const list_names[] = { "visits", "companions", "wanted", "lines", "taxes", "parts", NULL };

/* The names of all fields, NULL-terminated. */
const char *const *
desk_letter_field_names (void)
{
  return field_names;
}

/* Whether a letter can ask for a field of that name. */
gboolean
desk_letter_field_known (const char *name)
{
  return g_strv_contains (field_names, name);
}

/* Whether a letter can ask for a list of that name. */
gboolean
desk_letter_list_known (const char *name)
{
  return g_strv_contains (list_names, name);
}

static void
value_free (gpointer data)
{
  Value *value = data;

  g_free (value->text);
  g_free (value->forms);
  g_free (value);
}

static void
list_free (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
fields_free (gpointer data)
{
  desk_fields_free (data);
}

/* Values for the fields and lists of a letter, none yet. */
DeskFields *
desk_fields_new (void)
{
  DeskFields *fields = g_new0 (DeskFields, 1);

  fields->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, value_free);
  fields->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, list_free);
  fields->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return fields;
}

void
desk_fields_free (DeskFields *fields)
{
  if (!fields)
    return;
  g_hash_table_unref (fields->values);
  g_hash_table_unref (fields->lists);
  g_hash_table_unref (fields->asked);
  g_free (fields);
}

/* Line ends and tabs stay; other controls, and marks that turn the direction of the text around them, would
 * make a paper say something else than the record. */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);

      if (c == '\t')
        g_string_append_c (out, ' ');
      else if (c == '\n' || (!g_unichar_iscntrl (c) && !turns && c != 0x2028 && c != 0x2029))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static void
set_value (DeskFields *fields, char *key, const char *forms, const char *text)
{
  Value *value = g_new0 (Value, 1);

  value->text = g_strstrip (clean (text ? text : ""));
  value->forms = g_strdup (forms);
  g_hash_table_replace (fields->values, key, value);
}

/* Sets a value for every language; NULL and "" are no value. */
void
desk_fields_set (DeskFields *fields, const char *name, const char *value)
{
  set_value (fields, g_strdup (name), NULL, value);
}

/* Sets what a field reads as in one language; goes before desk_fields_set (). */
void
desk_fields_set_in (DeskFields *fields, const char *name, const char *language, const char *value)
{
  set_value (fields, g_strconcat (name, "@", language, NULL), NULL, value);
}

/* Sets a value that is to be drawn with the letter forms of a language ("zh-cn", "zh-tw", "ko"), as names are. */
void
desk_fields_set_forms (DeskFields *fields, const char *name, const char *forms, const char *value)
{
  set_value (fields, g_strdup (name), forms, value);
}

/* Appends an item to a list and lends it; its fields are set by their name within the item. */
DeskFields *
desk_fields_add (DeskFields *fields, const char *list)
{
  GPtrArray *items = g_hash_table_lookup (fields->lists, list);
  DeskFields *item = desk_fields_new ();

  if (!items)
    {
      items = g_ptr_array_new_with_free_func (fields_free);
      g_hash_table_insert (fields->lists, g_strdup (list), items);
    }
  g_ptr_array_add (items, item);
  return item;
}

static void
note_asked (const DeskFields *fields, const char *name)
{
  if (!g_hash_table_contains (fields->asked, name))
    g_hash_table_add (fields->asked, g_strdup (name));
}

static const Value *
find_value (const DeskFields *fields, const char *name, const char *language)
{
  g_autofree char *key = g_strconcat (name, "@", language, NULL);
  const Value *value = g_hash_table_lookup (fields->values, key);

  return value ? value : g_hash_table_lookup (fields->values, name);
}

/* Lends the value in a language, or NULL where there is none. */
const char *
desk_fields_get (const DeskFields *fields, const char *name, const char *language)
{
  const Value *value = find_value (fields, name, language);

  note_asked (fields, name);
  return value && *value->text ? value->text : NULL;
}

/* Lends the language of a value's letter forms, or NULL. */
const char *
desk_fields_get_forms (const DeskFields *fields, const char *name, const char *language)
{
  const Value *value = find_value (fields, name, language);

  return value ? value->forms : NULL;
}

/* Lends the items of a list, or NULL where it has none. */
const GPtrArray *
desk_fields_get_list (const DeskFields *fields, const char *name)
{
  note_asked (fields, name);
  return g_hash_table_lookup (fields->lists, name);
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names of fields and lists that somebody looked for so far, whether they were there or not, sorted: what a letter
 * hangs on. The names are lent; free with g_ptr_array_unref (). */
GPtrArray *
desk_fields_asked (const DeskFields *fields)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, fields->asked);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, by_name);
  return names;
}
