#include "desk-mrz-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "desk-country.h"
#include "desk-mrz-burst.h"
#include "desk-words.h"

#define PAUSE 150      /* ms without a sign: the lines may be whole */
#define LAST_PAUSE 700 /* ms more: nothing else is coming */

struct _DeskMrzEntry
{
  AdwBin parent_instance;

  DeskDay today;
  DeskMrzBursts *bursts;
  DeskPassportReading *reading; /* what is kept of it once the record is saved, or NULL */
  char *done;      /* what was read last, so that it is not read again */
  guint timer;
  gboolean asking; /* whether it is Hong Kong or Macao */

  GtkTextView *text;
  GtkLabel *note;
  GtkWidget *put_back, *question, *china, *hong_kong, *macao;
};

enum
{
  READ,
  NATIONALITY,
  PUT_BACK,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DeskMrzEntry, desk_mrz_entry, ADW_TYPE_BIN)

static char *
typed_text (DeskMrzEntry *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
set_note (DeskMrzEntry *self, const char *words, gboolean is_problem)
{
  gtk_label_set_label (self->note, words);
  (is_problem ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (GTK_WIDGET (self->note), "error");
  (is_problem ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self->note), "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

static const char *
hint (void)
{
  return _("Scan the passport with the cursor in any field of this form, or paste its machine-readable lines here.");
}

/* What is said of the document as a whole: its fields tell what is wrong with them. */
static char *
describe (const DeskMrz *mrz)
{
  static const char *const own[] = { "lines", "document", "issuer", "optional", "composite" };
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean agrees = desk_mrz_agrees (mrz);

  if (*mrz->kind)
    g_string_append_printf (words, "%s, ", desk_words ("document-code", mrz->kind));
  g_string_append (words, desk_country_name (mrz->issuer, desk_words_language ()));
  g_string_append_printf (words, ". %s", agrees ? _("All check digits are right.")
                                                : _("A check digit is wrong: please compare every field with the passport."));
  for (guint i = 0; i < mrz->problems->len; i++)
    {
      const DeskProblem *problem = desk_problems_get (mrz->problems, i);
      g_autofree char *sentence = desk_words_problem (problem);

      if (g_strv_contains (own, problem->field) && !g_str_equal (problem->code, "check-digit"))
        g_string_append_printf (words, " %s", sentence);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gboolean
has_warning (const DeskMrz *mrz, const char *code)
{
  for (guint i = 0; i < mrz->problems->len; i++)
    if (g_str_equal (desk_problems_get (mrz->problems, i)->code, code))
      return TRUE;
  return FALSE;
}

static void
ask (DeskMrzEntry *self, gboolean asking)
{
  self->asking = asking;
  gtk_widget_set_visible (self->question, asking);
}

static void
take (DeskMrzEntry *self, const DeskMrz *mrz, const char *text)
{
  g_autofree char *words = describe (mrz);

  g_free (self->done);
  self->done = g_strdup (text);
  g_clear_pointer (&self->reading, desk_passport_reading_free);
  self->reading = desk_passport_reading_of (mrz);
  set_note (self, words, desk_problems_block (mrz->problems));
  ask (self, has_warning (mrz, "hong-kong-or-macao"));
  gtk_widget_set_visible (self->put_back, TRUE);
  g_signal_emit (self, signals[READ], 0, mrz);
}

/* What has been typed here: read when it is whole; one with wrong check digits when nothing else comes. */
static gboolean
look (DeskMrzEntry *self, gboolean last)
{
  g_autofree char *text = typed_text (self);
  g_autoptr (DeskMrz) mrz = desk_mrz_parse (text, self->today);

  if (g_strcmp0 (text, self->done) == 0)
    return TRUE;
  if (mrz && (last || desk_mrz_agrees (mrz)))
    take (self, mrz, text);
  else if (last && *text)
    set_note (self, _("These are not whole lines yet: a passport has two of 44 signs."), TRUE);
  else
    return *text == '\0';
  return TRUE;
}

static gboolean
on_last_pause (gpointer user_data)
{
  DeskMrzEntry *self = user_data;

  self->timer = 0;
  look (self, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
on_pause (gpointer user_data)
{
  DeskMrzEntry *self = user_data;

  self->timer = 0;
  if (!look (self, FALSE))
    self->timer = g_timeout_add (LAST_PAUSE, on_last_pause, self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GtkTextBuffer *buffer, DeskMrzEntry *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (gtk_text_buffer_get_char_count (buffer) == 0)
    set_note (self, hint (), FALSE);
  else
    self->timer = g_timeout_add (PAUSE, on_pause, self);
}

/* Puts text into the field as if it had been read before. */
static void
show_text (DeskMrzEntry *self, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);

  g_signal_handlers_block_by_func (buffer, on_changed, self);
  gtk_text_buffer_set_text (buffer, text, -1);
  g_signal_handlers_unblock_by_func (buffer, on_changed, self);
}

static gboolean
is_lines (const char *text, gboolean last, gpointer user_data)
{
  g_autoptr (DeskMrz) mrz = desk_mrz_parse (text, DESK_MRZ_ENTRY (user_data)->today);

  return mrz && (last || desk_mrz_agrees (mrz));
}

/* A scanner's lines as they stand in the passport: entries swallow its line ends. */
static char *
in_lines (const char *text, const DeskMrz *mrz)
{
  glong length = g_str_equal (mrz->type, "TD1") ? 30 : g_str_equal (mrz->type, "TD2") || g_str_equal (mrz->type, "MRVB") ? 36 : 44;
  GString *lines = g_string_new (NULL);
  glong n = 0;

  if (strpbrk (text, "\r\n"))
    return g_strdup (text);
  for (const char *p = text; *p; p = g_utf8_next_char (p), n++)
    {
      if (n > 0 && n % length == 0)
        g_string_append_c (lines, '\n');
      g_string_append_unichar (lines, g_utf8_get_char (p));
    }
  return g_string_free (lines, FALSE);
}

static void
on_found (const char *text, gpointer user_data)
{
  DeskMrzEntry *self = user_data;
  g_autoptr (DeskMrz) mrz = desk_mrz_parse (text, self->today);
  g_autofree char *lines = in_lines (text, mrz);

  show_text (self, lines);
  take (self, mrz, lines);
}

static void
on_put_back (DeskMrzEntry *self)
{
  desk_mrz_entry_begin (self, self->today);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  g_signal_emit (self, signals[PUT_BACK], 0);
}

static void
on_answer (GtkButton *button, DeskMrzEntry *self)
{
  GtkWidget *chosen = GTK_WIDGET (button);
  const char *code = chosen == self->hong_kong ? "HKG" : chosen == self->macao ? "MAC" : "CHN";

  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  ask (self, FALSE);
  g_signal_emit (self, signals[NATIONALITY], 0, code);
}

/* Signs that begin passport lines, typed while a field that takes no text has the focus, are not lost. */
static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, DeskMrzEntry *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gunichar c = gdk_keyval_to_unicode (keyval);
  char sign[2] = { (char) c, '\0' };

  if (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
      || c == 0 || c > 'Z' || !strchr ("PIACV", (int) c))
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (self->text), sign, 1);
  return TRUE;
}

/* Empties the field for another person; today is the clinic's. */
void
desk_mrz_entry_begin (DeskMrzEntry *self, DeskDay today)
{
  self->today = today;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->done, g_free);
  g_clear_pointer (&self->reading, desk_passport_reading_free);
  show_text (self, "");
  set_note (self, hint (), FALSE);
  ask (self, FALSE);
  gtk_widget_set_visible (self->put_back, FALSE);
}

/* What the passport says whose lines stand here, to be kept with the record; NULL for none. */
const DeskPassportReading *
desk_mrz_entry_get_reading (DeskMrzEntry *self)
{
  return self->reading;
}

/* Lifts passport lines that a scanner types into this entry out of it again. */
void
desk_mrz_entry_watch (DeskMrzEntry *self, GtkEditable *editable)
{
  desk_mrz_bursts_watch (self->bursts, editable);
}

/* Takes what a scanner types while a button or a drop-down of the form has the focus. */
void
desk_mrz_entry_watch_keys (DeskMrzEntry *self, GtkWidget *form)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, 0);
  gtk_widget_add_controller (form, keys);
}

/* Whether the question of Hong Kong and Macao is still open; puts the focus on it and asks only this once more. */
gboolean
desk_mrz_entry_ask_again (DeskMrzEntry *self)
{
  if (!self->asking)
    return FALSE;
  self->asking = FALSE;
  gtk_widget_grab_focus (self->china);
  return TRUE;
}

static gboolean
desk_mrz_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DESK_MRZ_ENTRY (widget)->text));
}

static void
desk_mrz_entry_dispose (GObject *object)
{
  DeskMrzEntry *self = DESK_MRZ_ENTRY (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->bursts, desk_mrz_bursts_free);
  g_clear_pointer (&self->done, g_free);
  g_clear_pointer (&self->reading, desk_passport_reading_free);
  G_OBJECT_CLASS (desk_mrz_entry_parent_class)->dispose (object);
}

static void
desk_mrz_entry_class_init (DeskMrzEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = desk_mrz_entry_dispose;
  widget_class->grab_focus = desk_mrz_entry_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/uketsuke/Uketsuke/desk-mrz-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, DeskMrzEntry, text);
  gtk_widget_class_bind_template_child (widget_class, DeskMrzEntry, note);
  gtk_widget_class_bind_template_child (widget_class, DeskMrzEntry, put_back);
  gtk_widget_class_bind_template_child (widget_class, DeskMrzEntry, question);
  gtk_widget_class_bind_template_child (widget_class, DeskMrzEntry, china);
  gtk_widget_class_bind_template_child (widget_class, DeskMrzEntry, hong_kong);
  gtk_widget_class_bind_template_child (widget_class, DeskMrzEntry, macao);
  gtk_widget_class_bind_template_callback (widget_class, on_put_back);
  gtk_widget_class_bind_template_callback (widget_class, on_answer);

  signals[READ] = g_signal_new ("read", DESK_TYPE_MRZ_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_POINTER);
  signals[NATIONALITY] = g_signal_new ("nationality", DESK_TYPE_MRZ_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PUT_BACK] = g_signal_new ("put-back", DESK_TYPE_MRZ_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
desk_mrz_entry_init (DeskMrzEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->today = DESK_DAY_NONE;
  self->bursts = desk_mrz_bursts_new (is_lines, on_found, self);
  set_note (self, hint (), FALSE);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (on_changed), self, 0);
}
