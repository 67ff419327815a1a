#include "desk-patient-consents.h"

#include <glib/gi18n.h>

#include "desk-book.h"
#include "desk-card-list.h"
#include "desk-consent-dialogs.h"
#include "desk-consents.h"
#include "desk-sign-dialog.h"
#include "desk-toast.h"
#include "desk-window.h"
#include "desk-words.h"

struct _DeskPatientConsents
{
  DeskPatientSection parent_instance;

  DeskCardList *list;
};

G_DEFINE_FINAL_TYPE (DeskPatientConsents, desk_patient_consents, DESK_TYPE_PATIENT_SECTION)

/* ── what is shown ── */

/* "Patient KIM Minji · Physician Dr. Sato · Interpreter …". */
static char *
signers_words (const DeskConsent *consent)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; consent->signers && i < consent->signers->len; i++)
    {
      const DeskConsentSigner *signer = consent->signers->pdata[i];

      g_string_append_printf (words, "%s%s: %s%s%s%s", i ? "  ·  " : "", desk_words ("signer", signer->role), signer->name,
                              *signer->relation ? ", " : "", signer->relation, signer->typed ? _(" (typed)") : "");
    }
  return g_string_free (words, FALSE);
}

static void
show_lines (GtkBox *card, const DeskConsent *consent)
{
  g_autofree char *signers = signers_words (consent);
  g_autoptr (GString) not_agreed = g_string_new (NULL);

  desk_card_list_line (card, signers, NULL);
  for (guint i = 0; consent->items && i < consent->items->len; i++)
    {
      const DeskConsentItem *item = consent->items->pdata[i];

      if (!item->agreed)
        g_string_append_printf (not_agreed, "%s%s", not_agreed->len ? ", " : "", desk_words ("consent-box", item->code));
    }
  if (not_agreed->len && g_str_equal (consent->status, "signed"))
    {
      g_autofree char *line = g_strdup_printf (_("Not agreed to: %s"), not_agreed->str);
      desk_card_list_line (card, line, "dim-label");
    }
  if (g_str_equal (consent->status, "withdrawn"))
    {
      g_autofree char *line = g_strdup_printf ("✖ %s%s%s", desk_words ("withdrawn-how", consent->withdrawn_how),
                                               *consent->withdrawn_why ? ": " : "", consent->withdrawn_why);
      desk_card_list_line (card, line, "error");
    }
  if (*consent->refused_why)
    desk_card_list_line (card, consent->refused_why, "dim-label");
  if (desk_consent_must_sign_again (consent))
    {
      g_autofree char *line = g_strdup_printf (desk_consent_version_counts (consent->version, consent->current)
                                                   ? _("⚠ Version %s is in use: to be signed again at the next visit. This one still counts.")
                                                   : _("✖ Version %s is in use: to be signed again. This one no longer counts."),
                                               consent->current);
      desk_card_list_line (card, line, desk_consent_version_counts (consent->version, consent->current) ? "warning" : "error");
    }
}

static void
show_buttons (GtkBox *card, const DeskConsent *consent)
{
  gboolean open = g_str_equal (consent->status, "open"), stands = g_str_equal (consent->status, "signed");

  desk_card_list_button (card, _("Print"), "consents.print", consent->issued_id);
  if (consent->document_id)
    desk_card_list_button (card, _("Scan"), "consents.scan", consent->document_id);
  if (open)
    {
      desk_card_list_button (card, _("Sign on Screen"), "consents.sign-open", consent->id);
      desk_card_list_button (card, _("Signed on Paper…"), "consents.paper", consent->id);
      desk_card_list_button (card, _("Does Not Agree…"), "consents.refuse", consent->id);
      desk_card_list_button (card, _("Not Needed"), "consents.cancel", consent->id);
    }
  if (stands && !consent->document_id && g_str_equal (consent->how, "paper"))
    desk_card_list_button (card, _("Add the Scan…"), "consents.paper", consent->id);
  if (stands && !consent->document_id && g_str_equal (consent->how, "screen"))
    desk_card_list_button (card, _("Keep the Signed Copy"), "consents.keep", consent->id);
  if (stands)
    desk_card_list_button (card, _("Withdraw…"), "consents.withdraw", consent->id);
}

static gboolean
show_consent (DeskPatientConsents *self, const DeskConsent *row, GError **error)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  g_autoptr (DeskConsent) consent = desk_consent_load (desk_page_get_reader (page), row->id, error);

  if (!consent)
    return FALSE;
  g_autofree char *day = desk_words_iso_day (consent->signed_on);
  g_autofree char *until = desk_words_iso_day (consent->storage_until);
  g_autofree char *kept = *until ? g_strdup_printf (_("cells kept until %s"), until) : g_strdup ("");
  g_autofree char *version = g_strdup_printf (_("version %s"), consent->version);
  const char *facts[] = { day, *consent->how ? desk_words ("consent-how", consent->how) : "", version,
                          desk_words ("language", consent->language), consent->number, kept };
  g_autofree char *line = desk_words_facts (facts, G_N_ELEMENTS (facts));
  g_autofree char *status = g_strdup_printf ("%s %s", g_str_equal (consent->status, "signed") ? "✓" : g_str_equal (consent->status, "open") ? "…" : "✖",
                                             desk_words ("consent-status", consent->status));
  GtkBox *card = desk_card_list_add (self->list, desk_words ("letter", consent->name), status, line);
  show_lines (card, consent);
  if (!desk_page_get_read_only (page))
    show_buttons (card, consent);
  return TRUE;
}

/* What the visits to come need and nobody signed: a line each, with the way to it. */
static gboolean
show_missing (DeskPatientConsents *self, gint64 patient_id, const GPtrArray *consents, GError **error)
{
  DeskPage *page = desk_patient_section_get_page (DESK_PATIENT_SECTION (self));
  DeskDb *db = desk_page_get_reader (page);
  g_auto (DeskConsentConsequences) hangs = { 0 };
  g_autoptr (GPtrArray) visits = desk_visit_of_patient (db, patient_id, error);
  GtkBox *card = NULL;
  guint told = 0;

  if (!visits || !desk_consent_consequences (db, patient_id, g_get_real_time () / G_USEC_PER_SEC, &hangs, error))
    return FALSE;
  for (guint i = 0; i < visits->len; i++)
    {
      const DeskVisit *visit = visits->pdata[i];
      guint needs = desk_visit_is_final (visit->status) || !desk_page_is_coming (page, visit->starts_at)
                        ? 0 : desk_consent_needs (visit->type, hangs.stored > 0 && !*hangs.until_on);

      for (int purpose = DESK_CONSENT_TREATMENT; purpose <= DESK_CONSENT_STORAGE; purpose++)
        {
          DeskConsentStand stand = desk_consent_stand (consents, purpose, NULL);

          if (!(needs & (1u << purpose)) || (told & (1u << purpose)) || desk_consent_stands (stand))
            continue;
          told |= 1u << purpose;
          if (!card)
            card = desk_card_list_add (self->list, _("Missing for visits to come"), NULL, NULL);
          g_autofree char *when = desk_words_when (visit->starts_at, desk_page_get_zone (page));
          g_autofree char *line = g_strdup_printf ("✖ %s  ·  %s  ·  %s: %s", when, desk_page_visit_type (page, visit->type),
                                                   desk_words ("letter", purpose == DESK_CONSENT_STORAGE ? "consent-storage" : "consent"),
                                                   desk_words ("consent-stand", desk_consent_stand_code (stand)));
          desk_card_list_link (card, line, "error", "consents.visit", visit->id);
        }
    }
  return TRUE;
}

static gboolean
desk_patient_consents_fill (DeskPatientSection *section, const DeskPatient *patient, GError **error)
{
  DeskPatientConsents *self = DESK_PATIENT_CONSENTS (section);
  DeskPage *page = desk_patient_section_get_page (section);
  g_autoptr (GPtrArray) consents = desk_consent_list (desk_page_get_reader (page), patient->id, error);
  gboolean ok = consents != NULL;

  if (!ok)
    return FALSE;
  desk_card_list_begin (self->list);
  ok = show_missing (self, patient->id, consents, error);
  for (guint i = 0; ok && i < consents->len; i++)
    ok = show_consent (self, consents->pdata[i], error);
  desk_card_list_end (self->list);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "consents.add", !desk_page_get_read_only (page));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "consents.sign", !desk_page_get_read_only (page));
  return ok;
}

/* ── what can be done ── */

static DeskPage *
page_of (GtkWidget *widget)
{
  return desk_patient_section_get_page (DESK_PATIENT_SECTION (widget));
}

static void
action_show (GtkWidget *widget, const char *name, GVariant *target)
{
  /* Coming here brought the section into view. */
  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

/* The text that is missing or was signed in an older version, else the first. */
static void
action_text (GtkWidget *widget, const char *name, GVariant *target)
{
  gint64 patient_id = desk_patient_section_get_patient (DESK_PATIENT_SECTION (widget));
  g_autoptr (GPtrArray) consents = desk_consent_list (desk_page_get_reader (page_of (widget)), patient_id, NULL);
  gboolean treated = consents && desk_consent_stand (consents, DESK_CONSENT_TREATMENT, NULL) == DESK_CONSENT_STANDS;

  desk_consent_ask_text (page_of (widget), patient_id, treated ? "consent-storage" : "consent", g_str_equal (name, "consents.sign"));
}

static void
action_print (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_consent_print (page_of (widget), g_variant_get_int64 (target));
}

static void
action_sign_open (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DeskConsent) consent = desk_consent_load (desk_page_get_reader (page_of (widget)), g_variant_get_int64 (target), &error);

  if (consent)
    desk_sign_dialog_screen (page_of (widget), consent->patient_id, consent->name, consent->id);
  else
    desk_toast_error (widget, error);
}

static void
action_one (GtkWidget *widget, const char *name, GVariant *target)
{
  gint64 id = g_variant_get_int64 (target);

  if (g_str_equal (name, "consents.paper"))
    desk_consent_ask_scan (page_of (widget), id);
  else if (g_str_equal (name, "consents.withdraw"))
    desk_consent_ask_withdrawal (page_of (widget), id);
  else if (g_str_equal (name, "consents.refuse"))
    desk_consent_ask_refusal (page_of (widget), id);
  else if (g_str_equal (name, "consents.cancel"))
    desk_consent_cancel_paper (page_of (widget), id);
  else
    desk_consent_keep_copy (page_of (widget), id);
}

static void
action_go (GtkWidget *widget, const char *name, GVariant *target)
{
  desk_window_show (desk_window_of (widget), g_str_equal (name, "consents.visit") ? DESK_KIND_VISIT : DESK_KIND_DOCUMENT,
                    g_variant_get_int64 (target));
}

static void
desk_patient_consents_class_init (DeskPatientConsentsClass *klass)
{
  static const char *const one[] = { "consents.paper", "consents.withdraw", "consents.refuse", "consents.cancel", "consents.keep" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DESK_PATIENT_SECTION_CLASS (klass)->fill = desk_patient_consents_fill;
  gtk_widget_class_install_action (widget_class, "consents.show", NULL, action_show);
  gtk_widget_class_install_action (widget_class, "consents.add", NULL, action_text);
  gtk_widget_class_install_action (widget_class, "consents.sign", NULL, action_text);
  gtk_widget_class_install_action (widget_class, "consents.print", "x", action_print);
  gtk_widget_class_install_action (widget_class, "consents.sign-open", "x", action_sign_open);
  gtk_widget_class_install_action (widget_class, "consents.visit", "x", action_go);
  gtk_widget_class_install_action (widget_class, "consents.scan", "x", action_go);
  for (guint i = 0; i < G_N_ELEMENTS (one); i++)
    gtk_widget_class_install_action (widget_class, one[i], "x", action_one);
}

static void
desk_patient_consents_init (DeskPatientConsents *self)
{
  self->list = desk_card_list_new (_("Consents"), _("_Sign on the Screen…"), "consents.sign",
                                   _("Nothing is signed yet. A consent is signed on the screen, or given out on paper and scanned when it comes back; blood is drawn and cells are given only to patients who agreed."));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}
