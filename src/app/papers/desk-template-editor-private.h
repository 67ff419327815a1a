/* The parts of the editor of letters. */
#pragma once

#include "desk-letter-texts.h"
#include "desk-template-editor.h"
#include "desk-template-preview.h"
#include "desk-template-text.h"

G_BEGIN_DECLS

struct _DeskTemplateEditor
{
  AdwWindow parent_instance;

  DeskPage *page;              /* owned */
  DeskLetterVersion *version;  /* the newest one saved, from which the text was begun; seq 0 for none. NULL: no letter shown */
  char *saved;                 /* the text of that version, or of the built-in letter; "" for a new one */
  gboolean draft;              /* what is shown is not that text */
  gboolean kept;               /* a draft of it is in the file */
  gboolean unkept;             /* … but not all that was typed */
  gboolean filling;
  gboolean saving;
  guint keep_later;

  GtkListBox *list;
  DeskTemplateText *text;
  DeskTemplatePreview *preview;
  GtkListBox *problems;
  GtkLabel *n_problems;
  AdwWindowTitle *title;
  GtkWidget *draft_bar;
  GtkLabel *draft_words;
  GtkMenuButton *field_button, *block_button;
  GtkStack *stack;
};

/* desk-template-editor.c */
void desk_template_editor_show_text (DeskTemplateEditor *self, const char *name, const char *xml);
void desk_template_editor_reload (DeskTemplateEditor *self);
void desk_template_editor_keep (DeskTemplateEditor *self);
void desk_template_editor_show_state (DeskTemplateEditor *self);
char *desk_template_editor_get_text (DeskTemplateEditor *self);

/* desk-template-save.c */
void desk_template_save_ask (DeskTemplateEditor *self, const char *comment);
void desk_template_save_as (DeskTemplateEditor *self, const char *version, const char *comment);
void desk_template_end_ask (DeskTemplateEditor *self);

/* desk-template-acts.c */
void desk_template_acts_install (GtkWidgetClass *widget_class);
void desk_template_acts_enable (DeskTemplateEditor *self);
gboolean desk_template_copy (DeskTemplateEditor *self, const char *name);
void desk_template_import (DeskTemplateEditor *self, const char *path);
guint desk_template_add_language (DeskTemplateEditor *self, const char *language);

G_END_DECLS
