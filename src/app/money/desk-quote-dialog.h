/* Writing a quote: lines out of the fee schedule, what they come to in yen and beside it in foreign money, the deposit and
 * how long it stands. Sent at once it is printed and fixed; a sent one is changed by a new version. */
#pragma once

#include "desk-page.h"
#include "desk-quote.h"

G_BEGIN_DECLS

GtkWindow *desk_quote_dialog_show (DeskPage *page, DeskQuote *quote);

G_END_DECLS
