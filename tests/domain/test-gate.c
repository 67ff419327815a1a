/* The gates as a table: each rule green, amber, red and passed over. */
#include <string.h>

#include "desk-gate.h"

typedef struct
{
  const char *kind, *state, *examined_on, *language, *part;
  gint64 part_of, supersedes;
  const char *due_on;
} Paper;

typedef struct
{
  const char *label, *rule; /* "draw.imaging" */
  const char *purpose;      /* NULL: treatment */
  const char *today, *day;  /* day of the step, NULL for none */
  Paper papers[4];
  const char *birth, *passport, *passport_until, *nationality; /* NULL: in order; "" for none */
  int accepted;             /* 0: accepted, 1: nobody decided, 2: declined */
  const char *accepted_on;
  const char *viral_on[6], *reactive;
  const char *stay_from, *stay_last, *stay_leaves;
  gboolean resident;
  const char *lot, *lot_waiting, *lot_failed; /* lot: "growing", "harvested", or NULL for none */
  int lot_holds, lot_unlabelled;
  const char *dose, *dose_until;              /* dose: "" fit, "held", "unlabelled", "quarantine"; NULL for none */
  int months;               /* of the clinic: 0 as the table says, -1 no limit, else that */
  const char *override;     /* "" without end, or its last day */
  DeskLight light;
  const char *code, *mend;
  gint64 object;
  const char *good_until;
  gboolean overridden;
} Case;

#define ONE(...) .papers = { { __VA_ARGS__ } }
#define T "2026-03-15"

static const Case cases[] = {
  /* papers: age */
  { "none", "draw.bloodwork", NULL, T, .light = DESK_LIGHT_RED, .code = "missing", .mend = "ask" },
  { "fresh", "draw.bloodwork", NULL, T, ONE ("bloodwork", "accepted", "2026-03-01", "en"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-06-01" },
  { "last day", "draw.bloodwork", NULL, T, ONE ("bloodwork", "accepted", "2025-12-15", "en"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = T },
  { "a day late", "draw.bloodwork", NULL, T, ONE ("bloodwork", "accepted", "2025-12-14", "en"), .light = DESK_LIGHT_RED, .code = "too-old", .mend = "ask", .object = 1, .good_until = "2026-03-14" },
  { "30 November to 28 February", "draw.imaging", NULL, "2026-02-28", ONE ("imaging", "accepted", "2025-11-30", "en"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-02-28" },
  { "30 November, 1 March", "draw.imaging", NULL, "2026-03-01", ONE ("imaging", "accepted", "2025-11-30", "en"), .light = DESK_LIGHT_RED, .code = "too-old", .mend = "ask", .object = 1, .good_until = "2026-02-28" },
  { "30 November to leap day", "draw.imaging", NULL, "2028-02-29", ONE ("imaging", "accepted", "2027-11-30", "en"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2028-02-29" },
  { "31 March to 30 June", "draw.imaging", NULL, "2026-04-01", "2026-06-30", ONE ("imaging", "accepted", "2026-03-31", "en"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-06-30" },
  { "28 February to 28 May", "draw.imaging", NULL, "2026-03-01", "2026-05-29", ONE ("imaging", "accepted", "2026-02-28", "en"), .light = DESK_LIGHT_AMBER, .code = "will-expire", .mend = "ask", .object = 1, .good_until = "2026-05-28" },
  { "good on the draw day", "draw.viral", "prevention", T, "2026-04-10", ONE ("viral", "received", "2026-01-10", "ja"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-04-10" },
  { "too old on the draw day", "draw.viral", "prevention", T, "2026-04-11", ONE ("viral", "received", "2026-01-10", "ja"), .light = DESK_LIGHT_AMBER, .code = "will-expire", .mend = "viral", .object = 1, .good_until = "2026-04-10" },
  { "marked too old", "draw.imaging", NULL, T, ONE ("imaging", "too_old", "2026-03-01", "en"), .light = DESK_LIGHT_RED, .code = "too-old", .mend = "ask", .object = 1, .good_until = "2026-06-01" },
  { "no limit, very old", "draw.pathology", NULL, T, "2026-09-01", ONE ("pathology", "received", "2001-01-01", "en"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1 },
  { "clinic says one month", "draw.imaging", NULL, T, ONE ("imaging", "accepted", "2026-02-14", "en"), .months = 1, .light = DESK_LIGHT_RED, .code = "too-old", .mend = "ask", .object = 1, .good_until = "2026-03-14" },
  { "clinic says no limit", "draw.imaging", NULL, T, ONE ("imaging", "accepted", "2020-02-14", "en"), .months = -1, .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1 },
  /* papers: dates */
  { "undated", "draw.medical_report", NULL, T, ONE ("medical_report", "received", "", "en"), .light = DESK_LIGHT_RED, .code = "undated", .mend = "date", .object = 1 },
  { "undated, no limit", "draw.pathology", NULL, T, ONE ("pathology", "received", "", "en"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1 },
  { "month, good whatever the day", "draw.imaging", NULL, T, ONE ("imaging", "received", "2026-01", "en"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-04-01" },
  { "month, it depends on the day", "draw.imaging", NULL, T, ONE ("imaging", "received", "2025-12", "en"), .light = DESK_LIGHT_RED, .code = "partial-date", .mend = "date", .object = 1, .good_until = "2026-03-01" },
  { "month, depends on the draw day", "draw.imaging", NULL, T, "2026-04-20", ONE ("imaging", "received", "2026-01", "en"), .light = DESK_LIGHT_RED, .code = "partial-date", .mend = "date", .object = 1, .good_until = "2026-04-01" },
  { "month, too old", "draw.imaging", NULL, T, ONE ("imaging", "received", "2025-11", "en"), .light = DESK_LIGHT_RED, .code = "too-old", .mend = "ask", .object = 1, .good_until = "2026-02-01" },
  { "year", "draw.imaging", NULL, T, ONE ("imaging", "received", "2026", "en"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-04-01" },
  { "no date at all", "draw.imaging", NULL, T, ONE ("imaging", "received", "last week", "en"), .light = DESK_LIGHT_RED, .code = "undated", .mend = "date", .object = 1 },
  /* papers: states */
  { "asked for", "draw.imaging", NULL, T, ONE ("imaging", "requested", "", "", .due_on = "2026-03-20"), .light = DESK_LIGHT_RED, .code = "requested", .mend = "add-paper", .object = 1 },
  { "asked for, overdue", "draw.imaging", NULL, T, ONE ("imaging", "requested", "", "", .due_on = "2026-03-14"), .light = DESK_LIGHT_RED, .code = "overdue", .mend = "add-paper", .object = 1 },
  { "unreadable", "draw.imaging", NULL, T, ONE ("imaging", "unreadable", "2026-03-01", "en"), .light = DESK_LIGHT_RED, .code = "unreadable", .mend = "ask", .object = 1 },
  { "rejected", "draw.imaging", NULL, T, ONE ("imaging", "rejected", "2026-03-01", "en"), .light = DESK_LIGHT_RED, .code = "rejected", .mend = "ask", .object = 1 },
  { "superseded", "draw.imaging", NULL, T, ONE ("imaging", "superseded", "2026-03-01", "en"), .light = DESK_LIGHT_RED, .code = "missing", .mend = "ask" },
  { "the better of two", "draw.bloodwork", NULL, T, .papers = { { "bloodwork", "accepted", "2026-02-01", "en" }, { "bloodwork", "received", "2026-03-01", "en" } }, .light = DESK_LIGHT_GREEN, .code = "ok", .object = 2, .good_until = "2026-06-01" },
  { "good before newer foreign", "draw.bloodwork", NULL, T, .papers = { { "bloodwork", "accepted", "2026-02-01", "en" }, { "bloodwork", "received", "2026-03-01", "ru" } }, .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-05-01" },
  { "replaced by a newer", "draw.bloodwork", NULL, T, .papers = { { "bloodwork", "accepted", "2026-02-01", "en" }, { "bloodwork", "received", "2026-03-01", "ru", .supersedes = 1 } }, .light = DESK_LIGHT_RED, .code = "language", .mend = "translate", .object = 2, .good_until = "2026-06-01" },
  { "the newer was rejected", "draw.bloodwork", NULL, T, .papers = { { "bloodwork", "accepted", "2026-02-01", "en" }, { "bloodwork", "rejected", "2026-03-01", "ru", .supersedes = 1 } }, .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-05-01" },
  { "a page is no paper of its own", "draw.imaging", NULL, T, ONE ("imaging", "received", "2026-03-01", "en", "page", 9), .light = DESK_LIGHT_RED, .code = "missing", .mend = "ask" },
  { "two asked, due day kept", "draw.imaging", NULL, T, .papers = { { "imaging", "rejected", "2026-01-01", "en" }, { "imaging", "requested", "", "", .due_on = "2026-03-20" } }, .light = DESK_LIGHT_RED, .code = "requested", .mend = "add-paper", .object = 2 },
  /* papers: translation */
  { "foreign", "draw.medical_report", NULL, T, ONE ("medical_report", "received", "2026-03-01", "vi"), .light = DESK_LIGHT_RED, .code = "language", .mend = "translate", .object = 1, .good_until = "2026-06-01" },
  { "marked, though English", "draw.medical_report", NULL, T, ONE ("medical_report", "needs_translation", "2026-03-01", "en"), .light = DESK_LIGHT_RED, .code = "language", .mend = "translate", .object = 1, .good_until = "2026-06-01" },
  { "in translation", "draw.medical_report", NULL, T, ONE ("medical_report", "in_translation", "2026-03-01", "vi"), .light = DESK_LIGHT_RED, .code = "in-translation", .mend = "translate", .object = 1, .good_until = "2026-06-01" },
  { "no certificate", "draw.medical_report", NULL, T, .papers = { { "medical_report", "received", "2026-03-01", "vi" }, { "translation", "accepted", "", "en", "translation", 1 } }, .light = DESK_LIGHT_RED, .code = "certificate", .mend = "translate", .object = 1, .good_until = "2026-06-01" },
  { "one item of three", "draw.medical_report", NULL, T, .papers = { { "medical_report", "received", "2026-03-01", "vi" }, { "translation", "accepted", "", "en", "translation", 1 }, { "other", "received", "", "en", "certificate", 1 } }, .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-06-01" },
  { "scan of the translation is young, the examination old", "draw.medical_report", NULL, T, .papers = { { "medical_report", "received", "2025-11-01", "vi" }, { "translation", "accepted", "2026-03-10", "en", "translation", 1 }, { "other", "received", "", "en", "certificate", 1 } }, .light = DESK_LIGHT_RED, .code = "too-old", .mend = "ask", .object = 1, .good_until = "2026-02-01" },
  { "certificate rejected", "draw.medical_report", NULL, T, .papers = { { "medical_report", "received", "2026-03-01", "vi" }, { "translation", "accepted", "", "en", "translation", 1 }, { "other", "rejected", "", "en", "certificate", 1 } }, .light = DESK_LIGHT_RED, .code = "certificate", .mend = "translate", .object = 1, .good_until = "2026-06-01" },
  { "translation into a third language", "draw.medical_report", NULL, T, .papers = { { "medical_report", "received", "2026-03-01", "vi" }, { "translation", "accepted", "", "fr", "translation", 1 } }, .light = DESK_LIGHT_RED, .code = "language", .mend = "translate", .object = 1, .good_until = "2026-06-01" },
  { "newer original, stale translation", "draw.medical_report", NULL, T, .papers = { { "medical_report", "superseded", "2026-01-01", "vi" }, { "translation", "accepted", "", "en", "translation", 1 }, { "other", "received", "", "en", "certificate", 1 }, { "medical_report", "received", "2026-03-01", "vi", .supersedes = 1 } }, .light = DESK_LIGHT_RED, .code = "translation-stale", .mend = "translate", .object = 4, .good_until = "2026-06-01" },
  { "old translation by the examination's day", "draw.medical_report", NULL, T, .papers = { { "medical_report", "received", "2026-03-01", "vi" }, { "translation", "accepted", "2026-03-01", "en" }, { "other", "received", "", "en", "certificate", 1 } }, .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-06-01" },
  { "translation of another", "draw.medical_report", NULL, T, .papers = { { "medical_report", "received", "2026-03-01", "vi" }, { "translation", "accepted", "2026-02-01", "en" } }, .light = DESK_LIGHT_RED, .code = "language", .mend = "translate", .object = 1, .good_until = "2026-06-01" },
  { "any language will do", "draw.passport_copy", NULL, T, ONE ("passport", "received", "", "vi"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1 },
  { "a loop of replacements ends", "draw.imaging", NULL, T, .papers = { { "imaging", "received", "2026-03-01", "vi", .supersedes = 2 }, { "imaging", "superseded", "2026-03-01", "vi", .supersedes = 1 } }, .light = DESK_LIGHT_RED, .code = "language", .mend = "translate", .object = 1, .good_until = "2026-06-01" },
  /* who somebody is */
  { "name", "draw.identity", NULL, T, .light = DESK_LIGHT_GREEN, .code = "ok" },
  { "birth", "draw.birth", NULL, T, .light = DESK_LIGHT_GREEN, .code = "ok" },
  { "birth, only the year", "draw.birth", NULL, T, .birth = "1970", .light = DESK_LIGHT_RED, .code = "partial-date", .mend = "record" },
  { "birth unknown", "accept.birth", NULL, T, .birth = "", .light = DESK_LIGHT_RED, .code = "missing", .mend = "record" },
  { "birth is never passed over", "draw.birth", NULL, T, .birth = "", .override = "", .light = DESK_LIGHT_RED, .code = "missing", .mend = "record" },
  { "passport", "draw.passport", NULL, T, "2026-04-01", .light = DESK_LIGHT_GREEN, .code = "ok", .good_until = "2030-01-01" },
  { "passport, no number", "draw.passport", NULL, T, .passport = "", .light = DESK_LIGHT_RED, .code = "missing", .mend = "record" },
  { "passport of somebody at home", "draw.passport", NULL, T, .passport = "", .nationality = "JPN", .light = DESK_LIGHT_IDLE, .code = "not-needed" },
  { "passport expires before the draw", "draw.passport", NULL, T, "2026-04-01", .passport_until = "2026-03-31", .light = DESK_LIGHT_AMBER, .code = "expires", .mend = "record", .good_until = "2026-03-31" },
  { "passport expired", "draw.passport", NULL, T, .passport_until = "2026-03-14", .light = DESK_LIGHT_RED, .code = "expired", .mend = "record", .good_until = "2026-03-14" },
  { "passport is never passed over", "draw.passport", NULL, T, .passport = "", .override = "", .light = DESK_LIGHT_RED, .code = "missing", .mend = "record" },
  /* the decision */
  { "accepted", "draw.accepted", NULL, T, .light = DESK_LIGHT_GREEN, .code = "ok" },
  { "nobody decided", "draw.accepted", NULL, T, .accepted = 1, .light = DESK_LIGHT_RED, .code = "not-accepted", .mend = "accept" },
  { "declined", "draw.accepted", NULL, T, .accepted = 2, .light = DESK_LIGHT_RED, .code = "declined", .mend = "accept" },
  { "before the decision", "accept.imaging", NULL, T, .accepted = 1, ONE ("imaging", "received", "2025-12-01", "en"), .light = DESK_LIGHT_RED, .code = "too-old", .mend = "ask", .object = 1, .good_until = "2026-03-01" },
  { "judged on the day of the decision", "accept.imaging", NULL, T, .accepted_on = "2026-02-20", ONE ("imaging", "received", "2025-12-01", "en"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-03-01" },
  /* the laboratory */
  { "values of all agents", "draw.viral", NULL, T, .viral_on = { "2026-03-01", "2026-03-01", "2026-02-20", "2026-03-01", "2026-03-01", "2026-03-01" }, .light = DESK_LIGHT_GREEN, .code = "ok", .good_until = "2026-05-20" },
  { "one agent old on the draw day", "draw.viral", NULL, T, "2026-04-01", .viral_on = { "2026-03-01", "2026-03-01", "2025-12-20", "2026-03-01", "2026-03-01", "2026-03-01" }, .light = DESK_LIGHT_AMBER, .code = "will-expire", .mend = "viral", .good_until = "2026-03-20" },
  { "an agent is missing", "draw.viral", NULL, T, .viral_on = { "2026-03-01", "2026-03-01" }, .light = DESK_LIGHT_RED, .code = "agents-missing", .mend = "viral" },
  { "the paper has what values lack", "draw.viral", NULL, T, .viral_on = { "2026-03-01" }, ONE ("viral", "accepted", "2026-03-01", "en"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1, .good_until = "2026-06-01" },
  { "not reactive", "draw.reactive", NULL, T, .viral_on = { "2026-03-01" }, .light = DESK_LIGHT_GREEN, .code = "ok" },
  { "not tested", "draw.reactive", NULL, T, .light = DESK_LIGHT_IDLE, .code = "none" },
  { "reactive", "draw.reactive", NULL, T, .reactive = "hbsag", .light = DESK_LIGHT_RED, .code = "reactive", .mend = "decide" },
  { "reactive, a physician decided", "draw.reactive", NULL, T, .reactive = "hbsag", .override = "", .light = DESK_LIGHT_RED, .code = "reactive", .mend = "decide", .overridden = TRUE },
  /* overrides */
  { "passed over", "draw.imaging", NULL, T, .override = "", .light = DESK_LIGHT_RED, .code = "missing", .mend = "ask", .overridden = TRUE },
  { "passed over, for now", "draw.imaging", NULL, T, "2026-03-20", .override = "2026-03-20", .light = DESK_LIGHT_RED, .code = "missing", .mend = "ask", .overridden = TRUE },
  { "ends before the draw", "draw.imaging", NULL, T, "2026-03-20", .override = "2026-03-19", .light = DESK_LIGHT_AMBER, .code = "override-ends", .mend = "ask", .good_until = "2026-03-19" },
  { "ended", "draw.imaging", NULL, T, .override = "2026-03-14", .light = DESK_LIGHT_RED, .code = "missing", .mend = "ask" },
  { "amber passed over", "draw.viral", NULL, T, "2026-04-11", ONE ("viral", "received", "2026-01-10", "ja"), .override = "", .light = DESK_LIGHT_AMBER, .code = "will-expire", .mend = "viral", .object = 1, .good_until = "2026-04-10", .overridden = TRUE },
  /* stays */
  { "no draw, no stay", "draw.stay", NULL, T, .light = DESK_LIGHT_IDLE, .code = "no-step" },
  { "nobody wrote it down", "draw.stay", NULL, T, "2026-04-01", .light = DESK_LIGHT_AMBER, .code = "no-stay", .mend = "stay", .good_until = "2026-03-31" },
  { "nor on the day", "draw.stay", NULL, T, T, .light = DESK_LIGHT_RED, .code = "no-stay", .mend = "stay", .good_until = "2026-03-14" },
  { "inside the stay", "draw.stay", NULL, T, "2026-04-01", .stay_from = "2026-03-28", .stay_last = "2026-04-11", .light = DESK_LIGHT_GREEN, .code = "ok", .good_until = "2026-04-11" },
  { "on its last day", "draw.stay", NULL, T, "2026-04-11", .stay_from = "2026-03-28", .stay_last = "2026-04-11", .light = DESK_LIGHT_GREEN, .code = "ok", .good_until = "2026-04-11" },
  { "after its last day", "draw.stay", NULL, T, "2026-04-12", .stay_from = "2026-03-28", .stay_last = "2026-04-11", .light = DESK_LIGHT_AMBER, .code = "stay-ends", .mend = "stay", .good_until = "2026-04-11" },
  { "before the entry", "draw.stay", NULL, T, "2026-03-27", .stay_from = "2026-03-28", .light = DESK_LIGHT_AMBER, .code = "no-stay", .mend = "stay", .good_until = "2026-03-26" },
  { "after the planned departure", "infuse.stay", NULL, T, "2026-04-12", .stay_from = "2026-03-01", .stay_leaves = "2026-04-02", .light = DESK_LIGHT_AMBER, .code = "departs", .mend = "stay", .good_until = "2026-04-02" },
  { "lives here", "draw.stay", NULL, T, "2026-04-01", .resident = TRUE, .stay_from = "2020-01-01", .light = DESK_LIGHT_IDLE, .code = "not-needed" },
  /* release */
  { "nothing to release", "release.results", NULL, T, .light = DESK_LIGHT_IDLE, .code = "nothing-to-release" },
  { "growing", "release.harvest", NULL, T, "2026-03-20", .lot = "growing", .light = DESK_LIGHT_IDLE, .code = "growing", .object = 7 },
  { "harvest late", "release.harvest", NULL, T, "2026-03-14", .lot = "growing", .light = DESK_LIGHT_RED, .code = "harvest-late", .mend = "lot", .object = 7 },
  { "growing has no results", "release.results", NULL, T, "2026-03-20", .lot = "growing", .lot_waiting = "sterility", .light = DESK_LIGHT_IDLE, .code = "nothing-to-release" },
  { "harvested", "release.harvest", NULL, T, .lot = "harvested", .light = DESK_LIGHT_GREEN, .code = "ok" },
  { "results out", "release.results", NULL, T, .lot = "harvested", .lot_waiting = "sterility", .light = DESK_LIGHT_RED, .code = "waiting", .mend = "lot", .object = 7 },
  { "results in", "release.results", NULL, T, .lot = "harvested", .light = DESK_LIGHT_GREEN, .code = "ok" },
  { "outside a limit", "release.limits", NULL, T, .lot = "harvested", .lot_failed = "viability", .light = DESK_LIGHT_RED, .code = "failed", .mend = "lot", .object = 7 },
  { "held", "release.hold", NULL, T, .lot = "harvested", .lot_holds = 1, .light = DESK_LIGHT_RED, .code = "held", .mend = "lot", .object = 7 },
  { "label not read back", "release.label", NULL, T, .lot = "harvested", .lot_unlabelled = 2, .override = "", .light = DESK_LIGHT_RED, .code = "unlabelled", .mend = "lot", .object = 7 },
  { "inside the limits", "release.limits", NULL, T, .lot = "harvested", .light = DESK_LIGHT_GREEN, .code = "ok" },
  { "not held", "release.hold", NULL, T, .lot = "harvested", .light = DESK_LIGHT_GREEN, .code = "ok" },
  { "labels read back", "release.label", NULL, T, .lot = "harvested", .light = DESK_LIGHT_GREEN, .code = "ok" },
  /* infusion */
  { "no infusion", "infuse.dose", NULL, T, .light = DESK_LIGHT_IDLE, .code = "no-step" },
  { "no dose yet", "infuse.dose", NULL, T, "2026-03-20", .light = DESK_LIGHT_AMBER, .code = "no-dose", .mend = "reserve" },
  { "no dose on the day", "infuse.dose", NULL, T, T, .light = DESK_LIGHT_RED, .code = "no-dose", .mend = "reserve" },
  { "no dose, its quality is idle", "infuse.released", NULL, T, "2026-03-20", .light = DESK_LIGHT_IDLE, .code = "no-dose" },
  { "dose", "infuse.dose", NULL, T, "2026-03-20", .dose = "", .light = DESK_LIGHT_GREEN, .code = "ok", .object = 8 },
  { "quarantine", "infuse.released", NULL, T, "2026-03-20", .dose = "quarantine", .light = DESK_LIGHT_RED, .code = "not-released", .mend = "dose", .object = 8 },
  { "dose held", "infuse.hold", NULL, T, "2026-03-20", .dose = "held", .light = DESK_LIGHT_RED, .code = "held", .mend = "dose", .object = 8 },
  { "dose not labelled", "infuse.label", NULL, T, "2026-03-20", .dose = "unlabelled", .override = "", .light = DESK_LIGHT_RED, .code = "unlabelled", .mend = "dose", .object = 8 },
  { "dose expires before", "infuse.expiry", NULL, T, "2026-03-20", .dose = "", .dose_until = "2026-03-19", .light = DESK_LIGHT_AMBER, .code = "dose-expires", .mend = "reserve", .object = 8, .good_until = "2026-03-19" },
  { "dose expired", "infuse.expiry", NULL, T, "2026-03-20", .dose = "", .dose_until = "2026-03-14", .light = DESK_LIGHT_RED, .code = "dose-expired", .mend = "reserve", .object = 8, .good_until = "2026-03-14" },
  { "released", "infuse.released", NULL, T, "2026-03-20", .dose = "", .light = DESK_LIGHT_GREEN, .code = "ok", .object = 8 },
  { "dose not held", "infuse.hold", NULL, T, "2026-03-20", .dose = "", .light = DESK_LIGHT_GREEN, .code = "ok", .object = 8 },
  { "dose labelled", "infuse.label", NULL, T, "2026-03-20", .dose = "", .light = DESK_LIGHT_GREEN, .code = "ok", .object = 8 },
  { "dose good that day", "infuse.expiry", NULL, T, "2026-03-20", .dose = "", .dose_until = "2026-03-20", .light = DESK_LIGHT_GREEN, .code = "ok", .object = 8, .good_until = "2026-03-20" },
  { "consent, any language", "infuse.consent", NULL, T, "2026-03-20", ONE ("consent", "accepted", "2025-03-01", "vi"), .light = DESK_LIGHT_GREEN, .code = "ok", .object = 1 },
  { "no consent", "draw.consent", NULL, T, "2026-03-20", .light = DESK_LIGHT_RED, .code = "missing", .mend = "consent" },
};

static DeskDay
day (const char *iso)
{
  DeskDay out = DESK_DAY_NONE;

  g_assert_true (!iso || !*iso || desk_day_parse (iso, &out));
  return out;
}

static const char *
text (const char *given, const char *otherwise)
{
  return given ? given : otherwise;
}

static void
add_papers (DeskCase *case_, const Case *c)
{
  for (guint i = 0; i < G_N_ELEMENTS (c->papers) && c->papers[i].kind; i++)
    {
      const Paper *p = &c->papers[i];
      DeskCasePaper paper = { .id = i + 1, .kind = p->kind, .state = p->state, .language = p->language,
                              .part = text (p->part, ""), .part_of = p->part_of, .supersedes = p->supersedes,
                              .received_at = 1000 + i, .due_on = day (p->due_on) };

      g_strlcpy (paper.examined_on, p->examined_on, sizeof paper.examined_on);
      g_array_append_val (case_->papers, paper);
    }
}

static void
add_cells (DeskCase *case_, const Case *c)
{
  if (c->lot)
    {
      DeskCaseLot lot = { .id = 7, .number = "L26-0007", .harvested = g_str_equal (c->lot, "harvested"),
                          .expected = day (c->day), .holds = c->lot_holds, .unlabelled = c->lot_unlabelled };

      g_strlcpy (lot.waiting, text (c->lot_waiting, ""), sizeof lot.waiting);
      g_strlcpy (lot.failed, text (c->lot_failed, ""), sizeof lot.failed);
      g_array_append_val (case_->lots, lot);
    }
  if (c->dose)
    case_->dose = (DeskCaseDose){ .id = 8, .number = "D-8", .released = !g_str_equal (c->dose, "quarantine"),
                                  .labelled = !g_str_equal (c->dose, "unlabelled"),
                                  .holds = g_str_equal (c->dose, "held"), .use_until = day (c->dose_until) };
}

static void
add_rules (DeskCase *case_, const Case *c, DeskGate gate)
{
  case_->settings = g_array_new (FALSE, FALSE, sizeof (DeskGateSetting));
  if (c->months)
    {
      DeskGateSetting setting = { c->rule, MAX (c->months, 0), TRUE, 1 };

      g_array_append_val (case_->settings, setting);
    }
  if (c->override)
    {
      DeskGateOverride override = { .id = 1, .gate = gate, .rule = strchr (c->rule, '.') + 1,
                                    .reason = g_strdup ("known"), .by = g_strdup ("Dr Abe"), .until = day (c->override) };

      g_array_append_val (case_->overrides, override);
    }
}

static DeskCase *
make (const Case *c, DeskGate gate)
{
  DeskCase *case_ = desk_case_new ();

  case_->name = g_strdup ("NGUYEN");
  case_->birth = g_strdup (text (c->birth, "1970-05-05"));
  case_->nationality = g_strdup (text (c->nationality, "VNM"));
  case_->passport = g_strdup (text (c->passport, "B1234567"));
  case_->passport_until = g_strdup (text (c->passport_until, "2030-01-01"));
  case_->languages = g_strdup ("vi");
  case_->purpose = text (c->purpose, "treatment");
  case_->accepted = c->accepted == 1 ? -1 : c->accepted == 2 ? 0 : 1;
  case_->accepted_on = day (c->accepted_on);
  case_->days[gate] = day (c->day);
  add_papers (case_, c);
  for (guint i = 0; i < 6; i++)
    if (c->viral_on[i])
      {
        DeskCaseViral viral = { desk_gate_agents ()[i], day (c->viral_on[i]) };
        g_array_append_val (case_->viral, viral);
      }
  g_strlcpy (case_->reactive, text (c->reactive, ""), sizeof case_->reactive);
  if (c->stay_from)
    {
      DeskCaseStay stay = { c->resident, day (c->stay_from), day (c->stay_last), day (c->stay_leaves) };
      g_array_append_val (case_->stays, stay);
    }
  add_cells (case_, c);
  add_rules (case_, c, gate);
  return case_;
}

static void
test_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_auto (GStrv) parts = g_strsplit (c->rule, ".", 2);
      DeskGate gate = DESK_GATE_ACCEPT;
      gboolean seen = FALSE;

      g_assert_true (desk_gate_parse (parts[0], &gate));
      g_autoptr (DeskCase) case_ = make (c, gate);
      g_autoptr (GArray) checks = desk_gate_judge (case_, gate, day (c->today));
      for (guint n = 0; n < checks->len; n++)
        {
          const DeskGateCheck *check = &g_array_index (checks, DeskGateCheck, n);

          if (!g_str_equal (check->rule->code, parts[1]))
            continue;
          seen = TRUE;
          if (check->light != c->light || g_strcmp0 (check->code, c->code) || g_strcmp0 (check->mend, c->mend)
              || check->object_id != c->object || check->good_until != day (c->good_until)
              || (check->override != NULL) != c->overridden)
            g_error ("%s: light %d, %s, mend %s, object %d, good until %d, override %d", c->label, check->light, check->code,
                     check->mend, (int) check->object_id, check->good_until, check->override != NULL);
        }
      if (!seen)
        g_error ("%s: the rule was not asked", c->label);
    }
}

/* Every rule stands in the table above green or idle, and red or amber. */
static void
test_table_is_whole (void)
{
  guint n_rules;
  const DeskGateRule *rules = desk_gate_rules (&n_rules);

  for (guint r = 0; r < n_rules; r++)
    {
      gboolean good = FALSE, bad = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          const DeskGateRule *rule = NULL;
          g_auto (GStrv) parts = g_strsplit (cases[i].rule, ".", 2);
          DeskGate gate = DESK_GATE_ACCEPT;

          if (desk_gate_parse (parts[0], &gate))
            rule = desk_gate_rule (gate, parts[1]);
          /* One looker judges the same thing for several gates and kinds of paper. */
          if (!rule || rule->look != rules[r].look || (rule->look >= DESK_LOOK_LOT && g_strcmp0 (rule->what, rules[r].what)))
            continue;
          good |= cases[i].light <= DESK_LIGHT_GREEN;
          bad |= cases[i].light >= DESK_LIGHT_AMBER || rules[r].look == DESK_LOOK_NAME;
        }
      if (!good || !bad)
        g_error ("%s.%s is not in the table of tests", desk_gate_code (rules[r].gate), rules[r].code);
      g_assert_true (desk_gate_rule (rules[r].gate, rules[r].code) == &rules[r]);
      g_assert_cmpint (rules[r].measured, ==, rules[r].gate);
    }
}

static void
test_purposes (void)
{
  static const struct
  {
    const char *purpose;
    DeskGate gate;
    const char *rules;
  } wanted[] = {
    { "treatment", DESK_GATE_ACCEPT, "identity,birth,medical_report,pathology,imaging,bloodwork" },
    { "prevention", DESK_GATE_ACCEPT, "identity,birth,bloodwork" },
    { "treatment", DESK_GATE_DRAW, "identity,birth,passport,accepted,medical_report,pathology,imaging,bloodwork,viral,reactive,passport_copy,consent,stay" },
    { "prevention", DESK_GATE_DRAW, "identity,birth,passport,accepted,bloodwork,viral,reactive,passport_copy,consent,stay" },
    { "prevention", DESK_GATE_INFUSE, "identity,birth,consent,dose,released,label,hold,expiry,stay" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (DeskCase) case_ = desk_case_new ();
      g_autoptr (GString) got = g_string_new (NULL);

      case_->purpose = wanted[i].purpose;
      g_autoptr (GArray) checks = desk_gate_judge (case_, wanted[i].gate, day (T));
      for (guint n = 0; n < checks->len; n++)
        g_string_append_printf (got, "%s%s", n ? "," : "", g_array_index (checks, DeskGateCheck, n).rule->code);
      g_assert_cmpstr (got->str, ==, wanted[i].rules);
    }
}

/* Switched off by the clinic; of identity rules it has no effect. */
static void
test_switched_off (void)
{
  static const struct
  {
    const char *key, *code;
    gboolean asked;
  } rows[] = { { "draw.imaging", "imaging", FALSE }, { "accept.imaging", "imaging", TRUE }, { "draw.birth", "birth", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DeskCase) case_ = desk_case_new ();
      DeskGateSetting setting = { rows[i].key, -1, FALSE, 1 };
      gboolean asked = FALSE;

      case_->settings = g_array_new (FALSE, FALSE, sizeof (DeskGateSetting));
      g_array_append_val (case_->settings, setting);
      g_autoptr (GArray) checks = desk_gate_judge (case_, DESK_GATE_DRAW, day (T));
      for (guint n = 0; n < checks->len; n++)
        asked |= g_str_equal (g_array_index (checks, DeskGateCheck, n).rule->code, rows[i].code);
      g_assert_cmpint (asked, ==, rows[i].asked);
    }
}

static void
test_summary (void)
{
  Case c = { "all", "draw.imaging", "prevention", T, "2026-04-01",
             .papers = { { "bloodwork", "accepted", "2026-02-10", "en" }, { "viral", "accepted", "2026-03-01", "en" },
                         { "passport", "received", "", "vi" }, { "consent", "accepted", "", "vi" } },
             .stay_from = "2026-03-28", .stay_last = "2026-04-20" };
  g_autoptr (DeskCase) ready = make (&c, DESK_GATE_DRAW);
  g_autoptr (GArray) good = desk_gate_judge (ready, DESK_GATE_DRAW, day (T));
  DeskGateSummary summary;

  desk_gate_sum (ready, DESK_GATE_DRAW, good, &summary);
  g_assert_cmpint (summary.light, ==, DESK_LIGHT_GREEN);
  g_assert_cmpint (summary.ready_until, ==, day ("2026-04-20"));
  g_assert_cmpint (summary.day, ==, day ("2026-04-01"));

  c.day = "2026-05-15";
  c.passport_until = "2026-03-14";
  c.accepted = 1;
  g_autoptr (DeskCase) later = make (&c, DESK_GATE_DRAW);
  g_autoptr (GArray) checks = desk_gate_judge (later, DESK_GATE_DRAW, day (T));
  desk_gate_sum (later, DESK_GATE_DRAW, checks, &summary);
  g_assert_cmpint (summary.light, ==, DESK_LIGHT_RED);
  g_assert_cmpuint (summary.n_red, ==, 2);   /* passport, decision */
  g_assert_cmpuint (summary.n_amber, ==, 2); /* bloodwork, stay */
  g_assert_cmpint (summary.ready_until, ==, day ("2026-04-20"));
}

static void
test_steps (void)
{
  DeskGate gate = DESK_N_GATES;

  g_assert_true (desk_gate_of_visit ("apheresis", &gate));
  g_assert_cmpint (gate, ==, DESK_GATE_DRAW);
  g_assert_true (desk_gate_of_visit ("infusion", &gate));
  g_assert_cmpint (gate, ==, DESK_GATE_INFUSE);
  g_assert_false (desk_gate_of_visit ("remote", &gate));
  g_assert_false (desk_gate_parse ("open", &gate));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gate/rules", test_rules);
  g_test_add_func ("/gate/table-is-whole", test_table_is_whole);
  g_test_add_func ("/gate/purposes", test_purposes);
  g_test_add_func ("/gate/switched-off", test_switched_off);
  g_test_add_func ("/gate/summary", test_summary);
  g_test_add_func ("/gate/steps", test_steps);
  return g_test_run ();
}
