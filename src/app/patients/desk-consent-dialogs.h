/* The small dialogs of consents: which text, how it is withdrawn, which scan belongs to it. */
#pragma once

#include "desk-page.h"

G_BEGIN_DECLS

GtkWidget *desk_consent_ask_text (DeskPage *page, gint64 patient_id, const char *proposed, gboolean on_screen);
GtkWidget *desk_consent_ask_withdrawal (DeskPage *page, gint64 consent_id);
GtkWidget *desk_consent_ask_refusal (DeskPage *page, gint64 consent_id);
GtkWidget *desk_consent_ask_scan (DeskPage *page, gint64 consent_id);
void desk_consent_cancel_paper (DeskPage *page, gint64 consent_id);
void desk_consent_keep_copy (DeskPage *page, gint64 consent_id);
void desk_consent_print (DeskPage *page, gint64 issued_id);

G_END_DECLS
