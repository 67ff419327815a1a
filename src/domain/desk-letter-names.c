/* The fields a letter may name: one table, a row each. What gathers their values is jobs/desk-letter-<subject>.c. */
#include <string.h>

#include "desk-letter.h"

#define TEXT DESK_FIELD_TEXT
#define DAY DESK_FIELD_DAY
#define MONEY DESK_FIELD_MONEY
#define YES DESK_FIELD_YES
#define LIST DESK_FIELD_LIST

/* By subject. A list stands before the fields of its items, whose names begin with its own. */
static const DeskFieldInfo infos[] = {
  { "today", DAY, "today" },

  { "clinic.name", TEXT, "name" },
  { "clinic.address", TEXT, "address" },
  { "clinic.phone", TEXT, "phone" },
  { "clinic.fax", TEXT, "fax" },
  { "clinic.email", TEXT, "email" },
  { "clinic.director", TEXT, "director" },
  { "clinic.approval", TEXT, "approval-number" },
  { "clinic.plan", TEXT, "plan-number" },
  { "clinic.facility", TEXT, "facility-number" },
  { "clinic.bank", TEXT, "bank" },
  { "clinic.stamp_box", YES, "stamp-box" },
  { "clinic.tax_number", TEXT, "tax-number" },
  { "clinic.sample", YES, "sample-clinic" },

  { "issued.number", DESK_FIELD_CODE, "paper-number" },
  { "issued.replaces", TEXT, "paper-replaced" },

  { "patient.name", TEXT, "name-passport" },
  { "patient.family", TEXT, "name-family" },
  { "patient.given", TEXT, "name-given" },
  { "patient.native", TEXT, "name-native" },
  { "patient.kana", TEXT, "name-kana" },
  { "patient.former", TEXT, "name-former" },
  { "patient.chart", TEXT, "chart-number" },
  { "patient.birth", DAY, "birth" },
  { "patient.female", YES, "female" },
  { "patient.male", YES, "male" },
  { "patient.unspecified", YES, "sex-unspecified" },
  { "patient.nationality", TEXT, "nationality" },
  { "patient.passport", TEXT, "passport-number" },
  { "patient.passport_until", DAY, "passport-until" },
  { "patient.address", TEXT, "address" },
  { "patient.phone", TEXT, "phone" },
  { "patient.email", TEXT, "email" },
  { "patient.occupation", TEXT, "occupation" },
  { "patient.diagnosis", TEXT, "diagnosis" },
  { "patient.icd", TEXT, "icd" },
  { "patient.stage", TEXT, "stage" },
  { "patient.diagnosed", DAY, "diagnosed-on" },
  { "patient.treatment", YES, "for-treatment" },
  { "patient.prevention", YES, "for-prevention" },
  { "patient.interpreter", TEXT, "interpreter" },
  { "patient.referrer", TEXT, "referrer" },

  { "plan.first", DAY, "first-visit" },
  { "plan.last", DAY, "last-visit" },
  { "plan.visits", TEXT, "count-visits" },
  { "plan.infusions", TEXT, "count-infusions" },
  { "plan.several", YES, "several-trips" },
  { "plan.single", YES, "one-trip" },

  { "visits", LIST, "visits" },
  { "visits.date", TEXT, "day" },
  { "visits.time", TEXT, "time" },
  { "visits.what", TEXT, "what" },
  { "visits.place", TEXT, "place" },
  { "visits.remote", YES, "remote" },
  { "visits.theirs", TEXT, "time-of-patient" },

  { "consent.until", DAY, "kept-until" },
  { "consent.patient", TEXT, "patient" },
  { "consent.patient_ink", DESK_FIELD_INK, "signature" },
  { "consent.patient_typed", TEXT, "typed-name" },
  { "consent.patient_date", DAY, "signed-on" },
  { "consent.representative", TEXT, "representative" },
  { "consent.representative_ink", DESK_FIELD_INK, "signature" },
  { "consent.representative_typed", TEXT, "typed-name" },
  { "consent.representative_date", DAY, "signed-on" },
  { "consent.physician", TEXT, "physician" },
  { "consent.physician_ink", DESK_FIELD_INK, "signature" },
  { "consent.physician_typed", TEXT, "typed-name" },
  { "consent.physician_date", DAY, "signed-on" },
  { "consent.interpreter", TEXT, "interpreter" },
  { "consent.interpreter_ink", DESK_FIELD_INK, "signature" },
  { "consent.interpreter_typed", TEXT, "typed-name" },
  { "consent.interpreter_date", DAY, "signed-on" },
  { "consent.witness", TEXT, "witness" },
  { "consent.witness_ink", DESK_FIELD_INK, "signature" },
  { "consent.witness_typed", TEXT, "typed-name" },
  { "consent.witness_date", DAY, "signed-on" },

  { "trip.entry", DAY, "entry" },
  { "trip.departure", DAY, "departure" },
  { "trip.mission", TEXT, "mission" },
  { "trip.hospitalised", YES, "hospitalised" },
  { "trip.outpatient", YES, "outpatient" },
  { "trip.multiple", YES, "multiple-entry" },
  { "trip.once", YES, "single-entry" },
  { "trip.companions", TEXT, "count-companions" },
  { "trip.single_companion", YES, "one-companion" },
  { "trip.list", YES, "list-needed" },
  { "trip.guarantor", TEXT, "guarantor" },
  { "trip.guarantor_number", TEXT, "registration-number" },
  { "trip.guarantor_list", TEXT, "guarantor-list" },
  { "trip.guarantor_address", TEXT, "address" },
  { "trip.guarantor_contact", TEXT, "contact" },

  { "companions", LIST, "companions" },
  { "companions.number", TEXT, "number" },
  { "companions.name", TEXT, "name-passport" },
  { "companions.nationality", TEXT, "nationality" },
  { "companions.birth", DAY, "birth" },
  { "companions.relation", TEXT, "relation" },
  { "companions.passport", TEXT, "passport-number" },
  { "companions.female", YES, "female" },
  { "companions.male", YES, "male" },
  { "companions.unspecified", YES, "sex-unspecified" },

  { "chase.subject", TEXT, "subject" },
  { "chase.today", TEXT, "today" },
  { "chase.hello", TEXT, "greeting" },
  { "chase.intro", TEXT, "introduction" },
  { "chase.due", TEXT, "until-when" },
  { "chase.end", TEXT, "closing" },
  { "chase.what", TEXT, "column-what" },
  { "chase.why", TEXT, "column-why" },
  { "chase.by", TEXT, "column-by" },

  { "wanted", LIST, "papers-wanted" },
  { "wanted.what", TEXT, "what" },
  { "wanted.why", TEXT, "why" },
  { "wanted.by", TEXT, "until-when" },

  { "money.advance", YES, "advance" },
  { "money.card", YES, "card" },
  { "money.cash", YES, "cash" },
  { "money.credited", MONEY, "credited" },
  { "money.date", DAY, "date" },
  { "money.deposit", MONEY, "deposit" },
  { "money.due", MONEY, "due" },
  { "money.due_on", DAY, "due-on" },
  { "money.foreign", MONEY, "foreign" },
  { "money.from_deposit", MONEY, "from-deposit" },
  { "money.included", YES, "included" },
  { "money.net", MONEY, "net" },
  { "money.note", TEXT, "note" },
  { "money.number", TEXT, "number" },
  { "money.of_date", DAY, "of-date" },
  { "money.of_invoice", TEXT, "of-invoice" },
  { "money.of_number", TEXT, "of-number" },
  { "money.of_total", MONEY, "of-total" },
  { "money.other", YES, "other" },
  { "money.paid", MONEY, "paid" },
  { "money.parts", YES, "parts" },
  { "money.payer", TEXT, "payer" },
  { "money.rate", TEXT, "rate" },
  { "money.rate_day", DAY, "rate-day" },
  { "money.rate_source", TEXT, "rate-source" },
  { "money.rate_until", DAY, "rate-until" },
  { "money.reason", TEXT, "reason" },
  { "money.reduced", YES, "reduced" },
  { "money.tax", MONEY, "tax" },
  { "money.taxes", YES, "taxes" },
  { "money.terms", TEXT, "terms" },
  { "money.to", TEXT, "to" },
  { "money.total", MONEY, "total" },
  { "money.transfer", YES, "transfer" },
  { "money.valid_until", DAY, "valid-until" },
  { "money.version", TEXT, "version" },
  { "money.wallet", YES, "wallet" },

  { "lines", LIST, "lines" },
  { "lines.what", TEXT, "what" },
  { "lines.mark", TEXT, "mark" },
  { "lines.count", TEXT, "count" },
  { "lines.price", MONEY, "price" },
  { "lines.rate", TEXT, "rate" },
  { "lines.amount", MONEY, "amount" },
  { "lines.sessions", TEXT, "sessions" },

  { "taxes", LIST, "taxes-by-rate" },
  { "taxes.rate", TEXT, "rate" },
  { "taxes.taxable", MONEY, "taxable" },
  { "taxes.net", MONEY, "net" },
  { "taxes.tax", MONEY, "tax" },
  { "taxes.total", MONEY, "total" },

  { "parts", LIST, "payments" },
  { "parts.number", TEXT, "number" },
  { "parts.date", DAY, "date" },
  { "parts.total", MONEY, "total" },
  { "parts.amount", MONEY, "amount" },
};

/* All fields and lists, in the order they are to be shown. */
const DeskFieldInfo *
desk_letter_field_infos (guint *n)
{
  *n = G_N_ELEMENTS (infos);
  return infos;
}

static gpointer
make_index (gpointer data)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    g_hash_table_insert (index, (gpointer) infos[i].name, (gpointer) &infos[i]);
  return index;
}

/* The row of a field or a list, NULL for a name nobody fills. */
const DeskFieldInfo *
desk_letter_field_info (const char *name)
{
  static GOnce once = G_ONCE_INIT;

  return g_hash_table_lookup (g_once (&once, make_index, NULL), name);
}

/* The list whose items a field (or an inner list) belongs to, or NULL. */
const DeskFieldInfo *
desk_letter_field_list (const DeskFieldInfo *info)
{
  g_autofree char *name = g_strdup (info->name);

  for (char *dot; (dot = strrchr (name, '.'));)
    {
      *dot = '\0';
      const DeskFieldInfo *list = desk_letter_field_info (name);
      if (list && list->kind == DESK_FIELD_LIST)
        return list;
    }
  return NULL;
}
