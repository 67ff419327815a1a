#include "desk-template-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-words.h"

typedef struct
{
  const char *code, *text; /* N_() */
} Word;

/* What a field is, by DeskFieldInfo.about. */
static const Word field_words[] = {
  { "today", N_("Today’s date") },
  { "name", N_("Name") },
  { "address", N_("Address") },
  { "phone", N_("Telephone") },
  { "fax", N_("Fax") },
  { "email", N_("Mail address") },
  { "director", N_("Director of the clinic") },
  { "approval-number", N_("Number of the approval") },
  { "plan-number", N_("Number of the provision plan") },
  { "facility-number", N_("Number of the cell processing facility") },
  { "bank", N_("Bank account") },
  { "stamp-box", N_("Whether receipts have a box for the revenue stamp") },
  { "tax-number", N_("Registration number for invoices") },
  { "sample-clinic", N_("Whether it is the sample clinic") },
  { "paper-number", N_("Number of this paper") },
  { "paper-replaced", N_("Number of the paper it replaces") },
  { "name-passport", N_("Name as in the passport") },
  { "name-family", N_("Family name") },
  { "name-given", N_("Given names") },
  { "name-native", N_("Name in the patient’s own script") },
  { "name-kana", N_("Name in kana") },
  { "name-former", N_("Former name") },
  { "chart-number", N_("Chart number") },
  { "birth", N_("Date of birth") },
  { "female", N_("Is female") },
  { "male", N_("Is male") },
  { "sex-unspecified", N_("Sex is not said") },
  { "nationality", N_("Nationality") },
  { "passport-number", N_("Number of the passport") },
  { "passport-until", N_("End of the passport’s validity") },
  { "occupation", N_("Occupation") },
  { "diagnosis", N_("Diagnosis") },
  { "icd", N_("Diagnosis as ICD code") },
  { "stage", N_("Stage") },
  { "diagnosed-on", N_("Date of the diagnosis") },
  { "for-treatment", N_("Comes for treatment") },
  { "for-prevention", N_("Comes for prevention") },
  { "interpreter", N_("Interpreter") },
  { "referrer", N_("Referring doctor") },
  { "first-visit", N_("First visit") },
  { "last-visit", N_("Last visit") },
  { "count-visits", N_("How many visits") },
  { "count-infusions", N_("How many infusions") },
  { "several-trips", N_("More than one trip") },
  { "one-trip", N_("One trip") },
  { "visits", N_("List of the visits") },
  { "day", N_("Day") },
  { "time", N_("Time") },
  { "what", N_("What") },
  { "place", N_("Place") },
  { "remote", N_("Takes place at a distance") },
  { "time-of-patient", N_("Time on the patient’s clock") },
  { "entry", N_("Entry into Japan") },
  { "departure", N_("Departure from Japan") },
  { "mission", N_("Japanese mission") },
  { "hospitalised", N_("Stays in hospital") },
  { "outpatient", N_("Comes as an outpatient") },
  { "multiple-entry", N_("Visa for several entries") },
  { "single-entry", N_("Visa for one entry") },
  { "count-companions", N_("How many companions") },
  { "one-companion", N_("Exactly one companion") },
  { "list-needed", N_("A list of companions is needed") },
  { "guarantor", N_("Guarantor") },
  { "registration-number", N_("Registration number") },
  { "guarantor-list", N_("List the guarantor is on") },
  { "contact", N_("Contact") },
  { "companions", N_("List of the companions") },
  { "number", N_("Number") },
  { "relation", N_("Relation to the patient") },
  { "subject", N_("Subject") },
  { "greeting", N_("Greeting") },
  { "introduction", N_("Introduction") },
  { "until-when", N_("Until when") },
  { "closing", N_("Closing words") },
  { "column-what", N_("Heading of the column “what”") },
  { "column-why", N_("Heading of the column “why”") },
  { "column-by", N_("Heading of the column “by”") },
  { "papers-wanted", N_("List of what is asked for") },
  { "why", N_("Why") },
  { "advance", N_("Paid in advance") },
  { "card", N_("Paid by card") },
  { "cash", N_("Paid in cash") },
  { "credited", N_("Credited") },
  { "date", N_("Date") },
  { "deposit", N_("Deposit") },
  { "due", N_("Still due") },
  { "due-on", N_("Due on") },
  { "foreign", N_("Amount in the foreign currency") },
  { "from-deposit", N_("Taken from the deposit") },
  { "included", N_("Tax included") },
  { "net", N_("Without tax") },
  { "note", N_("Note") },
  { "of-date", N_("Date of the paper it refers to") },
  { "of-invoice", N_("Invoice it refers to") },
  { "of-number", N_("Number of the paper it refers to") },
  { "of-total", N_("Total of the paper it refers to") },
  { "other", N_("Paid in another way") },
  { "paid", N_("Paid so far") },
  { "parts", N_("Whether it is paid in parts") },
  { "payer", N_("Who paid") },
  { "rate", N_("Rate") },
  { "rate-day", N_("Day of the exchange rate") },
  { "rate-source", N_("Source of the exchange rate") },
  { "rate-until", N_("Exchange rate valid until") },
  { "reason", N_("Reason") },
  { "reduced", N_("Something has the reduced tax rate") },
  { "tax", N_("Tax") },
  { "taxes", N_("Taxes by rate") },
  { "terms", N_("Terms on cancellation") },
  { "to", N_("To whom") },
  { "total", N_("Total") },
  { "transfer", N_("Paid by transfer") },
  { "valid-until", N_("Valid until") },
  { "version", N_("Version") },
  { "wallet", N_("Paid by electronic money") },
  { "mark", N_("Mark") },
  { "count", N_("Count") },
  { "price", N_("Price") },
  { "amount", N_("Amount") },
  { "sessions", N_("Sessions") },
  { "taxes-by-rate", N_("List of the taxes by rate") },
  { "taxable", N_("Taxable amount") },
  { "payments", N_("List of the payments") },
  { "department", N_("Department") },
  { "address-japanese", N_("Address in Japanese") },
  { "chart-code", N_("Chart number as a code") },
  { "kept-until", N_("Kept until") },
  { "signature", N_("Signature") },
  { "typed-name", N_("Name as it was typed") },
  { "signed-on", N_("Signed on") },
  { "representative", N_("Representative") },
  { "physician", N_("Physician") },
  { "witness", N_("Witness") },
  { "checked-on", N_("Checked on") },
  { "guarantor-list-a", N_("Guarantor is on list A") },
  { "guarantor-list-b", N_("Guarantor is on list B") },
  { "ordered-at", N_("Ordered at") },
  { "ordered", N_("Ordered") },
  { "weight", N_("Weight") },
  { "has-vitals", N_("There are vital signs") },
  { "has-tests", N_("There are tests") },
  { "doses", N_("Doses") },
  { "frozen", N_("Frozen") },
  { "lot", N_("Lot") },
  { "chain-of-identity", N_("Chain of identity") },
  { "volume", N_("Volume") },
  { "cells", N_("Number of cells") },
  { "viability", N_("Viability") },
  { "thaw-from", N_("Thawing began") },
  { "thaw-until", N_("Thawing ended") },
  { "use-until", N_("To be used until") },
  { "bath", N_("Water bath") },
  { "temperature", N_("Temperature") },
  { "bag-whole", N_("The bag was whole") },
  { "checked-at", N_("Checked at") },
  { "scanned-dose", N_("Dose as scanned") },
  { "scanned-patient", N_("Patient as scanned") },
  { "checked-by", N_("Checked by") },
  { "second-person", N_("Second person") },
  { "started", N_("Started") },
  { "ended", N_("Ended") },
  { "minutes", N_("Minutes") },
  { "started-by", N_("Started by") },
  { "volume-given", N_("Volume given") },
  { "cells-given", N_("Cells given") },
  { "reaction", N_("Reaction") },
  { "grade", N_("Grade") },
  { "rest", N_("What became of the rest") },
  { "released-at", N_("Released at") },
  { "released-by", N_("Released by") },
  { "vitals", N_("Vital signs") },
  { "phase", N_("Phase") },
  { "pressure", N_("Blood pressure") },
  { "pulse", N_("Pulse") },
  { "saturation", N_("Oxygen saturation") },
  { "lot-tests", N_("Tests of the lot") },
  { "test", N_("Test") },
  { "value", N_("Value") },
  { "limit", N_("Limit") },
  { "passed", N_("Passed") },
  { "final", N_("Is final") },
  { "anything-given", N_("Something was given") },
  { "first-infusion", N_("First infusion") },
  { "last-infusion", N_("Last infusion") },
  { "any-reaction", N_("There was a reaction") },
  { "medication", N_("Medication") },
  { "allergies", N_("Allergies") },
  { "any-lab", N_("There are laboratory values") },
  { "infusions", N_("Infusions") },
  { "dose", N_("Dose") },
  { "lab-values", N_("Laboratory values") },
  { "range", N_("Normal range") },
  { "flag", N_("Too high or too low") },
  { "laboratory", N_("Laboratory") },
  { "count-doses", N_("How many doses") },
  { "any-visit", N_("There are visits") },
  { "any-dose", N_("There are doses to fetch") },
  { "any-box", N_("There are boxes") },
  { "audit-head", N_("Head of the audit trail") },
  { "visits-of-day", N_("Visits of the day") },
  { "until-time", N_("Until") },
  { "initials", N_("Initials") },
  { "languages", N_("Languages") },
  { "staff", N_("Staff") },
  { "status", N_("State") },
  { "ready", N_("Ready") },
  { "not-ready", N_("Not ready") },
  { "no-gate", N_("Nothing to be checked") },
  { "doses-to-fetch", N_("Doses to fetch") },
  { "where", N_("Where") },
  { "place-code", N_("Code of the place") },
  { "held", N_("Held") },
  { "not-released", N_("Not released") },
  { "boxes", N_("Boxes") },
  { "in-japan", N_("The address is in Japan") },
  { "postcode", N_("Postcode") },
  { "title", N_("Title") },
  { "from-language", N_("From the language") },
  { "to-language", N_("Into the language") },
  { "translator", N_("Translator") },
  { "pages", N_("Pages") },
  { "digest", N_("Digest") },
  { "closed-at", N_("Closed at") },
  { "closed-by", N_("Closed by") },
  { "count-receipts", N_("How many receipts") },
  { "first-receipt", N_("First receipt of the day") },
  { "last-receipt", N_("Last receipt of the day") },
  { "count-refunds", N_("How many refunds") },
  { "first-refund", N_("First refund of the day") },
  { "last-refund", N_("Last refund of the day") },
  { "drawer-right", N_("Everything was counted as expected") },
  { "drawer", N_("Money by currency and way of paying") },
  { "currency", N_("Currency") },
  { "pay-method", N_("Way of paying") },
  { "expected", N_("Expected") },
  { "counted", N_("Counted") },
  { "difference", N_("Difference") },
};

/* The part of a name before its dot. */
static const Word subject_words[] = {
  { "today", N_("Today") },
  { "clinic", N_("Clinic") },
  { "issued", N_("This paper") },
  { "patient", N_("Patient") },
  { "plan", N_("Visits planned") },
  { "visits", N_("Each visit (inside a loop)") },
  { "trip", N_("Stay in Japan") },
  { "companions", N_("Each companion (inside a loop)") },
  { "chase", N_("Request for papers") },
  { "wanted", N_("Each paper asked for (inside a loop)") },
  { "money", N_("Quotation, invoice, receipt") },
  { "lines", N_("Each line (inside a loop)") },
  { "taxes", N_("Each tax rate (inside a loop)") },
  { "parts", N_("Each payment (inside a loop)") },
  { "consent", N_("Consent") },
  { "infusion", N_("Infusion") },
  { "doses", N_("Each dose (inside a loop)") },
  { "rows", N_("Each visit of the day (inside a loop)") },
  { "summary", N_("Treatment summary") },
  { "tests", N_("Each test (inside a loop)") },
  { "boxes", N_("Each box (inside a loop)") },
  { "labs", N_("Each laboratory value (inside a loop)") },
  { "translation", N_("Translation") },
  { "given", N_("Each infusion (inside a loop)") },
  { "picks", N_("Each dose to fetch (inside a loop)") },
  { "vitals", N_("Each set of vital signs (inside a loop)") },
  { "post", N_("Envelope") },
  { "close", N_("Close of the day’s money") },
  { "drawer", N_("Each currency and way of paying (inside a loop)") },
};

/* %s is the detail. */
static const Word problem_words[] = {
  { "too-large", N_("A letter has at most 1 MB of text.") },
  { "not-xml", N_("This is not well-formed: %s") },
  { "doctype", N_("A DOCTYPE is not allowed.") },
  { "not-letter", N_("This cannot stand here: %s") },
  { "too-deep", N_("Blocks are nested too deep.") },
  { "each-alone", N_("“each” and “as” go together.") },
  { "name-taken", N_("“%s” is already the name of something else here.") },
  { "own-list", N_("A loop over the list it stands in: %s") },
  { "unbalanced", N_("“{{” without “}}”: %s") },
  { "not-a-name", N_("“%s” is not the name of a field.") },
  { "unknown-field", N_("There is no field “%s”.") },
  { "unknown-list", N_("There is no list “%s”.") },
  { "is-a-list", N_("“%s” is a list: it needs “each”.") },
  { "outside-list", N_("“%s” belongs to the items of a list, and there is no loop around it.") },
  { "unknown-filter", N_("There is no way of writing called “%s”.") },
  { "not-a-day", N_("“%s” is not a day.") },
  { "not-ink", N_("“%s” holds no strokes of a pen.") },
  { "not-an-image", N_("“%s” is no picture.") },
  { "language-missing", N_("There is no text in this language: %s") },
  { "language-unlisted", N_("The letter does not say that it is written in this language: %s") },
  { "language-twice", N_("There are two texts in this language: %s") },
  { "outside-language", N_("Words beside <t> would stand in no language.") },
  { "code-twice", N_("There are two boxes with the code “%s”.") },
  { "text-empty", N_("This text is still empty: %s") },
};
static const DeskTemplateBlock blocks[] = {
  { N_("Heading"), "<h level=\"2\">\n  <t lang=\"en\">%|</t>\n  <t lang=\"ja\"></t>\n</h>\n" },
  { N_("Paragraph"), "<p>\n  <t lang=\"en\">%|</t>\n  <t lang=\"ja\"></t>\n</p>\n" },
  { N_("Two Languages Side by Side"), "<pair>\n  <t lang=\"en\">%|</t>\n  <t lang=\"ja\"></t>\n</pair>\n" },
  { N_("List"), "<list>\n  <item>%|</item>\n  <item></item>\n</list>\n" },
  { N_("Numbered List"), "<list kind=\"number\">\n  <item>%|</item>\n  <item></item>\n</list>\n" },
  { N_("Labels and Values"), "<fields>\n  <row>\n    <label>%|</label>\n    <value>{{patient.name}}</value>\n  </row>\n</fields>\n" },
  { N_("Table of the Visits"),
    "<table>\n  <head>\n    <cell width=\"30\">%|</cell>\n    <cell width=\"70\"></cell>\n  </head>\n"
    "  <row each=\"visits\" as=\"visit\">\n    <cell>{{visit.date}} {{visit.time}}</cell>\n    <cell>{{visit.what}}</cell>\n  </row>\n</table>\n" },
  { N_("Check Box"), "<check>%|</check>\n" },
  { N_("Signature"), "<signature>\n  <role>%|</role>\n  <line></line>\n  <line></line>\n</signature>\n" },
  { N_("Signature with Seal"), "<signature>\n  <role>%|</role>\n  <line></line>\n  <seal>印</seal>\n</signature>\n" },
  { N_("Barcode of This Paper"), "<barcode field=\"issued.number\" kind=\"qr\" height=\"48\"/>%|" },
  { N_("Only If There Is a Value"), "<group if=\"patient.diagnosis\">\n  <p>%|</p>\n</group>\n" },
  { N_("Kept on One Page"), "<group>\n  <p>%|</p>\n</group>\n" },
  { N_("White Space"), "<space points=\"12\"/>%|" },
  { N_("Line Across"), "<rule/>%|" },
  { N_("New Page"), "<break/>%|" },
};

static const char *
find (const Word *words, guint n, const char *code)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (words[i].code, code))
      return _(words[i].text);
  return NULL;
}

/* What the problem says, without its line; the caller frees it. */
char *
desk_template_problem_words (const DeskLetterProblem *problem)
{
  const char *text = find (problem_words, G_N_ELEMENTS (problem_words), problem->code);

  if (!text)
    return desk_letter_problem_words (problem);
  g_auto (GStrv) parts = g_strsplit (text, "%s", 2);
  return g_strjoinv (problem->detail ? problem->detail : "", parts);
}

/* What a field is; its name in the table where there are no words for it. */
const char *
desk_template_field_words (const DeskFieldInfo *info)
{
  const char *text = find (field_words, G_N_ELEMENTS (field_words), info->about);

  return text ? text : info->about;
}

/* What the fields with that beginning are about. */
const char *
desk_template_subject_words (const char *field)
{
  g_autofree char *head = g_strndup (field, strcspn (field, "."));
  const char *text = find (subject_words, G_N_ELEMENTS (subject_words), head);

  return text ? text : g_intern_string (head);
}

/* What a letter is called; a name that the clinic gave is shown as it is. */
const char *
desk_template_name_words (const char *name)
{
  return desk_words ("letter", name);
}

/* "1.2 · 22 November 2026 14:05 · Dr Abe · comment"; the caller frees it. */
char *
desk_template_version_words (const DeskLetterVersion *version, GTimeZone *zone)
{
  g_autofree char *when = desk_words_when (version->at, zone);
  const char *facts[] = { version->digest ? version->version : _("not in use"), when, desk_words_pick (version->by, version->by_ja), version->comment };

  return desk_words_facts (facts, G_N_ELEMENTS (facts));
}

/* What can be put into a letter, in the order of a menu. */
const DeskTemplateBlock *
desk_template_blocks (guint *n_blocks)
{
  *n_blocks = G_N_ELEMENTS (blocks);
  return blocks;
}
