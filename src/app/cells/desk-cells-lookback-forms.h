/* The dialogs of a look-back: open one, decide on an item, write down a call, stop a clock, close it. */
#pragma once

#include "desk-lookback.h"
#include "desk-page.h"

G_BEGIN_DECLS

void desk_lookback_ask_open (DeskPage *page, DeskLookbackCause cause, gint64 cause_id, const char *about);
void desk_lookback_ask_new (DeskPage *page);
void desk_lookback_ask_decision (DeskPage *page, const DeskLookbackItem *item);
void desk_lookback_ask_clock (DeskPage *page, const DeskLegalClock *clock);
void desk_lookback_ask_close (DeskPage *page, const DeskLookback *lookback);

G_END_DECLS
