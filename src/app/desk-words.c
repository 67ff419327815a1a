#include "desk-words.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <gtk/gtk.h>
#include <string.h>

#include "desk-error.h"
#include "desk-lab.h"

typedef struct
{
  const char *group, *code, *text;
} Word;

/* One table of everything that is a code below. Groups keep homonyms apart: a rejected paper is not a
 * rejected dose. */
static const Word words[] = {
  { "role", "reception", N_("Reception") },
  { "role", "nurse", N_("Nurse") },
  { "role", "culture", N_("Cell culture") },
  { "role", "physician", N_("Physician") },
  { "role", "quality", N_("Quality") },
  { "role", "manager", N_("Manager") },

  { "sex", "F", N_("Female") },
  { "sex", "M", N_("Male") },
  { "sex", "X", N_("Unspecified") },
  { "sex", "O", N_("Other") },
  { "purpose", "treatment", N_("Treatment") },
  { "purpose", "prevention", N_("Prevention") },

  { "duplicate", "possible", N_("Possible") },
  { "duplicate", "likely", N_("Likely") },
  { "duplicate", "certain", N_("Certain") },
  { "duplicate-reason", "passport", N_("passport number") },
  { "duplicate-reason", "birth", N_("birth date") },
  { "duplicate-reason", "birth-part", N_("birth date as far as known") },
  { "duplicate-reason", "name", N_("name") },
  { "duplicate-reason", "former-name", N_("former name") },
  { "duplicate-reason", "phone", N_("telephone") },
  { "duplicate-reason", "email", N_("e-mail") },
  { "duplicate-reason", "other-birth", N_("but another birth date") },
  { "merge-what", "collection", N_("Collections") },
  { "merge-what", "lot", N_("Lots") },
  { "merge-what", "unit", N_("Units of cells") },
  { "merge-what", "course", N_("Courses") },
  { "merge-what", "visit", N_("Visits") },
  { "merge-what", "reservation", N_("Reservations of doses") },
  { "merge-what", "infusion", N_("Infusions") },
  { "merge-what", "document", N_("Papers") },
  { "merge-what", "lab_report", N_("Laboratory reports") },
  { "merge-what", "biohazard", N_("Biohazard marks") },
  { "merge-what", "companion", N_("Companions") },
  { "merge-what", "trip", N_("Stays in Japan") },
  { "merge-what", "acceptance", N_("Decisions of the physician") },
  { "merge-what", "gate_override", N_("Overrides") },
  { "merge-what", "hold", N_("Holds") },
  { "merge-what", "storage_consent", N_("Consents to store cells") },
  { "merge-what", "chase", N_("Requests for papers") },
  { "merge-what", "patient_window", N_("Days the patient can or cannot come") },
  { "merge-what", "plan", N_("Plans of trips") },
  { "merge-what", "waiting", N_("Places on the waiting list") },
  { "merge-what", "recall", N_("Recalls") },
  { "lookback-cause", "result", N_("Result of a test") },
  { "lookback-cause", "reagent", N_("Lot of a reagent") },
  { "lookback-cause", "device", N_("Device") },
  { "lookback-cause", "lot", N_("Culture lot") },
  { "lookback-cause", "unit", N_("Dose or unit") },
  { "lookback-cause", "container", N_("Container") },
  { "lookback-cause", "shipment", N_("Shipment") },
  { "lookback-cause", "person", N_("Person") },
  { "lookback-cause", "day", N_("Day") },
  { "lookback-item", "lot", N_("Culture lots") },
  { "lookback-item", "unit", N_("Doses held") },
  { "lookback-item", "patient", N_("Patients who were given a dose") },
  { "lookback-item", "visit", N_("Visits affected") },
  { "lookback-item", "sample", N_("Samples for testing") },
  { "lookback-road", "cause", N_("what it is about") },
  { "lookback-road", "lot", N_("of the lot") },
  { "lookback-road", "input", N_("was grown on in") },
  { "lookback-road", "grown-from", N_("grown from") },
  { "lookback-road", "collection", N_("same collection") },
  { "lookback-road", "reagent", N_("same reagent lot") },
  { "lookback-road", "incubator", N_("same incubator") },
  { "lookback-road", "bench", N_("same bench") },
  { "lookback-road", "centrifuge", N_("same centrifuge") },
  { "lookback-road", "freezing", N_("same freezing run") },
  { "lookback-road", "bath", N_("same water bath") },
  { "lookback-road", "device", N_("same device") },
  { "lookback-road", "shipment", N_("same shipment") },
  { "lookback-road", "container", N_("stood in") },
  { "lookback-road", "person", N_("handled by") },
  { "lookback-road", "day", N_("handled on that day") },
  { "lookback-road", "infused", N_("was given") },
  { "lookback-road", "reserved", N_("is promised") },
  { "lookback-road", "next-visit", N_("the patient’s next visit") },
  { "lookback-decision", "keep", N_("Stays held") },
  { "lookback-decision", "reject", N_("To be rejected") },
  { "lookback-decision", "cleared", N_("Cleared") },
  { "lookback-decision", "discard", N_("To be discarded") },
  { "lookback-decision", "test", N_("Sent for testing") },
  { "lookback-decision", "tested", N_("Tested") },
  { "lookback-decision", "receiver-told", N_("Receiver told") },
  { "lookback-decision", "told", N_("Told") },
  { "lookback-decision", "companion-told", N_("Companion told") },
  { "lookback-decision", "not-reached", N_("Could not be reached") },
  { "lookback-decision", "not-needed", N_("Need not be told") },
  { "lookback-decision", "stays", N_("Stays as booked") },
  { "lookback-decision", "other-dose", N_("With another dose") },
  { "lookback-decision", "moved", N_("Moved") },
  { "lookback-decision", "cancelled", N_("Cancelled") },
  { "legal-clock", "processor", N_("Tell the processing centre") },
  { "legal-clock", "harm-7", N_("Report to the committee: death, or what may lead to it (7 days)") },
  { "legal-clock", "minister", N_("Report to the Minister (article 18)") },
  { "legal-clock", "harm-15", N_("Report to the committee: serious harm (15 days)") },
  { "legal-clock", "harm-60", N_("Report to the committee: other harm (60-day period of the plan)") },
  { "clock-outcome", "reported", N_("Reported") },
  { "clock-outcome", "not-due", N_("Not due") },
  { "hold", "merged-check-label", N_("records merged: new label needed") },
  { "hold", "out-of-cold", N_("too long out of the cold") },
  { "hold", "was-missing", N_("was missing: look at it first") },
  { "hold", "shipment-temperature", N_("too warm or too cold on the way") },
  { "hold", "shipment-seal", N_("the seal was broken on the way") },
  { "hold", "shipment-box", N_("the box was not in order when it came") },
  { "discard-code", "expired", N_("Past its date") },
  { "discard-code", "consent_ended", N_("The consent to keep it has ended") },
  { "discard-code", "consent_withdrawn", N_("The patient withdrew the consent") },
  { "discard-code", "patient_died", N_("The patient has died") },
  { "discard-code", "failed_test", N_("A test failed") },
  { "discard-code", "damaged", N_("Damaged") },
  { "discard-code", "warmed", N_("Too long out of the cold") },
  { "discard-code", "thawed_unused", N_("Thawed and not given") },
  { "discard-code", "rest_of_infusion", N_("Rest of an infusion") },
  { "discard-code", "transport", N_("Not right after transport") },
  { "discard-code", "other", N_("Something else") },
  { "discard-method", "autoclave", N_("Autoclave") },
  { "discard-method", "incineration", N_("Incineration") },
  { "discard-method", "chemical", N_("Chemical disinfection") },
  { "discard-method", "contractor", N_("Contractor for medical waste") },
  { "discard-told", "told", N_("Has been told") },
  { "discard-told", "not-told", N_("Not told yet") },
  { "hold-scope", "unit", N_("This unit") },
  { "hold-scope", "lot", N_("Whole lot") },
  { "hold-scope", "patient", N_("All of patient") },
  { "hold-scope", "container", N_("All in") },
  { "hold-scope", "plan", N_("All of plan") },
  { "hold-scope", "facility", N_("All of facility") },
  { "hold-scope", "reagent", N_("All made with") },

  { "document-kind", "medical_report", N_("Medical report") },
  { "document-kind", "pathology", N_("Pathology report") },
  { "document-kind", "imaging", N_("Imaging") },
  { "document-kind", "bloodwork", N_("Blood test") },
  { "document-kind", "viral", N_("Viral tests") },
  { "document-kind", "passport", N_("Passport") },
  { "document-kind", "referral", N_("Referral letter") },
  { "document-kind", "consent", N_("Consent form") },
  { "document-kind", "translation", N_("Translation") },
  { "document-kind", "other", N_("Other paper") },

  { "document-state", "requested", N_("Requested") },
  { "document-state", "received", N_("Received") },
  { "document-state", "unreadable", N_("Unreadable") },
  { "document-state", "needs_translation", N_("Needs translation") },
  { "document-state", "in_translation", N_("In translation") },
  { "document-state", "under_review", N_("Under review") },
  { "document-state", "accepted", N_("Accepted") },
  { "document-state", "rejected", N_("Not accepted") },
  { "document-state", "superseded", N_("Superseded") },
  { "document-state", "too_old", N_("Too old") },

  { "container", "site", N_("Site") },
  { "container", "room", N_("Room") },
  { "container", "tank", N_("Tank") },
  { "container", "freezer", N_("Freezer") },
  { "container", "rack", N_("Rack") },
  { "container", "box", N_("Box") },
  { "container", "shelf", N_("Shelf") },
  { "container", "refrigerator", N_("Refrigerator") },
  { "container", "incubator", N_("Incubator") },
  { "container", "canister", N_("Canister") },
  { "container", "cane", N_("Cane") },
  { "container", "cassette", N_("Cassette") },
  { "container", "transport", N_("Transport box") },
  { "container", "waste", N_("Waste") },
  { "layout", "none", N_("None: other containers stand in it") },
  { "layout", "grid", N_("Rows and columns") },
  { "layout", "list", N_("Numbered places") },
  { "layout", "sector", N_("Round tank: sectors and racks") },
  { "layout", "single", N_("One place") },
  { "scheme", "upper", N_("A, B, C …") },
  { "scheme", "lower", N_("a, b, c …") },
  { "scheme", "number", N_("1, 2, 3 …") },
  { "scheme", "roman", N_("I, II, III …") },
  { "fill", "htl", N_("Row by row, from the top left") },
  { "fill", "htr", N_("Row by row, from the top right") },
  { "fill", "hbl", N_("Row by row, from the bottom left") },
  { "fill", "hbr", N_("Row by row, from the bottom right") },
  { "fill", "vtl", N_("Column by column, from the top left") },
  { "fill", "vtr", N_("Column by column, from the top right") },
  { "fill", "vbl", N_("Column by column, from the bottom left") },
  { "fill", "vbr", N_("Column by column, from the bottom right") },
  { "cold", "any", N_("As where it stands") },
  { "cold", "room", N_("Room temperature") },
  { "cold", "cool", N_("Cool, 2 to 8 °C") },
  { "cold", "minus80", N_("−80 °C") },
  { "cold", "vapour", N_("Nitrogen vapour") },
  { "cold", "liquid", N_("Liquid nitrogen") },
  { "allowed", "any", N_("Any unit") },
  { "allowed", "dose_frozen", N_("Frozen doses only") },
  { "allowed", "dose_frozen,dose_fresh", N_("Doses only") },
  { "allowed", "dose_fresh", N_("Fresh doses only") },
  { "allowed", "source,intermediate", N_("Source and intermediate material only") },
  { "allowed", "retained,qc", N_("Samples only") },
  { "allowed", "none", N_("Other containers only") },
  { "container", "shipper", N_("Dry shipper") },

  { "lot-status", "culturing", N_("In culture") },
  { "lot-status", "harvested", N_("Harvested") },
  { "lot-status", "failed", N_("Failed") },
  { "method", "blood_draw", N_("Blood draw") },
  { "method", "apheresis", N_("Apheresis") },

  { "unit-kind", "source", N_("Source") },
  { "unit-kind", "intermediate", N_("Intermediate") },
  { "unit-kind", "dose_fresh", N_("Fresh dose") },
  { "unit-kind", "dose_frozen", N_("Frozen dose") },
  { "unit-kind", "retained", N_("Retained sample") },
  { "unit-kind", "qc", N_("QC sample") },

  { "test", "viability", N_("Viability") },
  { "test", "count", N_("Cell count") },
  { "test", "purity", N_("CD3−CD56+ purity") },
  { "test", "endotoxin", N_("Endotoxin") },
  { "test", "mycoplasma", N_("Mycoplasma") },
  { "test", "sterility", N_("Sterility") },
  { "test", "gram", N_("Gram stain") },
  { "test", "identity", N_("Identity") },
  { "result-unit", "cells", N_("cells") },
  { "collection-method", "blood_draw", N_("Blood draw") },
  { "collection-method", "apheresis", N_("Apheresis") },
  { "comparator", "", N_("has no limit") },
  { "comparator", ">=", N_("is at least the limit (≥)") },
  { "comparator", ">", N_("is more than the limit (>)") },
  { "comparator", "<=", N_("is at most the limit (≤)") },
  { "comparator", "<", N_("is less than the limit (<)") },
  { "comparator", "=", N_("is this word") },
  { "device", "bench", N_("Bench") },
  { "device", "incubator", N_("Incubator") },
  { "device", "centrifuge", N_("Centrifuge") },
  { "device", "freezer_program", N_("Programmed freezer") },
  { "device", "bath", N_("Water bath") },
  { "device", "other", N_("Other device") },
  { "stage", "preliminary", N_("Preliminary") },
  { "stage", "final", N_("Final") },

  { "lab-outcome", "nonreactive", N_("negative") },
  { "lab-outcome", "reactive", N_("reactive") },
  { "lab-outcome", "indeterminate", N_("indeterminate") },
  { "lab-flag", "N", N_("normal") },
  { "lab-flag", "L", N_("low") },
  { "lab-flag", "LL", N_("very low") },
  { "lab-flag", "H", N_("high") },
  { "lab-flag", "HH", N_("very high") },
  { "lab-flag", "A", N_("abnormal") },
  { "lab-flag", "AA", N_("very abnormal") },
  { "lab-status", "P", N_("preliminary") },
  { "lab-status", "C", N_("corrected") },
  { "lab-status", "X", N_("could not be obtained") },
  { "lab-status", "D", N_("withdrawn by the laboratory") },
  { "lab-problem", "not-hl7", N_("This is no HL7 message") },
  { "lab-problem", "no-header", N_("No line with the headings test and value, or date, was found") },
  { "lab-problem", "before-header", N_("A segment before the message header") },
  { "lab-problem", "bad-header", N_("The message header cannot be read") },
  { "lab-problem", "not-a-segment", N_("Not a segment of a message") },
  { "lab-problem", "not-results", N_("A message of another kind than results") },
  { "lab-problem", "wrong-charset", N_("The characters are other ones than declared; read as") },
  { "lab-problem", "bad-bytes", N_("Characters that cannot be read") },
  { "lab-problem", "no-identity", N_("The message does not say whose results these are") },
  { "lab-problem", "no-order", N_("A result without its order") },
  { "lab-problem", "no-test", N_("A result without a test") },
  { "lab-problem", "no-value", N_("A test without a result") },
  { "lab-problem", "no-result-yet", N_("The result is not there yet") },
  { "lab-problem", "no-date", N_("The day of the specimen is missing") },
  { "lab-problem", "not-a-date", N_("Not a date") },
  { "lab-problem", "type-refused", N_("A result of a type that is not read") },
  { "lab-problem", "status-unknown", N_("Unknown status; taken as preliminary") },
  { "lab-problem", "value-too-long", N_("The result is too long") },
  { "lab-problem", "note-too-long", N_("The note is too long") },
  { "lab-problem", "note-without-value", N_("A note without a result") },
  { "lab-problem", "bad-loinc", N_("The check digit of the LOINC code is wrong") },
  { "lab-problem", "too-many-values", N_("Too many results; the rest was left out") },
  { "lab-problem", "too-many-segments", N_("The file is too long; the rest was left out") },
  { "lab-problem", "too-many-rows", N_("The file is too long; the rest was left out") },
  { "lab-problem", "too-many-columns", N_("Too many columns; the rest was left out") },
  { "lab-problem", "cell-too-long", N_("A cell is too long and was cut") },
  { "lab-problem", "quote-open", N_("A quotation mark is never closed") },
  { "lab-problem", "quote-inside", N_("A quotation mark in the middle of a cell") },
  { "lab-advice", "not-hl7", N_("Choose the file the laboratory sent: its name often ends in .hl7, .txt or .csv.") },
  { "lab-advice", "no-header", N_("The first line must name the columns, such as Test, Value, Unit, Date. Add it, or ask the laboratory for a table with headings.") },
  { "lab-advice", "before-header", N_("This line was left out. When results are missing below, ask the laboratory to send the file again.") },
  { "lab-advice", "bad-header", N_("Nothing of this message was read. Ask the laboratory to send the file again.") },
  { "lab-advice", "not-a-segment", N_("This line was left out. Often a long note was broken over two lines: compare with the paper report.") },
  { "lab-advice", "not-results", N_("Only messages of results are read. Ask the laboratory for results (ORU or OUL).") },
  { "lab-advice", "wrong-charset", N_("Look at the names below. When they can be read, all is well.") },
  { "lab-advice", "bad-bytes", N_("Some characters were replaced. Compare the names and notes below with the paper report.") },
  { "lab-advice", "no-identity", N_("Make sure from the paper report whose results these are before you tick them.") },
  { "lab-advice", "no-order", N_("Compare the day of the specimen with the paper report.") },
  { "lab-advice", "no-test", N_("Left out. Ask the laboratory which test it is, or type it from the paper report.") },
  { "lab-advice", "no-value", N_("Left out. Look at the paper report, or ask the laboratory.") },
  { "lab-advice", "no-result-yet", N_("Left out. The laboratory will send it when it is done; import that file then.") },
  { "lab-advice", "no-date", N_("Type the day above.") },
  { "lab-advice", "not-a-date", N_("Left empty. Compare the dates with the paper report; write them as 2026-03-12.") },
  { "lab-advice", "type-refused", N_("Left out: often a picture or a PDF. Keep the paper report, and type the result from it.") },
  { "lab-advice", "status-unknown", N_("Ask the laboratory whether the result is final.") },
  { "lab-advice", "value-too-long", N_("Left out. Type the result from the paper report.") },
  { "lab-advice", "note-too-long", N_("The result is kept, its note was left out. Look at the paper report.") },
  { "lab-advice", "note-without-value", N_("Left out. Look at the paper report.") },
  { "lab-advice", "bad-loinc", N_("The result is kept. Make sure that it stands at the right test, and tell the laboratory.") },
  { "lab-advice", "too-many-values", N_("Ask the laboratory to send fewer results in a file.") },
  { "lab-advice", "too-many-segments", N_("Ask the laboratory to send fewer results in a file.") },
  { "lab-advice", "too-many-rows", N_("Split the table into smaller files.") },
  { "lab-advice", "too-many-columns", N_("Split the table into smaller files.") },
  { "lab-advice", "cell-too-long", N_("Compare this line with the paper report.") },
  { "lab-advice", "quote-open", N_("The lines after it may be missing. Ask for the table again.") },
  { "lab-advice", "quote-inside", N_("Compare this line with the paper report.") },

  { "life", "new", N_("New") },
  { "life", "planned", N_("Planned") },
  { "life", "filled", N_("Filled") },
  { "life", "frozen", N_("Frozen") },
  { "life", "fresh_ready", N_("Fresh, ready") },
  { "life", "in_transit", N_("In transit") },
  { "life", "at_clinic", N_("At the clinic") },
  { "life", "picked", N_("Picked") },
  { "life", "thawing", N_("Thawing") },
  { "life", "thawed", N_("Thawed") },
  { "life", "at_bedside", N_("At the bedside") },
  { "life", "infusing", N_("Being infused") },
  { "life", "infused", N_("Infused") },
  { "life", "part_infused", N_("Infused in part") },
  { "life", "discarded", N_("Discarded") },
  { "life", "consumed", N_("Used up") },
  { "life", "transferred_out", N_("Transferred out") },
  { "life", "void", N_("Void") },
  { "life", "missing", N_("Missing") },

  { "quality", "new", N_("New") },
  { "quality", "quarantine", N_("Quarantine") },
  { "quality", "released", N_("Released") },
  { "quality", "conditional", N_("Released with conditions") },
  { "quality", "rejected", N_("Rejected") },
  { "quality", "recalled", N_("Recalled") },

  { "label", "new", N_("No label") },
  { "label", "none", N_("No label") },
  { "label", "printed", N_("Printed, not checked") },
  { "label", "verified", N_("Checked") },

  { "headline", "available", N_("Available") },
  { "headline", "reserved", N_("Reserved") },
  { "headline", "quarantine", N_("Quarantine") },
  { "headline", "held", N_("On hold") },
  { "headline", "expired", N_("Expired") },
  { "headline", "consent-ended", N_("Consent ended") },
  { "headline", "rejected", N_("Rejected") },
  { "headline", "recalled", N_("Recalled") },
  { "headline", "unlabelled", N_("Label not checked") },
  { "headline", "stored", N_("In store, not a dose") },

  { "axis", "life", N_("State") },
  { "axis", "quality", N_("Quality") },
  { "axis", "label", N_("Label") },
  { "axis", "place", N_("Place") },

  { "step", "print-label", N_("Print Label…") },
  { "step", "verify-label", N_("Check Label") },
  { "step", "release", N_("Release") },
  { "step", "reject", N_("Reject") },
  { "step", "recall", N_("Recall") },
  { "step", "move", N_("Move") },
  { "step", "reserve", N_("Reserve") },
  { "step", "unreserve", N_("Give Back Reservation") },
  { "step", "pick", N_("Pick") },
  { "step", "put-back", N_("Put Back") },
  { "step", "thaw", N_("Start Thawing") },
  { "step", "thawed", N_("Thawing Complete") },
  { "step", "to-bedside", N_("Bring to Bedside") },
  { "step", "infuse", N_("Start Infusion") },
  { "step", "infused", N_("Infusion Complete") },
  { "step", "part-infused", N_("Infusion Stopped") },
  { "step", "bedside", N_("Bedside") },
  { "step", "discard", N_("Discard") },
  { "step", "missing", N_("Report Missing") },
  { "step", "found", N_("Found Again") },
  { "step", "freeze", N_("Freeze into a Place") },
  { "step", "ready", N_("Ready to Give") },
  { "step", "send", N_("Send") },
  { "step", "receive", N_("Receive") },
  { "step", "transfer-out", N_("Hand Over for Good") },
  { "step", "consume", N_("Use Up") },
  { "step", "void", N_("Strike Out") },
  { "step", "hold", N_("Put on Hold") },
  { "step", "hold-close", N_("Close a Hold") },


  { "visit-status", "proposed", N_("Proposed") },
  { "visit-status", "held", N_("Held") },
  { "visit-status", "booked", N_("Booked") },
  { "visit-status", "confirmed", N_("Confirmed") },
  { "visit-status", "arrived", N_("Arrived") },
  { "visit-status", "checked_in", N_("Checked in") },
  { "visit-status", "in_room", N_("In the room") },
  { "visit-status", "done", N_("Done") },
  { "visit-status", "cancelled_patient", N_("Cancelled by the patient") },
  { "visit-status", "cancelled_clinic", N_("Cancelled by the clinic") },
  { "visit-status", "cancelled_late", N_("Cancelled late") },
  { "visit-status", "no_show", N_("Did not come") },
  { "visit-status", "left_unseen", N_("Left unseen") },

  { "resource", "room", N_("Room") },
  { "resource", "chair", N_("Chair") },
  { "resource", "staff", N_("Staff") },

  { "conflict", "staff", N_("Not free at that time") },
  { "conflict", "room", N_("Taken at that time") },
  { "conflict", "patient", N_("The patient has another visit then") },
  { "conflict", "hours", N_("Outside opening hours") },
  { "conflict", "closed", N_("The clinic is closed that day") },
  { "conflict", "needs", N_("No chair, room or person chosen") },
  { "conflict", "past", N_("That time has passed") },
  { "conflict", "stay", N_("Outside the stay in Japan") },
  { "stay-fit", "outside", N_("Outside the stay in Japan") },
  { "stay-fit", "over", N_("Past the last day the patient may stay in Japan") },
  { "stay-fit", "passport", N_("The passport has expired by then") },
  { "conflict", "gate", N_("Not ready for that day") },

  { "conflict-kind", "staff", N_("Somebody has two visits at one time") },
  { "conflict-kind", "room", N_("A room or chair is taken") },
  { "conflict-kind", "patient", N_("The patient has another visit at that time") },
  { "conflict-kind", "dose", N_("The promised dose cannot be given that day") },
  { "conflict-kind", "capacity", N_("More visits of a kind than a day or an hour bears") },
  { "conflict-kind", "closed", N_("The clinic is closed that day") },
  { "conflict-kind", "hours", N_("Outside opening hours") },
  { "conflict-kind", "block", N_("Lunch, leave and other blocked times") },
  { "conflict-kind", "needs", N_("A room, chair or person is missing") },
  { "conflict-kind", "past", N_("The time has passed") },
  { "conflict-kind", "gate", N_("A draw before what it needs is there") },
  { "conflict-kind", "stay", N_("The patient is not in Japan, or may not be") },
  { "conflict-kind", "blackout", N_("Chemotherapy and other days that keep visits away") },
  { "conflict-kind", "course", N_("The course wants more or fewer days between") },

  { "block", "lunch", N_("Lunch") },
  { "block", "leave", N_("Leave") },
  { "block", "meeting", N_("Meeting") },
  { "block", "cleaning", N_("Cleaning") },
  { "block", "repair", N_("Repair") },
  { "block", "reserved", N_("Kept free") },
  { "block", "other", N_("Blocked") },

  { "document-state", "overdue", N_("Asked for, overdue") },

  { "document-part", "original", N_("The paper itself") },
  { "document-part", "page", N_("Another page") },
  { "document-part", "translation", N_("Translation") },
  { "document-part", "certificate", N_("Translator’s certificate") },

  { "media", "application/pdf", N_("PDF") },
  { "media", "image/png", N_("PNG picture") },
  { "media", "image/jpeg", N_("JPEG picture") },
  { "media", "image/heic", N_("HEIC picture") },
  { "media", "application/dicom", N_("DICOM picture") },
  { "media", "text/plain", N_("Text or table") },
  { "media", "", N_("File") },

  { "intake", "not-a-file", N_("this is not a file") },
  { "intake", "is-link", N_("this only points to another file; please choose that one") },
  { "intake", "too-large", N_("larger than 50 MB") },
  { "intake", "empty", N_("the file is empty") },
  { "intake", "kind-unknown", N_("neither PDF nor picture, DICOM or table, or damaged") },
  { "intake", "unreadable", N_("it cannot be read; is the stick or disc still there?") },
  { "intake", "not-a-link", N_("this is not a link that can be kept") },

  { "gate", "accept", N_("Accept the case") },
  { "gate", "draw", N_("Blood draw") },
  { "gate", "release", N_("Release of the cells") },
  { "gate", "infuse", N_("Infusion") },

  { "gate-light", "idle", N_("Nothing to judge yet") },
  { "gate-light", "green", N_("Ready") },
  { "gate-light", "amber", N_("Ready today, but not on the day") },
  { "gate-light", "red", N_("Not ready") },
  { "gate-light", "overridden", N_("Overridden") },

  { "gate-rule", "identity", N_("Name") },
  { "gate-rule", "birth", N_("Date of birth") },
  { "gate-rule", "passport", N_("Passport in the record") },
  { "gate-rule", "accepted", N_("Accepted by a physician") },
  { "gate-rule", "medical_report", N_("Medical report") },
  { "gate-rule", "pathology", N_("Pathology report") },
  { "gate-rule", "imaging", N_("Imaging") },
  { "gate-rule", "bloodwork", N_("Blood test") },
  { "gate-rule", "viral", N_("Viral tests") },
  { "gate-rule", "reactive", N_("No reactive result") },
  { "gate-rule", "passport_copy", N_("Copy of the passport") },
  { "gate-rule", "consent", N_("Signed consent") },
  { "gate-rule", "stay", N_("Stay in Japan") },
  { "gate-rule", "harvest", N_("Harvest") },
  { "gate-rule", "results", N_("All results final") },
  { "gate-rule", "limits", N_("Results inside the limits") },
  { "gate-rule", "hold", N_("No hold") },
  { "gate-rule", "label", N_("Label read back") },
  { "gate-rule", "dose", N_("Dose reserved") },
  { "gate-rule", "released", N_("Dose released") },
  { "gate-rule", "expiry", N_("Dose in date") },

  { "gate-code", "ok", N_("In order") },
  { "gate-code", "missing", N_("Missing") },
  { "gate-code", "will-expire", N_("Good today, too old on the day") },
  { "gate-code", "too-old", N_("Too old") },
  { "gate-code", "undated", N_("Examination date missing") },
  { "gate-code", "partial-date", N_("Only part of the date is known") },
  { "gate-code", "language", N_("Translation needed") },
  { "gate-code", "in-translation", N_("Being translated") },
  { "gate-code", "translation-stale", N_("A newer original came: the translation is of the old one") },
  { "gate-code", "certificate", N_("The translator’s certificate is missing") },
  { "gate-code", "requested", N_("Asked for") },
  { "gate-code", "overdue", N_("Asked for, overdue") },
  { "gate-code", "unreadable", N_("Cannot be read; ask for it again") },
  { "gate-code", "rejected", N_("Not accepted; ask for it again") },
  { "gate-code", "agents-missing", N_("Not tested yet") },
  { "gate-code", "reactive", N_("Reactive: a physician decides") },
  { "gate-code", "none", N_("Not tested yet") },
  { "gate-code", "expired", N_("Expired") },
  { "gate-code", "expires", N_("Expires before the day") },
  { "gate-code", "not-accepted", N_("No physician has decided yet") },
  { "gate-code", "declined", N_("A physician declined the case") },
  { "gate-code", "no-stay", N_("No stay is written down for that day") },
  { "gate-code", "stay-over", N_("The stay was over") },
  { "gate-code", "stay-ends", N_("The permitted stay ends before the day") },
  { "gate-code", "departed", N_("Departed") },
  { "gate-code", "departs", N_("Leaves Japan before the day") },
  { "gate-code", "not-needed", N_("Not needed") },
  { "gate-code", "no-step", N_("Nothing is booked yet") },
  { "gate-code", "nothing-to-release", N_("No cells wait for release") },
  { "gate-code", "growing", N_("Cells are growing") },
  { "gate-code", "harvest-late", N_("Harvest is late") },
  { "gate-code", "waiting", N_("Results not final") },
  { "gate-code", "failed", N_("Outside the limit") },
  { "gate-code", "held", N_("On hold") },
  { "gate-code", "unlabelled", N_("Label not read back") },
  { "gate-code", "no-dose", N_("No dose is reserved") },
  { "gate-code", "not-released", N_("Not released") },
  { "gate-code", "dose-expired", N_("Expired") },
  { "gate-code", "dose-expires", N_("Expires before the infusion") },
  { "gate-code", "override-ends", N_("The physician’s override ends before the day") },

  { "gate-mend", "record", N_("Correct the Record") },
  { "gate-mend", "ask", N_("Ask for It…") },
  { "gate-mend", "date", N_("Write the Date") },
  { "gate-mend", "translate", N_("Open the Paper") },
  { "gate-mend", "add-paper", N_("Add the Paper…") },
  { "gate-mend", "viral", N_("Book a Viral Test") },
  { "gate-mend", "accept", N_("Decide…") },
  { "gate-mend", "stay", N_("Record the Stay") },
  { "gate-mend", "decide", N_("Decide…") },
  { "gate-mend", "lot", N_("Open the Lot") },
  { "gate-mend", "dose", N_("Open the Dose") },
  { "gate-mend", "reserve", N_("Open the Visit") },

  { "agent", "hiv", N_("HIV") },
  { "agent", "hbsag", N_("HBsAg") },
  { "agent", "antihbc", N_("anti-HBc") },
  { "agent", "hcvab", N_("HCV") },
  { "agent", "htlv", N_("HTLV-1") },
  { "agent", "syphilis", N_("Syphilis") },
  { "agent", "rpr", N_("Syphilis (RPR)") },
  { "agent", "tpha", N_("Syphilis (TPHA)") },

  { "count", "scanning", N_("Being counted") },
  { "count", "comparing", N_("To be resolved") },
  { "count", "closed", N_("Count closed") },
  { "count", "abandoned", N_("Abandoned") },
  { "difference", "missing", N_("Missing") },
  { "difference", "foreign", N_("Foreign") },
  { "difference", "elsewhere", N_("In another place") },
  { "difference", "doubled", N_("Number read twice") },
  { "difference", "unknown", N_("Unknown code") },
  { "resolution", "found", N_("It stands where the record says") },
  { "resolution", "moved", N_("The record follows: moved to where it stands") },
  { "resolution", "missing", N_("It is missing") },
  { "resolution", "record_wrong", N_("The record was wrong and has been put right") },
  { "resolution", "not_ours", N_("It is not this clinic’s") },
  { "resolution", "counted_wrong", N_("It was scanned wrongly") },
  { "tank", "good", N_("Good") },
  { "tank", "due", N_("Check due") },
  { "tank", "missed", N_("Check missed") },
  { "tank", "low", N_("Level low: fill now") },
  { "tank", "failing", N_("Low twice: empty it?") },
  { "tank", "falling", N_("Falling fast") },
  { "tank", "warm", N_("Too warm") },
  { "tank", "lid", N_("Look at the lid") },
  { "tank", "probe", N_("Probe to be calibrated") },
  { "tank", "no-rules", N_("No rules yet") },
  { "tank", "down", N_("Down") },
  { "block", "lunch", N_("Lunch") },
  { "block", "leave", N_("Leave") },
  { "block", "meeting", N_("Meeting") },
  { "block", "cleaning", N_("Cleaning") },
  { "block", "repair", N_("Repair") },
  { "block", "reserved", N_("Kept free") },
  { "block", "other", N_("Blocked") },
  { "attention", "held-ends", N_("A held visit runs out") },
  { "attention", "runs-into", N_("A visit stands in the way of something new") },
  { "attention", "tank", N_("A tank needs you") },
  { "attention", "count", N_("Stocktake with differences open") },
  { "attention", "papers", N_("Not ready for the draw") },
  { "attention", "dose-expires", N_("Dose expires soon") },
  { "attention", "result-late", N_("Result due of doses released under conditions") },
  { "attention", "consent-ends", N_("Consent to store cells ends") },
  { "attention", "harvest", N_("Harvest due") },
  { "attention", "requested", N_("Papers asked for are overdue") },
  { "attention", "inbox", N_("Papers in the inbox") },
  { "attention", "legal-clock", N_("Report to the authorities due") },
  { "attention", "lookback", N_("Look-back not decided") },
  { "attention", "still-here", N_("Visit of an earlier day not finished") },
  { "attention", "stay-ends", N_("Stay in Japan ends") },
  { "attention", "departure", N_("Departure not recorded") },

  { "letter", "consent", N_("Consent form") },
  { "letter", "visa-certificate", N_("Certificate for the visa") },
  { "letter", "treatment-schedule", N_("Treatment schedule") },
  { "letter", "chase", N_("Request for papers") },
  { "code-problem", "code-empty", N_("Nothing was read. Scan again.") },
  { "code-problem", "code-layout-jis",
    N_("The scanner types for a US keyboard, this computer reads a Japanese one. Set the scanner to a "
       "Japanese keyboard with the code in its manual, or choose a US keyboard in the computer’s settings. "
       "Nothing was read, and nothing was done.") },
  { "code-problem", "code-layout-us",
    N_("The scanner types for a Japanese keyboard, this computer reads a US one. Set the scanner to a US "
       "keyboard with the code in its manual, or choose a Japanese keyboard in the computer’s settings. "
       "Nothing was read, and nothing was done.") },
  { "code-problem", "code-kana",
    N_("The Japanese input is on and made kana of the code. Turn it off with the 半角/全角 key and scan again.") },
  { "code-problem", "code-control",
    N_("Invisible signs came with the code. Scan again; if it stays so, set the scanner to send the code and "
       "Enter alone.") },
  { "code-problem", "code-check",
    N_("The check character is wrong: a sign was misread or mistyped. Scan again, or type it once more.") },
  { "code-problem", "code-check-missing",
    N_("The check character, the last sign of the number, is missing. Type the whole number, or scan the "
       "label.") },
  { "code-problem", "code-short",
    N_("Only a part of the code was read. Hold the scanner so that the whole code is in its light, and scan "
       "again.") },
  { "code-problem", "code-two",
    N_("Two codes came at once. Scan them one by one; if it stays so, set the scanner to send Enter after "
       "each code.") },
  { "code-problem", "code-unknown", N_("This code is not known here.") },
  { "code-problem", "code-not-found", N_("Nothing in this clinic’s file has this number. It may belong to another clinic.") },
  { "code-problem", "code-ambiguous", N_("More than one thing answers to this code. Look for it by name.") },
  { "code-problem", "isbt-unknown", N_("This ISBT 128 structure is not known here.") },
  { "code-problem", "isbt-short", N_("Only a part of the ISBT 128 code was read. Scan again.") },
  { "code-problem", "isbt-shape", N_("A sign in this ISBT 128 code may not stand where it stands. Scan again.") },
  { "code-problem", "isbt-date", N_("The date in this ISBT 128 code is none.") },
  { "code-problem", "isbt-flags", N_("The check in this donation number is wrong: it was misread. Scan again.") },
  { "code-problem", "isbt-count", N_("Some parts of this ISBT 128 message are missing, or there are too many. Scan again.") },
  { "code-problem", "isbt-order", N_("The parts of this ISBT 128 message are not in their order.") },
  { "code-problem", "isbt-division",
    N_("This product is divided further than its code says. Scan the code of the division, too.") },
  { "label-kind", "unit", N_("Identity label: quarantine") },
  { "label-kind", "release", N_("Release tag") },
  { "label-kind", "tube", N_("Tube of a collection") },
  { "label-kind", "wristband", N_("Wristband") },
  { "label-kind", "card", N_("Patient card") },
  { "label-kind", "container", N_("Container") },
  { "label-kind", "device", N_("Device") },
  { "code-kind", "unit", N_("Unit of cells") },
  { "code-kind", "lot", N_("Culture lot") },
  { "code-kind", "container", N_("Container") },
  { "code-kind", "place", N_("A place in a container") },
  { "code-elsewhere", "device", N_("This is the code of a device.") },
  { "code-elsewhere", "staff", N_("This is the badge of somebody who works here.") },
  { "code-elsewhere", "shipment", N_("This is the number of a shipment.") },
  { "code-elsewhere", "collection", N_("This is the number of a collection.") },
  { "code-elsewhere", "coi", N_("This is a chain of identity without a collection yet.") },
  { "problem", "nothing", N_("Nothing is missing: there is nothing to ask for.") },

  { "problem", "differs", N_("Differs from the chart") },
  { "problem", "missing", N_("Please fill this in.") },
  { "problem", "not-a-date", N_("Please write the date as 1985-04-03; a year or year and month alone is fine.") },
  { "problem", "choose-kind", N_("Please choose what kind of paper this is.") },
  { "problem", "ambiguous-date", N_("Day and month could be either way round. Please write 2026-01-31, or 31 Jan 2026.") },
  { "problem", "not-a-time", N_("Please write the time as 9:00, on five minutes.") },
  { "import-trouble", "bad-bytes", N_("Some letters could not be read. Try another text encoding.") },
  { "import-trouble", "quote-open", N_("A quotation mark is never closed.") },
  { "import-trouble", "quote-inside", N_("A quotation mark stands inside a cell.") },
  { "import-trouble", "cell-too-long", N_("A cell is too long and was cut.") },
  { "import-trouble", "too-many-columns", N_("There are too many columns; the rest was left out.") },
  { "import-trouble", "too-many-rows", N_("The table is too long; the rest was left out.") },
  { "problem", "name-not-split", N_("It is not told which part is the family name; the whole name stands there.") },
  { "problem", "not-imported", N_("This could not be understood and is left out.") },
  { "problem", "chart-taken", N_("This chart number belongs to another patient.") },
  { "problem", "in-future", N_("This date is in the future.") },
  { "problem", "too-long-ago", N_("This date is too long ago.") },
  { "problem", "kind-not-inside", N_("A container of this kind does not stand in that one.") },
  { "problem", "not-one-of-these", N_("Please choose one of the list.") },
  { "problem", "no-weekday", N_("Choose at least one day of the week.") },
  { "problem", "times-crossed", N_("It ends before it begins.") },
  { "problem", "before-first", N_("The last day is before the first.") },
  { "problem", "negative", N_("This number cannot be below zero.") },
  { "problem", "broken", N_("The plan breaks this rule on this day:") },
  { "problem", "window-too-long", N_("These are more than three years.") },
  { "problem", "out-of-range", N_("This number is out of range.") },
  { "problem", "too-long", N_("This text is too long.") },
  { "problem", "control-character", N_("There are invisible characters in this text. Please type it again.") },
  { "problem", "unknown", N_("This is not on the list.") },
  { "problem", "unknown-country", N_("Please use the three-letter country code, such as JPN.") },
  { "problem", "not-a-language", N_("Please write languages as two letters, such as en, zh, ja.") },
  { "problem", "not-an-address", N_("This does not look like an e-mail address.") },
  { "problem", "not-a-plan-number", N_("Plan numbers usually look like PC3150325. Please check it.") },
  { "problem", "not-a-facility-number", N_("Facility numbers usually look like FC3140025. Please check it.") },
  { "problem", "before-opening", N_("The clinic must close after it opens.") },
  { "problem", "before-begin", N_("The end must be after the beginning.") },
  { "problem", "not-on-five", N_("A time on five minutes is needed, such as 12:30.") },
  { "problem", "never-open", N_("The clinic is closed on every day of the week.") },
  { "problem", "not-kana", N_("Please write the reading in kana.") },
  { "problem", "expired", N_("This has expired.") },
  { "problem", "patients-own", N_("This is the patient’s own passport.") },
  { "problem", "of-a-patient", N_("A patient on file has this passport.") },
  { "problem", "no-column", N_("There is no column of this name.") },
  { "problem", "twice", N_("This stands in the table twice.") },
  { "problem", "empty", N_("The table has no lines.") },
  { "problem", "too-many", N_("The table has too many lines.") },
  { "problem", "not-a-passport", N_("A passport number has only letters from A to Z and digits.") },
  { "problem", "check-digit", N_("The check digit does not agree: please compare with the passport.") },
  { "problem", "not-letters", N_("There are digits where only letters stand. It may be this:") },
  { "problem", "name-may-be-cut", N_("The name fills its line and may be cut: please type it as on the passport’s page.") },
  { "problem", "one-name", N_("The passport has one name only.") },
  { "problem", "century", N_("The passport does not say the century. It may also be this year:") },
  { "problem", "partial", N_("The passport does not say more.") },
  { "problem", "zeros", N_("The passport has zeros for what is not known.") },
  { "problem", "not-stated", N_("The passport does not say.") },
  { "problem", "far-off", N_("This expiry is far off: please look at the year.") },
  { "problem", "hong-kong-or-macao", N_("Passports of Hong Kong and Macao say CHN too.") },
  { "problem", "not-a-state", N_("No state has this code:") },
  { "problem", "old-check-digit", N_("The check digit is made the way of older cards.") },
  { "problem", "filler-inside", N_("A sign in the number is not in the lines: please look at the passport’s page.") },
  { "problem", "national-letter", N_("The second letter is the country’s own.") },
  { "problem", "small-letters", N_("Small letters were read as capitals.") },
  { "problem", "full-width", N_("Full-width letters were read: the keyboard was in Japanese mode.") },
  { "problem", "other-fillers", N_("Other signs stood for <: please check the scanner’s keyboard layout.") },
  { "problem", "line-length", N_("The name’s line was not 44 signs long.") },
  { "problem", "other-text", N_("Other text was left out.") },
  { "document-code", "ordinary", N_("Ordinary passport") },
  { "document-code", "diplomatic", N_("Diplomatic passport") },
  { "document-code", "official", N_("Official passport") },
  { "document-code", "emergency", N_("Emergency passport") },
  { "document-code", "refugee", N_("Refugee’s travel document") },
  { "document-code", "alien", N_("Alien’s travel document") },
  { "document-code", "stateless", N_("Stateless person’s travel document") },
  { "document-code", "laissez-passer", N_("Laissez-passer") },
  { "document-code", "military", N_("Military passport") },
  { "document-code", "crew", N_("Crew member’s certificate") },
  { "problem", "no-slot", N_("No free time was found for this step.") },
  { "problem", "step-order", N_("A step counts its days from the start or from a step before it.") },
  { "problem", "gap-range", N_("The days must be from 0 to 730.") },
  { "problem", "gap-order", N_("The longest gap is shorter than the shortest.") },
  { "problem", "five-minutes", N_("Please write minutes in fives, up to 480; 0 for the usual length.") },
  { "problem", "doses-infusion", N_("Doses are given at infusions only, up to 9.") },
  { "problem", "too-many-steps", N_("A course has at most 40 steps.") },
  { "problem", "before-entry", N_("This is before the entry.") },
  { "problem", "without-entry", N_("Please write the day of entry too.") },
  { "problem", "without-departure", N_("Please write the day of departure too.") },
  { "problem", "not-a-number", N_("Please write a number of days from 1 to 366.") },
  { "problem", "not-latin", N_("Please write it in the letters of the passport.") },
  { "problem", "below-low", N_("The full level is above the low one.") },
  { "problem", "in-the-future", N_("This time has not come yet.") },
  { "problem", "not-in-range", N_("This number is out of range.") },
  { "problem", "nothing-read", N_("Please enter a level or a temperature.") },
  { "problem", "not-filled", N_("Litres and the level afterwards are for a tank that was filled.") },
  { "problem", "fell-by-filling", N_("The level after filling is lower than before.") },
  { "problem", "above-full", N_("This is far above the full level of this tank.") },

  { "route", "unknown", N_("Not decided yet") },
  { "route", "exempt", N_("Without a visa (exempt)") },
  { "route", "short_visa", N_("Visa for a short stay") },
  { "route", "medical_visa", N_("Visa for medical stay") },
  { "route", "coe", N_("Certificate of Eligibility (COE)") },
  { "route", "resident", N_("Lives in Japan") },

  { "patient-window", "possible", N_("Can come to Japan") },
  { "patient-window", "chemotherapy", N_("Chemotherapy") },
  { "patient-window", "radiotherapy", N_("Radiotherapy") },
  { "patient-window", "operation", N_("Operation") },
  { "patient-window", "away", N_("Cannot come") },
  { "patient-window", "other", N_("Other reason against visits") },

  { "plan-strategy", "one_draw", N_("One draw for all infusions") },
  { "plan-strategy", "draw_each", N_("A draw for every infusion") },
  { "plan-strategy", "banked", N_("Doses already banked") },
  { "plan-strategy", "mixed", N_("Mixed: whatever is best") },
  { "plan-status", "proposed", N_("Proposal") },
  { "plan-status", "part", N_("Booked in part") },
  { "plan-status", "booked", N_("Booked") },
  { "plan-status", "dropped", N_("Dropped") },
  { "plan-source", "fresh", N_("fresh") },
  { "plan-source", "frozen", N_("frozen") },
  { "plan-source", "banked", N_("banked") },
  { "plan-rule", "windows", N_("The days the patient can come") },
  { "plan-rule", "closed", N_("The days the clinic is closed") },
  { "plan-rule", "blackout", N_("Chemotherapy and other days without visits") },
  { "plan-rule", "capacity", N_("Chairs and staff that are taken already") },
  { "plan-rule", "papers", N_("Papers that must not be too old") },
  { "plan-relax", "gap", N_("Any number of days between infusions") },
  { "plan-relax", "culture", N_("A culture as long as needed") },
  { "plan-relax", "shelf", N_("Fresh cells good for a week longer") },
  { "plan-relax", "release", N_("Frozen doses released at once") },
  { "plan-relax", "expiry", N_("Frozen doses without expiry") },
  { "plan-relax", "yield", N_("Enough doses") },
  { "plan-relax", "draws", N_("As many draws as infusions") },
  { "plan-relax", "windows", N_("The patient comes on any day") },
  { "plan-relax", "stay", N_("Stays of any length") },
  { "plan-relax", "buffers", N_("Arrival and departure on the days of visits") },
  { "plan-relax", "home", N_("No days at home between trips") },
  { "plan-relax", "closed", N_("Clinic open on closed days") },
  { "plan-relax", "blackout", N_("Visits on all days of the therapy") },
  { "plan-relax", "capacity", N_("Chairs and staff enough") },
  { "plan-relax", "papers", N_("All papers made anew in time") },
  { "plan-relax", "horizon", N_("Half a year longer") },
  { "plan-hang", "visit", N_("Visit") },
  { "plan-hang", "unit", N_("Dose") },
  { "plan-hang", "lot", N_("Harvest of lot") },
  { "plan-hang", "trip", N_("Stay in Japan") },
  { "plan-hang", "window", N_("Days of the patient") },
  { "plan-hang", "document", N_("Paper") },
  { "plan-hang", "passport", N_("Validity of the passport") },
  { "plan-hang", "clinic", N_("Clinic") },
  { "plan-red", "moved", N_("moved") },
  { "plan-red", "earlier", N_("earlier now") },
  { "plan-red", "later", N_("later now") },
  { "plan-red", "gone", N_("is no more") },
  { "plan-red", "closed", N_("closed now") },
  { "plan-red", "blackout", N_("the patient has no visits on that day now") },
  { "plan-red", "reserved", N_("reserved for another visit") },
  { "plan-red", "held", N_("on hold") },
  { "plan-red", "failed", N_("failed") },
  { "plan-red", "called-off", N_("called off") },
  { "plan-problem", "negative", N_("must not be negative") },
  { "plan-problem", "not-a-number", N_("is no number") },
  { "plan-problem", "too-many", N_("too many") },
  { "plan-problem", "too-long", N_("too long") },
  { "plan-problem", "before-first", N_("the end is before the beginning") },
  { "plan-problem", "out-of-range", N_("not possible") },

  { "relation", "spouse", N_("Spouse") },
  { "relation", "parent", N_("Parent") },
  { "relation", "child", N_("Child") },
  { "relation", "sibling", N_("Brother or sister") },
  { "relation", "relative", N_("Relative") },
  { "relation", "friend", N_("Friend") },
  { "relation", "carer", N_("Carer") },
  { "relation", "interpreter", N_("Interpreter") },
  { "relation", "agent", N_("Agent") },
  { "relation", "other", N_("Other") },

  { "visa-entries", "", N_("Not known") },
  { "visa-entries", "single", N_("Single entry") },
  { "visa-entries", "multiple", N_("Multiple entry") },

  { "guarantor-list", "", N_("Not looked up") },
  { "guarantor-list", "A", N_("A – travel company") },
  { "guarantor-list", "B", N_("B – medical coordinator") },

  { "exempt-condition", "epassport", N_("the passport must be an ePassport (with a chip)") },
  { "exempt-condition", "machine_readable", N_("the passport must be machine-readable or an ePassport; otherwise a visa is needed") },
  { "exempt-condition", "registration", N_("the ePassport must be registered at a Japanese mission before travel") },
  { "exempt-condition", "personal_number", N_("the passport must show a personal identity number") },
  { "exempt-condition", "british_citizen", N_("the passport must say “British citizen”; other British passports are not exempt") },
  { "exempt-condition", "hksar_or_bno", N_("it must be a passport of Hong Kong SAR, or BN(O) with the right of abode in Hong Kong") },
  { "exempt-condition", "macao_sar", N_("it must be a passport of Macao SAR") },
  { "exempt-condition", "unverified", N_("a further condition of the passport was not verified") },

  { "difference", "name-differs", N_("The name differs.") },
  { "difference", "name-missing", N_("There is no name on the disc.") },
  { "difference", "name-not-compared", N_("The name is in letters that the chart does not have.") },
  { "difference", "birth-differs", N_("The birth date differs.") },
  { "difference", "birth-missing", N_("There is no birth date on the disc.") },
  { "difference", "sex-differs", N_("The sex differs.") },
  { "disc", "missing", N_("Listed on the disc, but not there") },
  { "disc", "unlisted", N_("There, but not listed on the disc") },
  { "disc", "twice", N_("The same picture a second time; left out") },
  { "disc", "truncated", N_("Cut off; what could be read is shown") },
  { "disc", "damaged", N_("Damaged; what could be read is shown") },
  { "disc", "too-deep", N_("Nested too deeply") },
  { "disc", "too-many-elements", N_("Too much in one file") },
  { "disc", "too-many-files", N_("Too many files; the rest was not looked at") },
  { "disc", "too-many-patients", N_("Too many patients; left out") },
  { "disc", "executable-preamble", N_("Can be run as a program; that part is not kept") },
  { "disc", "no-preamble", N_("Without the usual beginning") },
  { "disc", "no-syntax", N_("Does not say how it is written") },
  { "disc", "syntax-differs", N_("Written otherwise than it says") },
  { "disc", "deflated", N_("Compressed as a whole") },
  { "disc", "odd-length", N_("A field of odd length") },
  { "disc", "too-long", N_("A text that is too long; cut") },
  { "disc", "bad-text", N_("A text with characters that cannot be read") },
  { "disc", "unknown-charset", N_("Texts in an unknown character set") },
  { "disc", "bad-date", N_("A date that is none") },
  { "disc", "bad-time", N_("A time that is none") },
  { "disc", "bad-uid", N_("An identifier that is none") },
  { "disc", "bad-file-name", N_("The disc lists a file name that leads elsewhere; ignored") },
  { "disc", "not-dicom", N_("Listed on the disc, but no DICOM file") },
  { "disc", "not-a-file", N_("Neither a file nor a folder; not opened") },
  { "disc", "link", N_("A link; not followed") },
  { "disc", "unreadable", N_("Cannot be read") },
  { "disc", "dicomdir-damaged", N_("The list of the disc is damaged; the files were looked for") },
  { "disc", "dicomdir-loop", N_("The list of the disc runs in a circle; the files were looked for") },
  { "disc", "dicomdir-range", N_("The list of the disc points outside itself; the files were looked for") },
  { "disc", "dicomdir-no-offsets", N_("The list of the disc is not connected; the files were looked for") },
  { "refused", "difference-not-accepted", N_("Name, birth date or sex differ from the chart. Please give a reason.") },
  { "refused", "type-full", N_("There is no room for another visit of this kind then.") },
  { "refused", "rule-is-fixed", N_("Two visits at one place are never possible, and no dose is given past its time.") },
  { "refused", "no-codec", N_("These pictures cannot be shown here. They are kept as they are.") },
  { "refused", "second-person-needed", N_("A second person has to sign for this step.") },
  { "refused", "person-needed", N_("Please choose at the top who is at this desk.") },
  { "refused", "isbt-facility", N_("A facility code has five characters, such as A9999: a letter or digit, two letters or digits, two digits; never the letter O.") },
  { "refused", "isbt-product", N_("A product code has eight characters, such as S1295100: a letter, four digits, one letter or digit for the type of donation, and 00.") },
  { "refused", "isbt-product-divided", N_("Please end the product code with 00: each unit gets its own division by itself.") },
  { "refused", "isbt-used-up", N_("There are no more ISBT 128 numbers of this kind.") },
  { "refused", "same-record", N_("These are one record already.") },
  { "refused", "merged-already", N_("One of the two was merged already. Please open the record it was merged into.") },
  { "refused", "merged-further", N_("The record was merged further since. Please separate that merge first.") },
  { "refused", "cells-on-their-way", N_("A dose of one of them is out of the tank, on its way to the patient. Please try again when it is given or back.") },
  { "refused", "dose-given-since", N_("A dose was given since, so the records cannot be separated any more.") },
  { "refused", "dose-promised-since", N_("A dose of one of them is reserved for a visit of the other. Please take that reservation back first; what it was stays on record in words.") },
  { "refused", "travels-since", N_("A companion of one of them was put on a stay of the other since. Please take that away first.") },
  { "refused", "merge-step", N_("Another merge is under way. Please try again.") },
  { "refused", "patient-merged", N_("This record was merged into another. Please open that one.") },
  { "refused", "relabel-first", N_("Please print and check the new label first: the old one names another chart.") },
  { "refused", "same-person", N_("The second person must be somebody else.") },
  { "refused", "staff-not-active", N_("This person no longer works here.") },
  { "refused", "reason-needed", N_("Please give a reason.") },
  { "refused", "not-released", N_("This dose has not been released.") },
  { "refused", "released-by-tester", N_("Whoever entered the results cannot release the dose. Please ask a colleague.") },
  { "refused", "result-failed", N_("A test result is outside its limit.") },
  { "refused", "result-not-final", N_("Not all test results are final yet.") },
  { "refused", "reviewed-already", N_("Somebody has decided on this already.") },
  { "refused", "decision-needed", N_("Please choose what is decided.") },
  { "refused", "lookback-closed", N_("This look-back is closed.") },
  { "refused", "lookback-open", N_("A look-back that is not closed needs it. Please decide on it there first.") },
  { "refused", "items-unreviewed", N_("Not everything on the list has been decided on.") },
  { "refused", "clock-open", N_("A report to the authorities is still due. Please note that it was made, or why it is not due.") },
  { "refused", "clock-done", N_("This clock was stopped already.") },
  { "refused", "told-first", N_("Please note first how the patient was reached.") },
  { "refused", "result-not-checked", N_("A second person has not read all results yet.") },
  { "refused", "result-superseded", N_("This result was replaced since.") },
  { "refused", "value-unreadable", N_("This value cannot be read. Please type a number, or for a word test what it says, such as “negative”.") },
  { "refused", "value-other-unit", N_("The limit has another unit. Please type the unit the laboratory gives.") },
  { "refused", "value-needs-weight", N_("For the limit by kilogram, the volume of the dose and the patient’s weight are needed.") },
  { "refused", "limit-needed", N_("A result is stored with the limit it was judged by.") },
  { "refused", "reported-before-sampled", N_("The report is older than the sample.") },
  { "refused", "other-lot", N_("This unit is of another lot.") },
  { "refused", "nothing-pending", N_("Nothing is pending: it can be released without conditions.") },
  { "refused", "not-a-releaser", N_("Only quality staff release cells here.") },
  { "refused", "dose-not-given", N_("A dose is reserved for this visit and was not given. Please give it at the bedside, or give its reservation back first.") },
  { "refused", "not-a-physician", N_("A physician has to answer for it.") },
  { "refused", "condition-needed", N_("What the release is conditional on has not been said.") },
  { "refused", "conditional-other-visit", N_("This dose is released under conditions, for another visit only.") },
  { "refused", "visit-over", N_("This visit is over.") },
  { "refused", "patient-not-told", N_("Please note when the patient was told.") },
  { "refused", "due-day-needed", N_("Please say when the last result is due.") },
  { "refused", "lot-has-released", N_("Doses of this lot are released. Please recall them first.") },
  { "refused", "coi-needed", N_("A collection needs a chain of identity.") },
  { "refused", "other-identity", N_("This belongs to another chain of identity.") },
  { "refused", "identity-shared-since", N_("Collections, a culture or a release joined the two records since, so they cannot be separated any more.") },
  { "refused", "not-culturing", N_("This culture has been harvested or has failed.") },
  { "refused", "input-twice", N_("This collection is in the culture already.") },
  { "refused", "unit-unsafe", N_("This unit was rejected or recalled.") },
  { "refused", "lot-in-itself", N_("A culture cannot grow from itself.") },
  { "refused", "lot-input-needed", N_("An intermediate is used up only by growing it on in a culture.") },
  { "refused", "reagent-expired", N_("This reagent has expired. Please say why it was used.") },
  { "refused", "device-out-of-service", N_("This device is out of service.") },
  { "refused", "device-in-use", N_("This device is in use for another culture.") },
  { "refused", "consent-ended", N_("The consent to store these cells has ended.") },
  { "problem", "not-a-decimal", N_("This is not a number.") },
  { "problem", "out-of-range", N_("This is outside what is possible.") },
  { "refused", "unit-held", N_("This dose is on hold.") },
  { "refused", "expired", N_("This dose has expired.") },
  { "refused", "label-not-verified", N_("The label has not been scanned back after printing.") },
  { "refused", "not-reserved", N_("This dose is not reserved for this visit.") },
  { "refused", "still-reserved", N_("This dose is reserved. Give the reservation back first.") },
  { "refused", "discard-needed", N_("Please say why and how it is thrown away.") },
  { "refused", "document-needed", N_("This reason rests on a paper of this patient. Please choose it.") },
  { "refused", "approval-needed", N_("It was released: somebody else, of quality, has to agree before it is thrown away.") },
  { "refused", "custody-began", N_("It has been in somebody’s hands. Only what was registered in error and never touched can be struck out.") },
  { "refused", "custody-without-cause", N_("Where a unit has been is written by what was done with it, and by nothing else.") },
  { "refused", "lot-needed", N_("Please say in which lot it grows on.") },
  { "refused", "shipment-needed", N_("Only what is on a shipment goes on its way.") },
  { "refused", "not-arrived", N_("The shipment has not been received yet.") },
  { "refused", "not-looked-at", N_("Please say what was seen when it came: temperature, seal, box.") },
  { "refused", "receiver-needed", N_("Please say who receives it, and which physician ordered it.") },
  { "refused", "not-as-it-was", N_("It goes back to what it was before it went missing.") },
  { "refused", "use-by-needed", N_("Please say until when the fresh dose is good.") },
  { "refused", "number-reuse", N_("This number was given to something else already. Numbers are never used twice.") },
  { "refused", "in-quarantine-place", N_("It stands in a place for quarantined units. Move it first.") },
  { "refused", "visit-other-day", N_("It is reserved for a day that is over. Reserve it for another visit first.") },
  { "refused", "nothing-to-hold", N_("Please say what is to be held.") },
  { "refused", "nothing-to-send", N_("Please choose what is to be sent.") },
  { "refused", "limits-reversed", N_("The lowest temperature is above the highest.") },
  { "refused", "still-in-place", N_("Take it out of its place first.") },
  { "refused", "place-needed", N_("Please choose a place for it.") },
  { "refused", "no-such-place", N_("There is no such place.") },
  { "refused", "container-retired", N_("This container was retired.") },
  { "refused", "place-blocked", N_("This place is blocked.") },
  { "refused", "place-taken", N_("Something stands at this place already.") },
  { "refused", "kind-not-allowed", N_("Units of this kind are not kept here.") },
  { "refused", "quarantine-only", N_("Only what is not released is kept here.") },
  { "refused", "biohazard-only", N_("Only material with a biohazard mark is kept here.") },
  { "refused", "wrong-cold", N_("It is too warm here for what is frozen, or too cold for what is given fresh.") },
  { "refused", "contents-do-not-fit", N_("What it holds may not be kept there.") },
  { "refused", "moved-since", N_("It was moved meanwhile. Please look again.") },
  { "refused", "no-such-container", N_("There is no such container.") },
  { "refused", "code-taken", N_("This code is in use already.") },
  { "refused", "container-not-empty", N_("It is not empty.") },
  { "refused", "container-in-itself", N_("A container cannot stand in itself.") },
  { "refused", "already-there", N_("It stands there already.") },
  { "refused", "place-mismatch", N_("The code read is not that of this place.") },
  { "refused", "kind-not-inside", N_("A container of this kind does not stand in that one.") },
  { "refused", "out-of-service", N_("This tank or box is out of service.") },
  { "refused", "not-storable", N_("It cannot be put into a place in this state.") },
  { "refused", "not-a-dose", N_("This is not a dose. Only doses may reach a patient.") },
  { "refused", "not-at-bedside", N_("The dose is not at the bedside.") },
  { "refused", "patient-not-here", N_("The patient has not arrived yet.") },
  { "refused", "not-reservable", N_("This dose can no longer be reserved.") },
  { "refused", "visit-over", N_("This visit is over.") },
  { "refused", "template-used", N_("Courses of patients were made from this template: its steps keep their kinds. Please make a copy.") },
  { "refused", "waiting-closed", N_("This is no longer on the waiting list.") },
  { "refused", "recall-closed", N_("This call is closed already.") },
  { "refused", "freed-not-filled", N_("The visit is not at the time that came free.") },
  { "refused", "freed-closed", N_("This free time is closed already: somebody filled it, or it was not needed.") },
  { "refused", "freed-taken", N_("This time is no longer free.") },
  { "refused", "visit-step", N_("The visit cannot go to that state from here.") },
  { "refused", "wrong-patient", N_("Stop. This dose belongs to another patient.") },
  { "refused", "step-not-legal", N_("This step is not possible now.") },
  { "refused", "label-nothing", N_("There is nothing to label: no unit is left, or none is released.") },
  { "refused", "label-too-small", N_("What must stand on the label does not fit. Choose a larger size.") },
  { "refused", "label-code", N_("It has no code yet.") },
  { "refused", "label-patient", N_("The patient’s name is missing: it must stand on the label.") },
  { "refused", "label-birth", N_("The patient’s birth date is missing: it must stand on the label.") },
  { "refused", "label-chart", N_("The chart number is missing: it must stand on the label.") },
  { "refused", "label-number", N_("The number is missing: it must stand on the label.") },
  { "refused", "label-expiry", N_("The expiry is missing: it must stand on the label.") },
  { "refused", "label-mismatch", N_("The label that was scanned is not the label of this unit.") },
  { "refused", "scan-needed", N_("Scan the label back first.") },
  { "refused", "other-patient", N_("Stop. This visit is of another patient.") },
  { "refused", "already-reserved", N_("This dose is reserved already.") },
  { "refused", "final-state", N_("Nothing more can be done with it.") },
  { "refused", "not-possible", N_("This step is not possible now.") },
  { "refused", "not-thawed", N_("This dose has not been thawed.") },
  { "refused", "not-filled", N_("It has not been filled yet.") },
  { "refused", "not-in-place", N_("It stands in no place.") },
  { "refused", "not-for-freezing", N_("A fresh dose is not frozen.") },
  { "refused", "container-full", N_("This box is full.") },
  { "refused", "container-not-empty", N_("There are still units in it.") },
  { "refused", "tank-down", N_("This tank is down: nothing is put into it.") },
  { "refused", "not-a-tank", N_("Only tanks, freezers, refrigerators and incubators are checked.") },
  { "refused", "being-counted", N_("It is being counted. Please end the count first.") },
  { "refused", "boxes-left", N_("Not every box has been counted yet.") },
  { "refused", "count-open", N_("A count of this place is still open.") },
  { "refused", "count-ended", N_("Scanning for this count has ended.") },
  { "refused", "count-not-ended", N_("Scanning for this count has not ended yet.") },
  { "refused", "count-closed", N_("This count is closed.") },
  { "refused", "count-unresolved", N_("A difference of the count is not resolved yet.") },
  { "refused", "count-not-compared", N_("The count has not been compared yet.") },
  { "refused", "not-counted-here", N_("This box is not part of the count.") },
  { "refused", "not-moved", N_("The unit has not been moved there yet.") },
  { "refused", "not-an-intermediate", N_("Only an intermediate can be used up.") },
  { "refused", "lot-step", N_("A lot that has failed stays failed.") },
  { "refused", "clock-went-back", N_("The computer's clock has gone back. Please check the time.") },
  { "refused", "still-booked", N_("There are visits booked here. Move them in the book first.") },
  { "refused", "last-person", N_("This is the last person. Add somebody else first.") },
  { "refused", "day-past", N_("This day is over.") },
  { "refused", "contents-closed", N_("The papers are locked until the clinic’s passphrase is given.") },
  { "refused", "wrong-passphrase", N_("That is not the clinic’s passphrase.") },
  { "refused", "vault-kept", N_("The key to the papers is kept: without it none of them could ever be read.") },
  { "refused", "encrypted", N_("This PDF asks for a password. Please ask the sender for one without.") },
  { "refused", "replaces-another", N_("Only an older paper of the same patient and kind can be replaced.") },
  { "refused", "original-needed", N_("One of the papers must be the paper itself.") },
  { "refused", "part-of-another", N_("A translation belongs to a paper of the same patient.") },
  { "refused", "gate-consent",
    N_("No signed consent is on record: file it under Papers, or let a physician pass over it in the patient’s Readiness (Ctrl+R).") },
  { "refused", "gate-identity", N_("The patient’s record has no passport name: write it down before the dose leaves the cold.") },
  { "refused", "gate-birth", N_("The patient’s record has no birth date: write it down before the dose leaves the cold.") },
  { "refused", "order-needed", N_("There is no physician’s order for this visit.") },
  { "refused", "patient-not-in-chair", N_("The patient does not sit in the chair yet.") },
  { "refused", "thaw-needed", N_("The thaw is recorded at the bedside, in the patient’s own bath.") },
  { "refused", "check-needed", N_("Wristband and label have not been checked at the bedside.") },
  { "refused", "end-needed", N_("How the infusion ended has not been recorded at the bedside.") },
  { "refused", "signature-needed", N_("A signature with a PIN is missing.") },
  { "refused", "infusion-needed", N_("The start of the infusion has not been recorded at the bedside.") },
  { "refused", "wrong-dose", N_("Stop. This is another dose.") },
  { "refused", "bag-broken", N_("The bag is not whole. This dose cannot be given.") },
  { "refused", "not-a-bath", N_("This is no bath.") },
  { "refused", "bath-not-clean", N_("The bath has to be clean, with fresh water.") },
  { "refused", "bath-temperature", N_("The water is too cold or too warm.") },
  { "refused", "bath-of-another", N_("Stop. This bath is in use for another patient.") },
  { "refused", "bath-in-use", N_("The bath was in use at that time.") },
  { "refused", "session-closed", N_("The bath is not open.") },
  { "refused", "still-thawing", N_("There is still a dose in the bath.") },
  { "refused", "thawed-already", N_("This dose was thawed already. There is no second thaw.") },
  { "refused", "thaw-limit", N_("The time after the thaw is over.") },
  { "refused", "use-until", N_("The time until which this dose may be used is over.") },
  { "refused", "dose-range", N_("There are fewer or more viable cells in it than were ordered.") },
  { "refused", "dmso", N_("That would be more DMSO than is usual for this body weight.") },
  { "refused", "not-said", N_("The patient has to say name and birth date.") },
  { "refused", "more-than-there-was", N_("That is more than was in the bag.") },
  { "refused", "rest-needed", N_("Please choose what becomes of the rest.") },
  { "refused", "grade-needed", N_("Please choose the grade of the reaction.") },
  { "refused", "reaction-needed", N_("Please choose which reaction it was.") },
  { "refused", "dose-under-way", N_("A dose is being prepared or running for this visit. Please finish that at the bedside first.") },
  { "refused", "not-a-physician", N_("Only a physician can do this.") },
  { "refused", "manager-needed", N_("A manager has to set this PIN.") },
  { "refused", "no-secret", N_("This person has no PIN yet. It is set in the settings, under People.") },
  { "refused", "wrong-secret", N_("That is not the PIN of this person.") },
  { "refused", "secret-locked", N_("Too many wrong PINs. Please wait a while, or ask somebody else.") },
  { "refused", "secret-short", N_("A PIN needs six digits, a passphrase eight letters.") },
  { "refused", "secret-easy", N_("That is too easy to guess.") },
  { "refused", "secret-unreadable", N_("This cannot be used as a PIN.") },
  { "destroyed", "autoclave", N_("autoclave") },
  { "destroyed", "incineration", N_("incineration") },
  { "destroyed", "chemical", N_("chemicals") },
  { "destroyed", "contractor", N_("a contractor") },
  { "reaction", "Infusion related reaction", N_("Infusion related reaction") },
  { "reaction", "Chills", N_("Chills") },
  { "reaction", "Fever", N_("Fever") },
  { "reaction", "Allergic reaction", N_("Allergic reaction") },
  { "reaction", "Anaphylaxis", N_("Anaphylaxis") },
  { "reaction", "Cytokine release syndrome", N_("Cytokine release syndrome") },
  { "reaction", "Hypotension", N_("Hypotension") },
  { "reaction", "Hypertension", N_("Hypertension") },
  { "reaction", "Dyspnea", N_("Dyspnea") },
  { "reaction", "Sinus tachycardia", N_("Sinus tachycardia") },
  { "reaction", "Nausea", N_("Nausea") },
  { "reaction", "Vomiting", N_("Vomiting") },
  { "reaction", "Headache", N_("Headache") },
  { "reaction", "Dizziness", N_("Dizziness") },
  { "reaction", "Syncope", N_("Syncope") },
  { "reaction", "Pruritus", N_("Pruritus") },
  { "reaction", "Urticaria", N_("Urticaria") },
  { "reaction", "Rash maculo-papular", N_("Rash maculo-papular") },
  { "reaction", "Infusion site extravasation", N_("Infusion site extravasation") },
  { "reaction", "Back pain", N_("Back pain") },
  { "reaction", "Malaise", N_("Malaise") },
  { "reaction", "Fatigue", N_("Fatigue") },
  { "reaction", "Sepsis", N_("Sepsis") },
  { "refused", "no-sandbox", N_("Previews need the bubblewrap package. The paper itself is kept safely.") },
};

static const struct
{
  DeskError code;
  const char *text;
} error_words[] = {
  { DESK_ERROR_INVALID, N_("That cannot be accepted: %s") },
  { DESK_ERROR_NOT_FOUND, N_("It is no longer there. It may have been changed at another desk.") },
  { DESK_ERROR_EXISTS, N_("There is already a file of that name. Please choose another name.") },
  { DESK_ERROR_CONFLICT, N_("Somebody else has changed this in the meantime. Nothing was overwritten; please look again.") },
  { DESK_ERROR_TAKEN, N_("Already taken: %s") },
  { DESK_ERROR_REFUSED, N_("That is not possible: %s") },
  { DESK_ERROR_BUSY, N_("Another desk is writing just now. Please try again.") },
  { DESK_ERROR_READ_ONLY, N_("The clinic file cannot be written. Nothing was changed.") },
  { DESK_ERROR_FULL, N_("The disk is full. Your entry is kept on the screen; free some space and save again.") },
  { DESK_ERROR_CORRUPT, N_("The file is damaged. Please restore the last backup.") },
  { DESK_ERROR_FOREIGN, N_("This is not a clinic file.") },
  { DESK_ERROR_NEWER, N_("This clinic file was written by a newer version of Uketsuke. Please update the program.") },
  { DESK_ERROR_IO, N_("The disk or the network did not answer. Nothing was changed; please try again.") },
  { DESK_ERROR_FAILED, N_("Something went wrong: %s") },
};

static const Word *
find (const char *group, const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].group, group) == 0 && strcmp (words[i].code, code) == 0)
      return &words[i];
  return NULL;
}

/* The word for a code of a group ("life", "frozen"); an unknown code is shown as it is. */
const char *
desk_words (const char *group, const char *code)
{
  const Word *word = code ? find (group, code) : NULL;

  return word ? _(word->text) : code ? code : "";
}

/* The words of codes in their order, for a drop-down; the caller owns the list. */
GListModel *
desk_words_list (const char *group, const char *const *codes, guint n_codes)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n_codes; i++)
    gtk_string_list_append (list, desk_words (group, codes[i]));
  return G_LIST_MODEL (list);
}

/* A sentence for an error: what happened and what to do; the caller frees it. */
char *
desk_words_error (const GError *error)
{
  if (error->domain != DESK_ERROR)
    return g_strdup_printf (_("Something went wrong: %s"), error->message);

  const Word *refused = error->code == DESK_ERROR_REFUSED ? find ("refused", error->message) : NULL;
  if (refused)
    return g_strdup (_(refused->text));

  for (guint i = 0; i < G_N_ELEMENTS (error_words); i++)
    if ((int) error_words[i].code == error->code)
      {
        g_auto (GStrv) parts = g_strsplit (_(error_words[i].text), "%s", 2);
        return parts[1] ? g_strconcat (parts[0], error->message, parts[1], NULL) : g_strdup (parts[0]);
      }
  return g_strdup (error->message);
}

/* A sentence for a problem of a form; the caller frees it. */
char *
desk_words_problem (const DeskProblem *problem)
{
  const Word *word = find ("problem", problem->code);
  const Word *refused = word ? NULL : find ("refused", problem->code);
  const char *text = word ? _(word->text) : refused ? _(refused->text) : problem->code;

  return problem->detail ? g_strdup_printf ("%s (%s)", text, problem->detail) : g_strdup (text);
}

/* The tests of a biohazard mark, "hbsag,rpr", by name; free it. */
char *
desk_words_agents (const char *agents)
{
  g_auto (GStrv) codes = g_strsplit (agents, ",", -1);
  GString *line = g_string_new (NULL);

  for (guint i = 0; codes[i]; i++)
    {
      const DeskLabTest *test = desk_lab_find (codes[i]);

      g_string_append_printf (line, "%s%s", i ? ", " : "", test ? desk_lab_name (test, desk_words_language ()) : codes[i]);
    }
  return g_string_free (line, FALSE);
}

/* What is known of somebody on one line, with dots between; what is empty is left out. The caller frees it. */
char *
desk_words_facts (const char *const *facts, guint n_facts)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < n_facts; i++)
    if (facts[i] && *facts[i])
      g_string_append_printf (line, "%s%s", line->len ? "  ·  " : "", facts[i]);
  return g_string_free (line, FALSE);
}

/* "ja" or "en": the language the window speaks. */
const char *
desk_words_language (void)
{
  /* Translators: the code of this language, such as ja */
  return strcmp (C_("language code", "en"), "ja") == 0 ? "ja" : "en";
}

/* The text of a record that has both, in the window's language; falls back to the other. */
const char *
desk_words_pick (const char *english, const char *japanese)
{
  gboolean ja = strcmp (desk_words_language (), "ja") == 0;
  const char *first = ja ? japanese : english, *second = ja ? english : japanese;

  return first && *first ? first : second ? second : "";
}


static const char *
weekday (DeskDay day)
{
  static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };

  return _(names[desk_day_weekday (day) - 1]);
}

static const char *
month_name (int month)
{
  static const char *const names[]
      = { N_("January"), N_("February"), N_("March"),     N_("April"),   N_("May"),      N_("June"),
          N_("July"),    N_("August"),   N_("September"), N_("October"), N_("November"), N_("December") };

  return _(names[month - 1]);
}

/* Weekday and full date; the caller frees it. */
char *
desk_words_day (DeskDay day)
{
  int year, month, mday;

  desk_day_to_ymd (day, &year, &month, &mday);
  if (strcmp (desk_words_language (), "ja") == 0)
    return g_strdup_printf ("%d年%d月%d日(%s)", year, month, mday, weekday (day));
  return g_strdup_printf ("%s %d %s %d", weekday (day), mday, month_name (month), year);
}

/* Weekday, day and month, as a column heading; the caller frees it. */
char *
desk_words_day_short (DeskDay day)
{
  int month, mday;

  desk_day_to_ymd (day, NULL, &month, &mday);
  if (strcmp (desk_words_language (), "ja") == 0)
    return g_strdup_printf ("%d/%d(%s)", month, mday, weekday (day));
  return g_strdup_printf ("%s %d %.3s", weekday (day), mday, month_name (month));
}

/* A stored ISO day, or a partial one (YYYY-MM, YYYY), in words; "" stays empty. The caller frees it. */
char *
desk_words_iso_day (const char *iso)
{
  gboolean ja = strcmp (desk_words_language (), "ja") == 0;
  int year, month = 0, mday = 0;

  if (!iso || !desk_partial_date_valid (iso))
    return g_strdup (iso ? iso : "");
  sscanf (iso, "%d-%d-%d", &year, &month, &mday);
  if (mday)
    return ja ? g_strdup_printf ("%d年%d月%d日", year, month, mday)
              : g_strdup_printf ("%d %s %d", mday, month_name (month), year);
  if (month)
    return ja ? g_strdup_printf ("%d年%d月", year, month) : g_strdup_printf ("%s %d", month_name (month), year);
  return ja ? g_strdup_printf ("%d年", year) : g_strdup (iso);
}

/* 09:30 by the clinic's clock; the caller frees it. */
char *
desk_words_time (gint64 instant, GTimeZone *zone)
{
  int minute = desk_instant_minute (instant, zone);

  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

/* Day and time by the clinic's clock; the caller frees it. */
char *
desk_words_when (gint64 instant, GTimeZone *zone)
{
  g_autofree char *day = desk_words_day_short (desk_instant_day (instant, zone));
  g_autofree char *time = desk_words_time (instant, zone);

  return g_strdup_printf ("%s %s", day, time);
}

/* 1.2 × 10⁹; the caller frees it. */
char *
desk_words_cells (gint64 cells)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  int power = 0;
  double value = (double) cells;

  for (; value >= 9.95; value /= 10)
    power++;
  return power < 10 ? g_strdup_printf ("%.1f × 10%s", value, digits[power])
                    : g_strdup_printf ("%.1f × 10¹%s", value, digits[power % 10]);
}
