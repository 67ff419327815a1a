-- Schema step 5, part 3: money. Yen are whole numbers; nothing here is a fraction. What was billed and paid is never
-- edited: an invoice is corrected by a credit note, a payment by a refund.

ALTER TABLE clinic ADD COLUMN tax_number TEXT NOT NULL DEFAULT ''; -- qualified invoice issuer: T and 13 digits
ALTER TABLE clinic ADD COLUMN tax_round TEXT NOT NULL DEFAULT 'down' CHECK (tax_round IN ('down', 'nearest', 'up'));
ALTER TABLE clinic ADD COLUMN stamp_box INTEGER NOT NULL DEFAULT 0 CHECK (stamp_box IN (0, 1)); -- receipts leave room for a revenue stamp
ALTER TABLE clinic ADD COLUMN bank TEXT NOT NULL DEFAULT ''; -- where an invoice is paid to, for payers abroad
ALTER TABLE clinic ADD COLUMN bank_ja TEXT NOT NULL DEFAULT '';

-- Fee schedules: the one with the newest first day that has come holds; one in use is not changed, a new one follows it.
CREATE TABLE fee_schedule (
  id       INTEGER PRIMARY KEY,
  from_on  TEXT    NOT NULL UNIQUE,
  note     TEXT    NOT NULL DEFAULT '',
  with_tax INTEGER NOT NULL DEFAULT 0 CHECK (with_tax IN (0, 1)), -- prices contain the tax
  at       INTEGER NOT NULL,
  by_id    INTEGER REFERENCES staff (id),
  closed_at INTEGER,                             -- approved: from now on it cannot be changed
  version  INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX fee_schedule_by ON fee_schedule (by_id);

CREATE TABLE fee (
  schedule_id INTEGER NOT NULL REFERENCES fee_schedule (id),
  code        TEXT    NOT NULL CHECK (code <> ''),
  position    INTEGER NOT NULL,
  name        TEXT    NOT NULL CHECK (name <> ''),
  name_ja     TEXT    NOT NULL DEFAULT '',
  price       INTEGER NOT NULL CHECK (price BETWEEN 0 AND 1000000000000), -- yen, of one
  tax         INTEGER NOT NULL DEFAULT 10 CHECK (tax IN (0, 8, 10)),       -- per cent
  sessions    INTEGER NOT NULL DEFAULT 0 CHECK (sessions BETWEEN 0 AND 100), -- of a package; 0 for a single service
  visit_type  TEXT    NOT NULL DEFAULT '',       -- what a session is used by, or the service is charged for
  active      INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  PRIMARY KEY (schedule_id, code)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER fee_closed_new BEFORE INSERT ON fee WHEN (SELECT closed_at FROM fee_schedule WHERE id = NEW.schedule_id) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'fees-closed'); END;
CREATE TRIGGER fee_closed BEFORE UPDATE ON fee WHEN (SELECT closed_at FROM fee_schedule WHERE id = OLD.schedule_id) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'fees-closed'); END;
CREATE TRIGGER fee_closed_kept BEFORE DELETE ON fee WHEN (SELECT closed_at FROM fee_schedule WHERE id = OLD.schedule_id) IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'fees-closed'); END;
CREATE TRIGGER fee_schedule_closed BEFORE UPDATE ON fee_schedule WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'fees-closed'); END;

-- What a foreign currency was worth, by whom and until when that is used: yen for one unit, times 10,000.
CREATE TABLE exchange_rate (
  id       INTEGER PRIMARY KEY,
  currency TEXT    NOT NULL CHECK (length (currency) = 3 AND currency <> 'JPY'),
  rate     INTEGER NOT NULL CHECK (rate BETWEEN 1 AND 1000000000000),
  source   TEXT    NOT NULL CHECK (source <> ''),
  on_day   TEXT    NOT NULL,
  until_on TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  by_id    INTEGER REFERENCES staff (id),
  CHECK (until_on >= on_day)
) STRICT;

CREATE INDEX exchange_rate_of ON exchange_rate (currency, on_day, id);
CREATE INDEX exchange_rate_by ON exchange_rate (by_id);
CREATE TRIGGER exchange_rate_fixed BEFORE UPDATE ON exchange_rate BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER exchange_rate_kept BEFORE DELETE ON exchange_rate BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- What happens to money when something is cancelled, in the clinic's own words; the newest counts, old ones are kept
-- because quotes were made under them.
CREATE TABLE cancel_terms (
  id      INTEGER PRIMARY KEY,
  words   TEXT    NOT NULL CHECK (words <> ''),
  words_ja TEXT   NOT NULL DEFAULT '',
  at      INTEGER NOT NULL,
  by_id   INTEGER REFERENCES staff (id)
) STRICT;

CREATE INDEX cancel_terms_by ON cancel_terms (by_id);
CREATE TRIGGER cancel_terms_fixed BEFORE UPDATE ON cancel_terms BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER cancel_terms_kept BEFORE DELETE ON cancel_terms BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- A quote has versions: the same number, seq 1, 2 …; sent, it is fixed.
CREATE TABLE quote (
  id          INTEGER PRIMARY KEY,
  patient_id  INTEGER NOT NULL REFERENCES patient (id),
  number      TEXT    NOT NULL,
  seq         INTEGER NOT NULL DEFAULT 1 CHECK (seq >= 1),
  status      TEXT    NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'sent', 'accepted', 'refused', 'replaced', 'lapsed')),
  made_on     TEXT    NOT NULL,
  valid_until TEXT    NOT NULL,
  schedule_id INTEGER REFERENCES fee_schedule (id),
  with_tax    INTEGER NOT NULL CHECK (with_tax IN (0, 1)),
  tax_round   TEXT    NOT NULL CHECK (tax_round IN ('down', 'nearest', 'up')),
  rate_id     INTEGER REFERENCES exchange_rate (id),
  terms_id    INTEGER REFERENCES cancel_terms (id),
  plan_id     INTEGER REFERENCES plan (id),
  deposit     INTEGER NOT NULL DEFAULT 0 CHECK (deposit BETWEEN 0 AND 1000000000000000), -- asked for before the treatment
  note        TEXT    NOT NULL DEFAULT '',
  net         INTEGER NOT NULL DEFAULT 0,
  tax         INTEGER NOT NULL DEFAULT 0,
  total       INTEGER NOT NULL DEFAULT 0 CHECK (total BETWEEN 0 AND 1000000000000000 AND total = net + tax),
  accepted_on TEXT    NOT NULL DEFAULT '',
  at          INTEGER NOT NULL,
  by_id       INTEGER REFERENCES staff (id),
  version     INTEGER NOT NULL DEFAULT 1,
  UNIQUE (number, seq),
  UNIQUE (id, patient_id)
) STRICT;

CREATE INDEX quote_of ON quote (patient_id, made_on);
CREATE INDEX quote_open ON quote (valid_until) WHERE status IN ('draft', 'sent');
CREATE INDEX quote_schedule ON quote (schedule_id);
CREATE INDEX quote_rate ON quote (rate_id);
CREATE INDEX quote_terms ON quote (terms_id);
CREATE INDEX quote_plan ON quote (plan_id);
CREATE INDEX quote_by ON quote (by_id);

CREATE TABLE quote_line (
  quote_id INTEGER NOT NULL REFERENCES quote (id),
  seq      INTEGER NOT NULL CHECK (seq >= 1),
  code     TEXT    NOT NULL DEFAULT '',          -- of the fee; empty for a free line
  words    TEXT    NOT NULL CHECK (words <> ''),
  words_ja TEXT    NOT NULL DEFAULT '',
  count    INTEGER NOT NULL CHECK (count BETWEEN 1 AND 10000),
  price    INTEGER NOT NULL CHECK (price BETWEEN -1000000000000 AND 1000000000000), -- yen; a discount is negative
  tax      INTEGER NOT NULL CHECK (tax IN (0, 8, 10)),
  sessions INTEGER NOT NULL DEFAULT 0 CHECK (sessions BETWEEN 0 AND 100), -- in each
  visit_type TEXT  NOT NULL DEFAULT '',
  PRIMARY KEY (quote_id, seq)
) STRICT, WITHOUT ROWID;

-- Invoices: kind 'invoice', or 'credit' which takes all or part of one back (a qualified return invoice).
CREATE TABLE invoice (
  id          INTEGER PRIMARY KEY,
  patient_id  INTEGER NOT NULL REFERENCES patient (id),
  number      TEXT    NOT NULL UNIQUE,
  kind        TEXT    NOT NULL DEFAULT 'invoice' CHECK (kind IN ('invoice', 'credit')),
  quote_id    INTEGER,
  credits     INTEGER REFERENCES invoice (id),   -- of a credit note: what it takes back
  issued_on   TEXT    NOT NULL,
  due_on      TEXT    NOT NULL DEFAULT '',
  recipient   TEXT    NOT NULL CHECK (recipient <> ''),
  tax_number  TEXT    NOT NULL DEFAULT '',       -- the clinic's, as it was
  with_tax    INTEGER NOT NULL CHECK (with_tax IN (0, 1)),
  tax_round   TEXT    NOT NULL CHECK (tax_round IN ('down', 'nearest', 'up')),
  rate_id     INTEGER REFERENCES exchange_rate (id),
  net         INTEGER NOT NULL,
  tax         INTEGER NOT NULL,
  total       INTEGER NOT NULL CHECK (total BETWEEN 0 AND 1000000000000000 AND total = net + tax),
  reason      TEXT    NOT NULL DEFAULT '',       -- of a credit note
  at          INTEGER NOT NULL,
  by_id       INTEGER REFERENCES staff (id),
  UNIQUE (id, patient_id),
  FOREIGN KEY (quote_id, patient_id) REFERENCES quote (id, patient_id),
  CHECK ((kind = 'credit') = (credits IS NOT NULL))
) STRICT;

CREATE INDEX invoice_of ON invoice (patient_id, issued_on);
CREATE INDEX invoice_quote ON invoice (quote_id, patient_id);
CREATE INDEX invoice_credits ON invoice (credits) WHERE credits IS NOT NULL;
CREATE INDEX invoice_rate ON invoice (rate_id);
CREATE INDEX invoice_by ON invoice (by_id);
CREATE INDEX invoice_day ON invoice (issued_on, id);
CREATE INDEX invoice_due ON invoice (due_on) WHERE due_on <> '';

CREATE TABLE invoice_line (
  invoice_id INTEGER NOT NULL REFERENCES invoice (id),
  seq      INTEGER NOT NULL CHECK (seq >= 1),
  code     TEXT    NOT NULL DEFAULT '',
  words    TEXT    NOT NULL CHECK (words <> ''),
  words_ja TEXT    NOT NULL DEFAULT '',
  count    INTEGER NOT NULL CHECK (count BETWEEN 1 AND 10000),
  price    INTEGER NOT NULL CHECK (price BETWEEN -1000000000000 AND 1000000000000),
  tax      INTEGER NOT NULL CHECK (tax IN (0, 8, 10)),
  sessions INTEGER NOT NULL DEFAULT 0 CHECK (sessions BETWEEN 0 AND 100),
  visit_type TEXT  NOT NULL DEFAULT '',
  PRIMARY KEY (invoice_id, seq)
) STRICT, WITHOUT ROWID;

-- Once for each rate on an invoice: tax is rounded there and nowhere else.
CREATE TABLE invoice_tax (
  invoice_id INTEGER NOT NULL REFERENCES invoice (id),
  rate       INTEGER NOT NULL CHECK (rate IN (0, 8, 10)),
  net        INTEGER NOT NULL,
  tax        INTEGER NOT NULL,
  PRIMARY KEY (invoice_id, rate)
) STRICT, WITHOUT ROWID;

-- Money that came: a deposit has no invoice yet. Its receipt number is given when it is written.
CREATE TABLE payment (
  id         INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  number     TEXT    NOT NULL UNIQUE,            -- of the receipt
  quote_id   INTEGER,                            -- a deposit on it
  amount     INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000000), -- yen
  method     TEXT    NOT NULL CHECK (method IN ('cash', 'card', 'transfer', 'wallet', 'other')),
  currency   TEXT    NOT NULL DEFAULT 'JPY' CHECK (length (currency) = 3), -- what was handed over
  foreign_amount INTEGER NOT NULL DEFAULT 0 CHECK (foreign_amount >= 0),  -- in the currency's smallest unit
  rate_id    INTEGER REFERENCES exchange_rate (id),
  received_on TEXT   NOT NULL,
  payer      TEXT    NOT NULL DEFAULT '',        -- who paid, where that is another than the patient
  note       TEXT    NOT NULL DEFAULT '',
  at         INTEGER NOT NULL,
  by_id      INTEGER REFERENCES staff (id),
  UNIQUE (id, patient_id),
  FOREIGN KEY (quote_id, patient_id) REFERENCES quote (id, patient_id),
  CHECK ((currency = 'JPY') = (rate_id IS NULL) AND (currency = 'JPY') = (foreign_amount = 0))
) STRICT;

CREATE INDEX payment_of ON payment (patient_id, received_on);
CREATE INDEX payment_day ON payment (received_on, id);
CREATE INDEX payment_quote ON payment (quote_id, patient_id);
CREATE INDEX payment_rate ON payment (rate_id);
CREATE INDEX payment_by ON payment (by_id);

-- Which invoice a payment is for; what is left of it is a deposit.
CREATE TABLE payment_part (
  id         INTEGER PRIMARY KEY,
  payment_id INTEGER NOT NULL,
  invoice_id INTEGER NOT NULL,
  patient_id INTEGER NOT NULL,
  amount     INTEGER NOT NULL CHECK (amount <> 0), -- negative where it is taken off again
  at         INTEGER NOT NULL,
  by_id      INTEGER REFERENCES staff (id),
  FOREIGN KEY (payment_id, patient_id) REFERENCES payment (id, patient_id),
  FOREIGN KEY (invoice_id, patient_id) REFERENCES invoice (id, patient_id)
) STRICT;

CREATE INDEX payment_part_of ON payment_part (payment_id, patient_id);
CREATE INDEX payment_part_to ON payment_part (invoice_id, patient_id);
CREATE INDEX payment_part_by ON payment_part (by_id);

CREATE TABLE refund (
  id         INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  number     TEXT    NOT NULL UNIQUE,
  payment_id INTEGER NOT NULL,
  amount     INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000000), -- yen
  method     TEXT    NOT NULL CHECK (method IN ('cash', 'card', 'transfer', 'wallet', 'other')),
  currency   TEXT    NOT NULL DEFAULT 'JPY' CHECK (length (currency) = 3),
  foreign_amount INTEGER NOT NULL DEFAULT 0 CHECK (foreign_amount >= 0),
  rate_id    INTEGER REFERENCES exchange_rate (id),
  paid_on    TEXT    NOT NULL,
  reason     TEXT    NOT NULL CHECK (reason <> ''),
  at         INTEGER NOT NULL,
  by_id      INTEGER REFERENCES staff (id),
  UNIQUE (id, patient_id),
  FOREIGN KEY (payment_id, patient_id) REFERENCES payment (id, patient_id),
  CHECK ((currency = 'JPY') = (rate_id IS NULL) AND (currency = 'JPY') = (foreign_amount = 0))
) STRICT;

CREATE INDEX refund_of ON refund (payment_id, patient_id);
CREATE INDEX refund_patient ON refund (patient_id, paid_on);
CREATE INDEX refund_day ON refund (paid_on, id);
CREATE INDEX refund_rate ON refund (rate_id);
CREATE INDEX refund_by ON refund (by_id);

-- Never more on an invoice than it is, never more of a payment than there is.
CREATE TRIGGER payment_part_fits BEFORE INSERT ON payment_part
BEGIN
  SELECT RAISE (ABORT, 'payment-spent')
    WHERE NEW.amount + (SELECT COALESCE (sum (amount), 0) FROM payment_part WHERE payment_id = NEW.payment_id)
          + (SELECT COALESCE (sum (amount), 0) FROM refund WHERE payment_id = NEW.payment_id)
          > (SELECT amount FROM payment WHERE id = NEW.payment_id);
  SELECT RAISE (ABORT, 'invoice-overpaid')
    WHERE NEW.amount + (SELECT COALESCE (sum (amount), 0) FROM payment_part WHERE invoice_id = NEW.invoice_id)
          + (SELECT COALESCE (sum (total), 0) FROM invoice WHERE credits = NEW.invoice_id)
          > (SELECT total FROM invoice WHERE id = NEW.invoice_id) AND NEW.amount > 0;
  SELECT RAISE (ABORT, 'payment-part-below-zero')
    WHERE NEW.amount + (SELECT COALESCE (sum (amount), 0) FROM payment_part WHERE payment_id = NEW.payment_id AND invoice_id = NEW.invoice_id) < 0;
  SELECT RAISE (ABORT, 'invoice-is-credit') WHERE (SELECT kind FROM invoice WHERE id = NEW.invoice_id) <> 'invoice';
END;
CREATE TRIGGER refund_fits BEFORE INSERT ON refund
BEGIN
  SELECT RAISE (ABORT, 'payment-spent')
    WHERE NEW.amount + (SELECT COALESCE (sum (amount), 0) FROM payment_part WHERE payment_id = NEW.payment_id)
          + (SELECT COALESCE (sum (amount), 0) FROM refund WHERE payment_id = NEW.payment_id)
          > (SELECT amount FROM payment WHERE id = NEW.payment_id);
END;
CREATE TRIGGER invoice_credit_fits BEFORE INSERT ON invoice WHEN NEW.kind = 'credit'
BEGIN
  SELECT RAISE (ABORT, 'credit-too-much')
    WHERE NEW.total + (SELECT COALESCE (sum (total), 0) FROM invoice WHERE credits = NEW.credits)
          > (SELECT total FROM invoice WHERE id = NEW.credits AND kind = 'invoice' AND patient_id = NEW.patient_id)
       OR NOT EXISTS (SELECT 1 FROM invoice WHERE id = NEW.credits AND kind = 'invoice' AND patient_id = NEW.patient_id);
END;

-- A package: so many sessions, each once used, reserved, void, or left.
CREATE TABLE package (
  id         INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient (id),
  invoice_id INTEGER NOT NULL,
  code       TEXT    NOT NULL,
  words      TEXT    NOT NULL,
  words_ja   TEXT    NOT NULL DEFAULT '',
  visit_type TEXT    NOT NULL,
  sessions   INTEGER NOT NULL CHECK (sessions BETWEEN 1 AND 1000000),
  at         INTEGER NOT NULL,
  UNIQUE (id, patient_id),
  FOREIGN KEY (invoice_id, patient_id) REFERENCES invoice (id, patient_id)
) STRICT;

CREATE INDEX package_of ON package (patient_id);
CREATE INDEX package_invoice ON package (invoice_id, patient_id);

CREATE TABLE package_use (
  id         INTEGER PRIMARY KEY,
  package_id INTEGER NOT NULL,
  patient_id INTEGER NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('reserved', 'used', 'void')),
  visit_id   INTEGER,
  reason     TEXT    NOT NULL DEFAULT '',        -- of a void one: refunded, forfeited …
  at         INTEGER NOT NULL,
  by_id      INTEGER REFERENCES staff (id),
  ended_at   INTEGER,                            -- a reservation that was let go, a use taken back
  version    INTEGER NOT NULL DEFAULT 1,
  FOREIGN KEY (package_id, patient_id) REFERENCES package (id, patient_id),
  FOREIGN KEY (visit_id, patient_id) REFERENCES visit (id, patient_id),
  CHECK (state <> 'void' OR reason <> ''),
  CHECK (state = 'void' OR visit_id IS NOT NULL)
) STRICT;

CREATE INDEX package_use_of ON package_use (package_id, patient_id);
CREATE INDEX package_use_by ON package_use (by_id);
CREATE INDEX package_use_visit_key ON package_use (visit_id, patient_id);
CREATE UNIQUE INDEX package_use_visit ON package_use (visit_id) WHERE ended_at IS NULL AND visit_id IS NOT NULL;
CREATE TRIGGER package_use_fits BEFORE INSERT ON package_use
WHEN (SELECT count (*) FROM package_use WHERE package_id = NEW.package_id AND ended_at IS NULL)
     >= (SELECT sessions FROM package WHERE id = NEW.package_id)
BEGIN SELECT RAISE (ABORT, 'package-empty'); END;

-- The drawer at the end of a day, by currency and way of paying. A day that is closed takes no more money.
CREATE TABLE day_close (
  id        INTEGER PRIMARY KEY,
  day       TEXT    NOT NULL UNIQUE,
  at        INTEGER NOT NULL,
  by_id     INTEGER NOT NULL REFERENCES staff (id),
  witness_id INTEGER REFERENCES staff (id),
  note      TEXT    NOT NULL DEFAULT '',
  CHECK (witness_id IS NULL OR witness_id <> by_id)
) STRICT;

CREATE INDEX day_close_by ON day_close (by_id);
CREATE INDEX day_close_witness ON day_close (witness_id);

CREATE TABLE day_close_line (
  close_id INTEGER NOT NULL REFERENCES day_close (id),
  currency TEXT    NOT NULL,
  method   TEXT    NOT NULL,
  expected INTEGER NOT NULL,                      -- smallest unit of the currency: received less refunded
  counted  INTEGER NOT NULL,
  reason   TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (close_id, currency, method),
  CHECK (counted = expected OR reason <> '')
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payment_day_closed BEFORE INSERT ON payment WHEN EXISTS (SELECT 1 FROM day_close WHERE day = NEW.received_on)
BEGIN SELECT RAISE (ABORT, 'day-closed'); END;
CREATE TRIGGER refund_day_closed BEFORE INSERT ON refund WHEN EXISTS (SELECT 1 FROM day_close WHERE day = NEW.paid_on)
BEGIN SELECT RAISE (ABORT, 'day-closed'); END;
CREATE TRIGGER day_close_fixed BEFORE UPDATE ON day_close BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER day_close_kept BEFORE DELETE ON day_close BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER day_close_line_fixed BEFORE UPDATE ON day_close_line BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER day_close_line_kept BEFORE DELETE ON day_close_line BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- What is billed or paid stays as it is; a merge alone moves whose it is (part 4).
CREATE TRIGGER invoice_kept BEFORE DELETE ON invoice BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER invoice_line_fixed BEFORE UPDATE ON invoice_line BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER invoice_line_kept BEFORE DELETE ON invoice_line BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER invoice_tax_fixed BEFORE UPDATE ON invoice_tax BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER invoice_tax_kept BEFORE DELETE ON invoice_tax BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER payment_kept BEFORE DELETE ON payment BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER payment_part_kept BEFORE DELETE ON payment_part BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER refund_kept BEFORE DELETE ON refund BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER package_kept BEFORE DELETE ON package BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER package_use_kept BEFORE DELETE ON package_use BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER quote_kept BEFORE DELETE ON quote WHEN OLD.status <> 'draft' BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER quote_line_fixed BEFORE UPDATE ON quote_line WHEN (SELECT status FROM quote WHERE id = OLD.quote_id) <> 'draft'
BEGIN SELECT RAISE (ABORT, 'quote-fixed'); END;
CREATE TRIGGER quote_line_kept BEFORE DELETE ON quote_line WHEN (SELECT status FROM quote WHERE id = OLD.quote_id) <> 'draft'
BEGIN SELECT RAISE (ABORT, 'quote-fixed'); END;
CREATE TRIGGER quote_line_late BEFORE INSERT ON quote_line WHEN (SELECT status FROM quote WHERE id = NEW.quote_id) <> 'draft'
BEGIN SELECT RAISE (ABORT, 'quote-fixed'); END;
CREATE TRIGGER quote_fixed BEFORE UPDATE ON quote
WHEN OLD.status <> 'draft'
 AND (NEW.number, NEW.seq, NEW.made_on, NEW.valid_until, NEW.schedule_id, NEW.with_tax, NEW.tax_round, NEW.rate_id, NEW.terms_id, NEW.deposit, NEW.net, NEW.tax, NEW.total)
     IS NOT (OLD.number, OLD.seq, OLD.made_on, OLD.valid_until, OLD.schedule_id, OLD.with_tax, OLD.tax_round, OLD.rate_id, OLD.terms_id, OLD.deposit, OLD.net, OLD.tax, OLD.total)
BEGIN SELECT RAISE (ABORT, 'quote-fixed'); END;

-- Quotes with an invoice of which something still stands.
CREATE VIEW quote_billed AS
  SELECT i.quote_id, i.id FROM invoice i
  WHERE i.kind = 'invoice' AND i.quote_id IS NOT NULL
    AND (NOT EXISTS (SELECT 1 FROM invoice c WHERE c.credits = i.id)
         OR i.total > (SELECT sum (c.total) FROM invoice c WHERE c.credits = i.id));

-- Draft → sent → accepted, refused or lapsed; a yes that came in time may be typed after it lapsed; another version that went out
-- replaces it, unless it is billed.
CREATE TRIGGER quote_new BEFORE INSERT ON quote WHEN NEW.status <> 'draft' BEGIN SELECT RAISE (ABORT, 'quote-step'); END;
CREATE TRIGGER quote_steps BEFORE UPDATE OF status ON quote WHEN NEW.status <> OLD.status
BEGIN
  SELECT RAISE (ABORT, 'quote-step')
    WHERE (OLD.status, NEW.status) NOT IN (VALUES ('draft', 'sent'), ('sent', 'accepted'), ('sent', 'refused'), ('sent', 'lapsed'), ('sent', 'replaced'),
                                                  ('lapsed', 'replaced'), ('lapsed', 'accepted'), ('refused', 'replaced'), ('accepted', 'replaced'));
  SELECT RAISE (ABORT, 'quote-empty') WHERE NEW.status = 'sent' AND NOT EXISTS (SELECT 1 FROM quote_line WHERE quote_id = NEW.id);
  SELECT RAISE (ABORT, 'quote-lapsed') WHERE NEW.status = 'accepted' AND (NEW.accepted_on = '' OR NEW.accepted_on > NEW.valid_until);
  SELECT RAISE (ABORT, 'quote-invoiced') WHERE NEW.status = 'replaced' AND EXISTS (SELECT 1 FROM quote_billed WHERE quote_id = NEW.id);
END;
CREATE TRIGGER quote_accepted_once BEFORE UPDATE OF accepted_on ON quote
WHEN NEW.accepted_on <> OLD.accepted_on AND NEW.status = OLD.status
BEGIN SELECT RAISE (ABORT, 'quote-fixed'); END;

-- Only an accepted quote is billed, and once: what was billed by mistake is taken back whole first.
CREATE TRIGGER invoice_quote_accepted BEFORE INSERT ON invoice WHEN NEW.kind = 'invoice' AND NEW.quote_id IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'quote-invoiced') WHERE EXISTS (SELECT 1 FROM quote_billed WHERE quote_id = NEW.quote_id);
  SELECT RAISE (ABORT, 'quote-not-accepted') WHERE (SELECT status FROM quote WHERE id = NEW.quote_id) <> 'accepted';
END;

-- A session is reserved, then used or let go; what is void stays void (part 4).
CREATE TRIGGER package_use_begins BEFORE INSERT ON package_use WHEN NEW.visit_id IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'package-type')
    WHERE (SELECT type FROM visit WHERE id = NEW.visit_id) IS NOT (SELECT visit_type FROM package WHERE id = NEW.package_id);
  SELECT RAISE (ABORT, 'package-step')
    WHERE NEW.state = 'void' OR NEW.ended_at IS NOT NULL
       OR (NEW.state = 'used') <> ((SELECT status FROM visit WHERE id = NEW.visit_id) = 'done')
       OR (SELECT status FROM visit WHERE id = NEW.visit_id) IN ('cancelled_patient', 'cancelled_clinic', 'cancelled_late', 'no_show', 'left_unseen');
END;
-- The visit says what becomes of its session. A visit that is called off and taken up again finds a session again or not:
-- the desk decides.
CREATE TRIGGER package_use_done AFTER UPDATE OF status ON visit WHEN NEW.status = 'done' AND OLD.status <> 'done'
BEGIN UPDATE package_use SET state = 'used', version = version + 1 WHERE visit_id = NEW.id AND ended_at IS NULL AND state = 'reserved'; END;
CREATE TRIGGER package_use_undone AFTER UPDATE OF status ON visit WHEN OLD.status = 'done' AND NEW.status <> 'done'
BEGIN UPDATE package_use SET state = 'reserved', version = version + 1 WHERE visit_id = NEW.id AND ended_at IS NULL AND state = 'used'; END;
CREATE TRIGGER package_use_let_go AFTER UPDATE OF status ON visit
WHEN NEW.status IN ('cancelled_patient', 'cancelled_clinic', 'cancelled_late', 'no_show', 'left_unseen') AND NEW.status <> OLD.status
BEGIN
  UPDATE package_use SET ended_at = unixepoch (), version = version + 1
    WHERE visit_id = NEW.id AND ended_at IS NULL AND state = 'reserved';
END;
