/* What is done from the lists of the book: written by the worker, told by a toast that can take it back. */
#pragma once

#include "desk-freed.h"
#include "desk-page.h"
#include "desk-recall.h"

G_BEGIN_DECLS

void desk_list_act_fill (DeskPage *page, const DeskFreedSlot *slot, const DeskWaiting *waiting);
void desk_list_act_close_waiting (DeskPage *page, const DeskWaiting *waiting, const char *outcome);
void desk_list_act_close_recall (DeskPage *page, const DeskRecall *recall, const char *outcome);
void desk_list_act_close_freed (DeskPage *page, const DeskFreedSlot *slot, const char *outcome);

void desk_waiting_dialog_show (DeskPage *page, const DeskWaiting *waiting);
void desk_waiting_dialog_show_for (DeskPage *page, gint64 patient_id, const DeskVisit *rather_than);
void desk_recall_dialog_show (DeskPage *page, const DeskRecall *recall);

G_END_DECLS
