#include "desk-letter-reader.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <string.h>

#include "desk-error.h"
#include "desk-letter-blocks.h"
#include "desk-letter-appointment-card.h"
#include "desk-letter-companion-list.h"
#include "desk-letter-day-sheet.h"
#include "desk-letter-day-sheet-initials.h"
#include "desk-letter-day-sheet-large.h"
#include "desk-letter-envelope.h"
#include "desk-letter-guarantor.h"
#include "desk-letter-infusion-record.h"
#include "desk-letter-pick-list.h"
#include "desk-letter-translation-statement.h"
#include "desk-letter-treatment-summary.h"
#include "desk-letter-chase.h"
#include "desk-letter-consent.h"
#include "desk-letter-consent-storage.h"
#include "desk-letter-consent-withdrawal.h"
#include "desk-letter-credit.h"
#include "desk-letter-day-close.h"
#include "desk-letter-invoice.h"
#include "desk-letter-quote.h"
#include "desk-letter-receipt.h"
#include "desk-letter-refund.h"
#include "desk-letter-schedule.h"
#include "desk-letter-visa.h"
#include "desk-letter-xsd.h"

#define MOST_PROBLEMS 200 /* that a parser tells of one document */
#define NAMESPACE "{urn:uketsuke:letter:1}"

static const struct
{
  const char *name, *xml;
} builtins[] = {
  { "consent", desk_letter_consent },
  { "consent-storage", desk_letter_consent_storage },
  { "consent-withdrawal", desk_letter_consent_withdrawal },
  { "visa-certificate", desk_letter_visa },
  { "treatment-schedule", desk_letter_schedule },
  { "companion-list", desk_letter_companion_list },
  { "guarantor", desk_letter_guarantor },
  { "appointment-card", desk_letter_appointment_card },
  { "infusion-record", desk_letter_infusion_record },
  { "treatment-summary", desk_letter_treatment_summary },
  { "envelope", desk_letter_envelope },
  { "translation-statement", desk_letter_translation_statement },
  { "day-sheet", desk_letter_day_sheet },
  { "day-sheet-large", desk_letter_day_sheet_large },
  { "day-sheet-initials", desk_letter_day_sheet_initials },
  { "pick-list", desk_letter_pick_list },
  { "chase", desk_letter_chase },
  { "quote", desk_letter_quote },
  { "invoice", desk_letter_invoice },
  { "receipt", desk_letter_receipt },
  { "refund", desk_letter_refund },
  { "credit", desk_letter_credit },
  { "day-close", desk_letter_day_close },
};

static gboolean
is_doctype (const xmlError *problem)
{
  return problem->domain == XML_FROM_DTD || problem->code == XML_ERR_DOCTYPE_NOT_FINISHED;
}

static void
on_error (void *user_data, xmlErrorPtr problem)
{
  DeskLetterProblems *problems = user_data;
  g_autofree char *message = g_strchomp (g_strdup (problem->message ? problem->message : ""));
  char *namespace;

  if (problem->level < XML_ERR_ERROR || problems->len >= MOST_PROBLEMS || is_doctype (problem))
    return;
  while ((namespace = strstr (message, NAMESPACE)))
    memmove (namespace, namespace + strlen (NAMESPACE), strlen (namespace + strlen (NAMESPACE)) + 1);
  desk_letter_problems_add (problems, problem->line, problem->domain == XML_FROM_SCHEMASV ? "not-letter" : "not-xml", message);
}

static xmlSchemaPtr
schema (void)
{
  static gsize compiled;

  if (g_once_init_enter (&compiled))
    {
      xmlInitParser ();
      xmlSchemaParserCtxtPtr parser = xmlSchemaNewMemParserCtxt (desk_letter_xsd, sizeof desk_letter_xsd - 1);
      xmlSchemaPtr parsed = xmlSchemaParse (parser);

      if (!parsed)
        g_error ("the schema of letters inside the program does not compile");
      xmlSchemaFreeParserCtxt (parser);
      g_once_init_leave (&compiled, (gsize) parsed);
    }
  return (xmlSchemaPtr) compiled;
}

static void
validate (xmlDocPtr doc, DeskLetterProblems *problems)
{
  xmlSchemaValidCtxtPtr validator = xmlSchemaNewValidCtxt (schema ());
  guint before = problems->len;

  xmlSchemaSetValidStructuredErrors (validator, on_error, problems);
  int result = xmlSchemaValidateDoc (validator, doc);
  xmlSchemaFreeValidCtxt (validator);
  if (result != 0 && problems->len == before)
    desk_letter_problems_add (problems, 0, "not-letter", "");
}

/* A DTD of any sort is refused, entities are never expanded, nothing outside the text is read. */
static xmlDocPtr
parse (const char *xml, gsize length, DeskLetterProblems *problems)
{
  if (length > DESK_LETTER_XML_MAX)
    {
      desk_letter_problems_add (problems, 0, "too-large", NULL);
      return NULL;
    }
  xmlParserCtxtPtr parser = xmlNewParserCtxt ();
  xmlStructuredErrorFunc old_func = xmlStructuredError;
  void *old_data = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc (problems, on_error);
  xmlDocPtr doc = xmlCtxtReadMemory (parser, xml, (int) length, "letter.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
  xmlSetStructuredErrorFunc (old_data, old_func);
  gboolean dtd = parser->hasExternalSubset || (parser->myDoc && xmlGetIntSubset (parser->myDoc)) || (doc && xmlGetIntSubset (doc));
  xmlFreeParserCtxt (parser);
  xmlResetLastError ();

  if (dtd)
    {
      desk_letter_problems_add (problems, 0, "doctype", NULL);
      g_clear_pointer (&doc, xmlFreeDoc);
    }
  else if (!doc && !problems->len)
    desk_letter_problems_add (problems, 0, "not-xml", "");
  return doc;
}

/* Reads a template; length -1 for a terminated string. Whatever is wrong with it is noted with its line; NULL when that
 * makes it unusable. */
DeskLetterTemplate *
desk_letter_read_all (const char *xml, gssize length, DeskLetterProblems *problems)
{
  xmlDocPtr doc = parse (xml, length < 0 ? strlen (xml) : (gsize) length, problems);
  g_autoptr (DeskLetterTemplate) template_ = desk_letter_template_new ();

  if (!doc)
    return NULL;
  validate (doc, problems);
  desk_letter_blocks_read (xmlDocGetRootElement (doc), template_, problems);
  desk_letter_template_check (template_, problems);
  xmlFreeDoc (doc);
  desk_letter_problems_sort (problems);
  return desk_letter_problems_block (problems) ? NULL : g_steal_pointer (&template_);
}

/* Reads and checks a template; length -1 for a terminated string. DESK_ERROR_INVALID with "line N: what" of the first
 * problem. */
DeskLetterTemplate *
desk_letter_read (const char *xml, gssize length, GError **error)
{
  g_autoptr (DeskLetterProblems) problems = desk_letter_problems_new ();
  DeskLetterTemplate *template_ = desk_letter_read_all (xml, length, problems);

  if (template_)
    return template_;
  const DeskLetterProblem *problem = desk_letter_problems_get (problems, 0);
  g_autofree char *words = desk_letter_problem_words (problem);
  g_set_error (error, DESK_ERROR, DESK_ERROR_INVALID, "line %d: %s", problem->line, words);
  return NULL;
}

/* The names of the letters inside the program, NULL-terminated. */
const char *const *
desk_letter_builtin_names (void)
{
  static const char *names[G_N_ELEMENTS (builtins) + 1];
  static gsize filled;

  if (g_once_init_enter (&filled))
    {
      for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
        names[i] = builtins[i].name;
      g_once_init_leave (&filled, 1);
    }
  return names;
}

/* Lends the text of a letter inside the program, or NULL. */
const char *
desk_letter_builtin_text (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
    if (g_str_equal (name, builtins[i].name))
      return builtins[i].xml;
  return NULL;
}

/* A letter inside the program; DESK_ERROR_NOT_FOUND for any other name. */
DeskLetterTemplate *
desk_letter_builtin (const char *name, GError **error)
{
  const char *xml = desk_letter_builtin_text (name);

  if (xml)
    return desk_letter_read (xml, -1, error);
  g_set_error (error, DESK_ERROR, DESK_ERROR_NOT_FOUND, "there is no letter «%s»", name);
  return NULL;
}
