/* Quotes: lines, sums, and the steps a quote goes through. */
#pragma once

#include "desk-fee.h"

G_BEGIN_DECLS

#define DESK_LINES_MAX 200
#define DESK_QUOTE_DAYS 30 /* a new one is valid so long, unless told otherwise */

/* A line of a quote, an invoice or a credit note. Texts are never NULL. */
typedef struct
{
  char *code;            /* of the fee; "" for a free line */
  char *words, *words_ja;
  gint64 count;
  gint64 price;          /* yen, of one; a discount is negative */
  int tax;               /* per cent */
  int sessions;          /* of a package, in each; 0 for none */
  char *visit_type;
} DeskMoneyLine;

typedef struct
{
  gint64 id, patient_id; /* id 0 while new */
  char *number;          /* "" while new; given when it is first saved */
  int seq;               /* its version: 1, 2 … */
  char *status;          /* draft, sent, accepted, refused, replaced, lapsed */
  DeskDay made_on, valid_until;
  gint64 schedule_id;    /* 0 for none, as the ids below */
  gboolean with_tax;
  DeskTaxRound tax_round;
  gint64 rate_id, terms_id, plan_id;
  gint64 deposit;        /* asked for before the treatment */
  char *note;
  gint64 net, tax, total;
  DeskDay accepted_on;   /* DESK_DAY_NONE until it is */
  gint64 version;
  GPtrArray *lines;      /* of DeskMoneyLine; empty in lists */
} DeskQuote;

DeskMoneyLine *desk_money_line_new (void);
DeskMoneyLine *desk_money_line_copy (const DeskMoneyLine *line);
DeskMoneyLine *desk_money_line_from_fee (const DeskFee *fee, gint64 count);
void desk_money_line_free (DeskMoneyLine *line);
GPtrArray *desk_money_lines_new (void);
GPtrArray *desk_money_lines_copy (const GPtrArray *lines);
const char *desk_money_lines_sum (const GPtrArray *lines, gboolean with_tax, DeskTaxRound round, DeskTaxSum *sum);
void desk_money_lines_check (const GPtrArray *lines, DeskProblems *problems);

DeskQuote *desk_quote_new (gint64 patient_id, DeskDay today);
void desk_quote_free (DeskQuote *quote);
const char *desk_quote_add_up (DeskQuote *quote);
void desk_quote_check (const DeskQuote *quote, DeskProblems *problems);
gboolean desk_quote_step_allowed (const char *from, const char *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskMoneyLine, desk_money_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskQuote, desk_quote_free)

G_END_DECLS
