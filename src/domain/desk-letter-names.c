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
  { "clinic.contact", TEXT, "contact" },
  { "clinic.department", TEXT, "department" },
  { "clinic.taxi", TEXT, "address-japanese" },
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
  { "patient.code", DESK_FIELD_CODE, "chart-code" },
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
  { "trip.guarantor_checked", DAY, "checked-on" },
  { "trip.list_a", YES, "guarantor-list-a" },
  { "trip.list_b", YES, "guarantor-list-b" },
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

  { "infusion.date", DAY, "date" },
  { "infusion.physician", TEXT, "physician" },
  { "infusion.ordered_at", TEXT, "ordered-at" },
  { "infusion.ordered", TEXT, "ordered" },
  { "infusion.weight", TEXT, "weight" },
  { "infusion.note", TEXT, "note" },
  { "infusion.vitals", YES, "has-vitals" },
  { "infusion.tests", YES, "has-tests" },

  { "doses", LIST, "doses" },
  { "doses.number", TEXT, "number" },
  { "doses.frozen", YES, "frozen" },
  { "doses.lot", TEXT, "lot" },
  { "doses.coi", TEXT, "chain-of-identity" },
  { "doses.volume", TEXT, "volume" },
  { "doses.cells", TEXT, "cells" },
  { "doses.viability", TEXT, "viability" },
  { "doses.thaw_from", TEXT, "thaw-from" },
  { "doses.thaw_until", TEXT, "thaw-until" },
  { "doses.use_until", TEXT, "use-until" },
  { "doses.bath", TEXT, "bath" },
  { "doses.bath_temperature", TEXT, "temperature" },
  { "doses.bag_whole", YES, "bag-whole" },
  { "doses.checked_at", TEXT, "checked-at" },
  { "doses.scanned_unit", TEXT, "scanned-dose" },
  { "doses.scanned_patient", TEXT, "scanned-patient" },
  { "doses.checked_by", TEXT, "checked-by" },
  { "doses.check_witness", TEXT, "second-person" },
  { "doses.started", TEXT, "started" },
  { "doses.ended", TEXT, "ended" },
  { "doses.minutes", TEXT, "minutes" },
  { "doses.started_by", TEXT, "started-by" },
  { "doses.witness", TEXT, "second-person" },
  { "doses.given", TEXT, "volume-given" },
  { "doses.delivered", TEXT, "cells-given" },
  { "doses.reaction", TEXT, "reaction" },
  { "doses.grade", TEXT, "grade" },
  { "doses.reason", TEXT, "reason" },
  { "doses.rest", TEXT, "rest" },
  { "doses.released_at", TEXT, "released-at" },
  { "doses.released_by", TEXT, "released-by" },
  { "doses.release_witness", TEXT, "second-person" },

  { "vitals", LIST, "vitals" },
  { "vitals.phase", TEXT, "phase" },
  { "vitals.time", TEXT, "time" },
  { "vitals.pressure", TEXT, "pressure" },
  { "vitals.pulse", TEXT, "pulse" },
  { "vitals.temperature", TEXT, "temperature" },
  { "vitals.saturation", TEXT, "saturation" },

  { "tests", LIST, "lot-tests" },
  { "tests.lot", TEXT, "lot" },
  { "tests.test", TEXT, "test" },
  { "tests.value", TEXT, "value" },
  { "tests.limit", TEXT, "limit" },
  { "tests.passed", YES, "passed" },
  { "tests.final", YES, "final" },
  { "tests.date", DAY, "date" },

  { "summary.given", YES, "anything-given" },
  { "summary.count", TEXT, "count-infusions" },
  { "summary.cells", TEXT, "cells-given" },
  { "summary.first", DAY, "first-infusion" },
  { "summary.last", DAY, "last-infusion" },
  { "summary.reactions", YES, "any-reaction" },
  { "summary.medication", TEXT, "medication" },
  { "summary.allergies", TEXT, "allergies" },
  { "summary.labs", YES, "any-lab" },

  { "given", LIST, "infusions" },
  { "given.count", TEXT, "number" },
  { "given.date", DAY, "date" },
  { "given.number", TEXT, "dose" },
  { "given.lot", TEXT, "lot" },
  { "given.volume", TEXT, "volume" },
  { "given.delivered", TEXT, "cells-given" },
  { "given.viability", TEXT, "viability" },
  { "given.reaction", TEXT, "reaction" },
  { "given.grade", TEXT, "grade" },
  { "given.reason", TEXT, "reason" },

  { "labs", LIST, "lab-values" },
  { "labs.test", TEXT, "test" },
  { "labs.value", TEXT, "value" },
  { "labs.range", TEXT, "range" },
  { "labs.flag", TEXT, "flag" },
  { "labs.date", DAY, "date" },
  { "labs.laboratory", TEXT, "laboratory" },

  { "day.date", DAY, "date" },
  { "day.count", TEXT, "count-visits" },
  { "day.doses", TEXT, "count-doses" },
  { "day.visits", YES, "any-visit" },
  { "day.picks", YES, "any-dose" },
  { "day.boxes", YES, "any-box" },
  { "day.note", TEXT, "note" },
  { "day.audit", TEXT, "audit-head" },

  { "close.date", DAY, "date" },
  { "close.at", TEXT, "closed-at" },
  { "close.by", TEXT, "closed-by" },
  { "close.witness", TEXT, "second-person" },
  { "close.note", TEXT, "note" },
  { "close.receipts", TEXT, "count-receipts" },
  { "close.first", TEXT, "first-receipt" },
  { "close.last", TEXT, "last-receipt" },
  { "close.refunds", TEXT, "count-refunds" },
  { "close.first_refund", TEXT, "first-refund" },
  { "close.last_refund", TEXT, "last-refund" },
  { "close.right", YES, "drawer-right" },

  { "drawer", LIST, "drawer" },
  { "drawer.currency", TEXT, "currency" },
  { "drawer.method", TEXT, "pay-method" },
  { "drawer.expected", MONEY, "expected" },
  { "drawer.counted", MONEY, "counted" },
  { "drawer.difference", MONEY, "difference" },
  { "drawer.reason", TEXT, "reason" },

  { "rows", LIST, "visits-of-day" },
  { "rows.time", TEXT, "time" },
  { "rows.until", TEXT, "until-time" },
  { "rows.name", TEXT, "name-passport" },
  { "rows.native", TEXT, "name-native" },
  { "rows.initials", TEXT, "initials" },
  { "rows.chart", TEXT, "chart-number" },
  { "rows.birth", DAY, "birth" },
  { "rows.languages", TEXT, "languages" },
  { "rows.interpreter", YES, "interpreter" },
  { "rows.what", TEXT, "what" },
  { "rows.remote", YES, "remote" },
  { "rows.place", TEXT, "place" },
  { "rows.staff", TEXT, "staff" },
  { "rows.status", TEXT, "status" },
  { "rows.doses", TEXT, "doses" },
  { "rows.ready", YES, "ready" },
  { "rows.gate", TEXT, "not-ready" },
  { "rows.open", YES, "no-gate" },
  { "rows.note", TEXT, "note" },

  { "picks", LIST, "doses-to-fetch" },
  { "picks.count", TEXT, "number" },
  { "picks.where", TEXT, "where" },
  { "picks.place", TEXT, "place" },
  { "picks.code", DESK_FIELD_CODE, "place-code" },
  { "picks.number", TEXT, "dose" },
  { "picks.frozen", YES, "frozen" },
  { "picks.patient", TEXT, "name-passport" },
  { "picks.chart", TEXT, "chart-number" },
  { "picks.birth", DAY, "birth" },
  { "picks.time", TEXT, "time" },
  { "picks.held", YES, "held" },
  { "picks.unreleased", YES, "not-released" },

  { "boxes", LIST, "boxes" },
  { "boxes.where", TEXT, "where" },
  { "boxes.code", DESK_FIELD_CODE, "place-code" },

  { "post.japan", YES, "in-japan" },
  { "post.name", TEXT, "name" },
  { "post.postcode", TEXT, "postcode" },
  { "post.address", TEXT, "address" },

  { "translation.kind", TEXT, "what" },
  { "translation.title", TEXT, "title" },
  { "translation.examined", DAY, "date" },
  { "translation.from", TEXT, "from-language" },
  { "translation.to", TEXT, "to-language" },
  { "translation.translator", TEXT, "translator" },
  { "translation.pages", TEXT, "pages" },
  { "translation.digest", TEXT, "digest" },

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
