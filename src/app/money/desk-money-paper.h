/* The papers of money: a quote, invoice, receipt, refund or credit note in the print dialog. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

void desk_money_paper_show (DeskPage *page, const char *letter, gint64 patient_id, gint64 subject_id);

G_END_DECLS
