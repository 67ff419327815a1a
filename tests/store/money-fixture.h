/* A clinic with prices, two patients, an accepted quote: what the tests of money begin with. */
#pragma once

#include "desk-invoices.h"
#include "desk-payments.h"
#include "desk-quotes.h"
#include "store-fixture.h"

#define TODAY 20779 /* 2026-11-22 */

void money_fixture_set_up (StoreFixture *fixture, gconstpointer data);
gint64 money_fixture_quote (StoreFixture *fixture, gint64 patient_id, const char *code, int count, gint64 *version);
gint64 money_fixture_accepted (StoreFixture *fixture, gint64 patient_id, const char *code, int count);
gint64 money_fixture_invoice (StoreFixture *fixture, gint64 patient_id, const char *code, int count);
gint64 money_fixture_pay (StoreFixture *fixture, gint64 patient_id, gint64 amount, gint64 invoice_id);
