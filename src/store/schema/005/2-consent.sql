-- Schema step 5, part 2: consent of a person to a text in a version; signed on screen, or on paper that came back.

CREATE TABLE consent (
  id           INTEGER PRIMARY KEY,
  patient_id   INTEGER NOT NULL,
  issued_id    INTEGER NOT NULL,                -- the paper: its number is the code that a scan brings back
  name         TEXT    NOT NULL,                -- of the letter
  purpose      TEXT    NOT NULL CHECK (purpose IN ('treatment', 'storage', 'other')), -- desk_consent_purpose () of the name
  version      TEXT    NOT NULL,
  language     TEXT    NOT NULL,
  plan         TEXT    NOT NULL DEFAULT '',     -- provision plan it is for, as it was called then
  status       TEXT    NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'signed', 'refused', 'withdrawn', 'cancelled')),
  how          TEXT    NOT NULL DEFAULT '' CHECK (how IN ('', 'screen', 'paper')),
  signed_at    INTEGER,
  signed_on    TEXT    NOT NULL DEFAULT '',     -- the day written beside the signature
  document_id  INTEGER REFERENCES document (id), -- the scan, or the signed paper as the screen made it; may come later
  storage_id   INTEGER REFERENCES storage_consent (id), -- until when cells are kept, where the text is about that
  explained_by INTEGER REFERENCES staff (id),
  interpreter  TEXT    NOT NULL DEFAULT '',
  refused_at   INTEGER,
  refused_why  TEXT    NOT NULL DEFAULT '',     -- need not be given either
  withdrawn_at INTEGER,
  withdrawn_how TEXT   NOT NULL DEFAULT '' CHECK (withdrawn_how IN ('', 'paper', 'told', 'mail')),
  withdrawn_why TEXT   NOT NULL DEFAULT '',     -- need not be given
  withdrawn_by INTEGER REFERENCES staff (id),   -- who took it down
  at           INTEGER NOT NULL,
  by_id        INTEGER REFERENCES staff (id),
  version_row  INTEGER NOT NULL DEFAULT 1,      -- of this row
  UNIQUE (id, patient_id),
  FOREIGN KEY (issued_id, patient_id) REFERENCES issued (id, patient_id),
  CHECK (status IN ('open', 'refused', 'cancelled') OR (signed_at IS NOT NULL AND how <> '' AND signed_on <> '')),
  CHECK ((status = 'withdrawn') = (withdrawn_at IS NOT NULL)),
  CHECK ((status = 'withdrawn') = (withdrawn_how <> '')),
  CHECK ((status = 'refused') = (refused_at IS NOT NULL)),
  CHECK (refused_why = '' OR status = 'refused')
) STRICT;

CREATE UNIQUE INDEX consent_paper ON consent (issued_id, patient_id);
CREATE INDEX consent_of ON consent (patient_id, purpose, id);
CREATE INDEX consent_named ON consent (name, id); -- the version in use is that of the newest
CREATE INDEX consent_signed ON consent (name, patient_id) WHERE status = 'signed';
CREATE INDEX consent_ended ON consent (purpose, patient_id) WHERE status IN ('withdrawn', 'refused');
CREATE INDEX consent_storage ON consent (storage_id) WHERE storage_id IS NOT NULL;
CREATE INDEX consent_open ON consent (at) WHERE status = 'open';
CREATE INDEX consent_document ON consent (document_id);
CREATE INDEX consent_explained ON consent (explained_by);
CREATE INDEX consent_withdrawer ON consent (withdrawn_by);
CREATE INDEX consent_by ON consent (by_id);

-- Who signed, in which role, and the strokes of the pen where it was on screen.
CREATE TABLE consent_signer (
  consent_id INTEGER NOT NULL REFERENCES consent (id),
  seq        INTEGER NOT NULL CHECK (seq >= 1),
  role       TEXT    NOT NULL CHECK (role IN ('patient', 'representative', 'physician', 'interpreter', 'witness')),
  name       TEXT    NOT NULL CHECK (name <> ''),
  relation   TEXT    NOT NULL DEFAULT '',       -- of a representative
  staff_id   INTEGER REFERENCES staff (id),
  ink        TEXT    NOT NULL DEFAULT '',       -- strokes "x,y x,y;x,y …" in thousandths of the box; empty on paper
  typed      INTEGER NOT NULL DEFAULT 0 CHECK (typed IN (0, 1)), -- the name typed in the place of strokes, before a witness
  at         INTEGER NOT NULL,
  PRIMARY KEY (consent_id, seq),
  CHECK (relation = '' OR role = 'representative'),
  CHECK (typed = 0 OR ink = '')
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX consent_signer_role ON consent_signer (consent_id, role); -- each role once
CREATE INDEX consent_signer_staff ON consent_signer (staff_id);

-- What was agreed to, box by box.
CREATE TABLE consent_item (
  consent_id INTEGER NOT NULL REFERENCES consent (id),
  code       TEXT    NOT NULL,
  agreed     INTEGER NOT NULL CHECK (agreed IN (0, 1)),
  PRIMARY KEY (consent_id, code)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER consent_signer_fixed BEFORE UPDATE ON consent_signer BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER consent_signer_kept BEFORE DELETE ON consent_signer BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER consent_signer_late BEFORE INSERT ON consent_signer
WHEN (SELECT status FROM consent WHERE id = NEW.consent_id) <> 'open' BEGIN SELECT RAISE (ABORT, 'consent-closed'); END;
CREATE TRIGGER consent_item_fixed BEFORE UPDATE ON consent_item BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER consent_item_kept BEFORE DELETE ON consent_item BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
CREATE TRIGGER consent_item_late BEFORE INSERT ON consent_item
WHEN (SELECT status FROM consent WHERE id = NEW.consent_id) <> 'open' BEGIN SELECT RAISE (ABORT, 'consent-closed'); END;

-- open → signed → withdrawn; open → refused or cancelled. Nobody's signature is nobody's consent.
CREATE TRIGGER consent_steps BEFORE UPDATE ON consent WHEN NEW.status <> OLD.status
BEGIN
  SELECT RAISE (ABORT, 'consent-step')
    WHERE (OLD.status, NEW.status) NOT IN (VALUES ('open', 'signed'), ('open', 'refused'), ('open', 'cancelled'), ('signed', 'withdrawn'));
  SELECT RAISE (ABORT, 'consent-unsigned')
    WHERE NEW.status = 'signed'
      AND NOT EXISTS (SELECT 1 FROM consent_signer WHERE consent_id = NEW.id AND role IN ('patient', 'representative'));
  -- Nobody is treated on an explanation that no physician gave; on screen everybody leaves strokes or a typed name.
  SELECT RAISE (ABORT, 'physician-needed')
    WHERE NEW.status = 'signed' AND NEW.purpose = 'treatment'
      AND (NEW.explained_by IS NULL
           OR NOT EXISTS (SELECT 1 FROM consent_signer WHERE consent_id = NEW.id AND role = 'physician' AND staff_id = NEW.explained_by));
  SELECT RAISE (ABORT, 'no-ink')
    WHERE NEW.status = 'signed' AND NEW.how = 'screen'
      AND EXISTS (SELECT 1 FROM consent_signer WHERE consent_id = NEW.id AND ink = '' AND typed = 0);
  SELECT RAISE (ABORT, 'witness-needed')
    WHERE NEW.status = 'signed' AND EXISTS (SELECT 1 FROM consent_signer WHERE consent_id = NEW.id AND typed = 1)
      AND NOT EXISTS (SELECT 1 FROM consent_signer WHERE consent_id = NEW.id AND role = 'witness');
  -- A paper that was put out of force, or that another took the place of, is not signed any more.
  SELECT RAISE (ABORT, 'issued-void')
    WHERE NEW.status = 'signed'
      AND ((SELECT void_at FROM issued WHERE id = NEW.issued_id) IS NOT NULL OR EXISTS (SELECT 1 FROM issued WHERE replaces = NEW.issued_id));
END;
CREATE TRIGGER consent_begins BEFORE INSERT ON consent WHEN NEW.status <> 'open'
BEGIN SELECT RAISE (ABORT, 'consent-begins-open'); END;
CREATE TRIGGER consent_on_good_paper BEFORE INSERT ON consent
WHEN (SELECT void_at FROM issued WHERE id = NEW.issued_id) IS NOT NULL OR EXISTS (SELECT 1 FROM issued WHERE replaces = NEW.issued_id)
BEGIN SELECT RAISE (ABORT, 'issued-void'); END;
-- A consent does not count on while its paper is out of force: it is withdrawn or cancelled first.
CREATE TRIGGER issued_void_consent BEFORE UPDATE OF void_at ON issued
WHEN NEW.void_at IS NOT NULL AND OLD.void_at IS NULL
 AND EXISTS (SELECT 1 FROM consent WHERE issued_id = NEW.id AND status IN ('open', 'signed'))
BEGIN SELECT RAISE (ABORT, 'consent-hangs'); END;
CREATE TRIGGER issued_replaces_consent BEFORE INSERT ON issued
WHEN NEW.replaces IS NOT NULL AND EXISTS (SELECT 1 FROM consent WHERE issued_id = NEW.replaces AND status IN ('open', 'signed'))
BEGIN SELECT RAISE (ABORT, 'consent-hangs'); END;
CREATE TRIGGER consent_fixed BEFORE UPDATE ON consent
WHEN (NEW.id, NEW.issued_id, NEW.name, NEW.purpose, NEW.version, NEW.language, NEW.plan, NEW.at, NEW.by_id)
     IS NOT (OLD.id, OLD.issued_id, OLD.name, OLD.purpose, OLD.version, OLD.language, OLD.plan, OLD.at, OLD.by_id)
  OR (OLD.status <> 'open' AND (NEW.how, NEW.signed_at, NEW.signed_on, NEW.explained_by, NEW.interpreter, NEW.storage_id, NEW.refused_at, NEW.refused_why)
      IS NOT (OLD.how, OLD.signed_at, OLD.signed_on, OLD.explained_by, OLD.interpreter, OLD.storage_id, OLD.refused_at, OLD.refused_why))
  OR (OLD.status = 'withdrawn' AND (NEW.withdrawn_at, NEW.withdrawn_how, NEW.withdrawn_why, NEW.withdrawn_by)
      IS NOT (OLD.withdrawn_at, OLD.withdrawn_how, OLD.withdrawn_why, OLD.withdrawn_by))
  OR (OLD.document_id IS NOT NULL AND NEW.document_id IS NOT OLD.document_id)
BEGIN SELECT RAISE (ABORT, 'consent-fixed'); END;
-- The paper and its scan are of one patient.
CREATE TRIGGER consent_scan BEFORE UPDATE OF document_id ON consent
WHEN OLD.document_id IS NULL AND NEW.document_id IS NOT NULL
 AND (SELECT patient_id FROM document WHERE id = NEW.document_id) IS NOT NEW.patient_id
BEGIN SELECT RAISE (ABORT, 'other-patient'); END;
CREATE TRIGGER consent_kept BEFORE DELETE ON consent BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;

-- Who withdrew a consent, or refused one, and signed none since: the last word counts.
CREATE VIEW consent_lost AS
  SELECT l.patient_id, l.purpose, l.id FROM consent l
  WHERE l.status IN ('withdrawn', 'refused')
    AND NOT EXISTS (SELECT 1 FROM consent s WHERE s.patient_id = l.patient_id AND s.purpose = l.purpose AND s.status = 'signed'
                    AND (s.signed_at > COALESCE (l.withdrawn_at, l.refused_at)
                         OR (s.signed_at = COALESCE (l.withdrawn_at, l.refused_at) AND s.id > l.id)));

-- No order, no dose out of the cold, no infusion for who does not agree to the treatment. What is thawed already is
-- thrown away.
CREATE TRIGGER event_treatment_consent BEFORE INSERT ON unit_event
WHEN NEW.axis = 'life' AND (NEW.to_state = 'picked' OR (NEW.to_state IN ('at_bedside', 'infusing') AND NEW.from_state <> 'thawed'))
BEGIN
  SELECT RAISE (ABORT, 'consent-withdrawn')
    WHERE EXISTS (SELECT 1 FROM consent_lost WHERE purpose = 'treatment' AND patient_id = (SELECT patient_id FROM unit WHERE id = NEW.unit_id));
END;
CREATE TRIGGER infusion_consent BEFORE INSERT ON infusion
BEGIN
  SELECT RAISE (ABORT, 'consent-withdrawn')
    WHERE EXISTS (SELECT 1 FROM consent_lost WHERE purpose = 'treatment' AND patient_id = (SELECT patient_id FROM unit WHERE id = NEW.unit_id));
END;
CREATE TRIGGER order_consent BEFORE INSERT ON infusion_order
BEGIN
  SELECT RAISE (ABORT, 'consent-withdrawn')
    WHERE EXISTS (SELECT 1 FROM consent_lost WHERE purpose = 'treatment' AND patient_id = (SELECT patient_id FROM visit WHERE id = NEW.visit_id));
END;
