-- Schema step 5, part 2: consent of a person to a text in a version; signed on screen, or on paper that came back.

CREATE TABLE consent (
  id           INTEGER PRIMARY KEY,
  patient_id   INTEGER NOT NULL,
  issued_id    INTEGER NOT NULL,                -- the paper: its number is the code that a scan brings back
  name         TEXT    NOT NULL,                -- of the letter
  version      TEXT    NOT NULL,
  language     TEXT    NOT NULL,
  plan         TEXT    NOT NULL DEFAULT '',     -- provision plan it is for, as it was called then
  status       TEXT    NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'signed', 'refused', 'withdrawn', 'cancelled')),
  how          TEXT    NOT NULL DEFAULT '' CHECK (how IN ('', 'screen', 'paper')),
  signed_at    INTEGER,
  signed_on    TEXT    NOT NULL DEFAULT '',     -- the day written beside the signature
  document_id  INTEGER REFERENCES document (id), -- the scan, or the signed paper as the screen made it
  explained_by INTEGER REFERENCES staff (id),
  interpreter  TEXT    NOT NULL DEFAULT '',
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
  CHECK ((status = 'withdrawn') = (withdrawn_at IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX consent_paper ON consent (issued_id, patient_id);
CREATE INDEX consent_of ON consent (patient_id, name);
CREATE INDEX consent_signed ON consent (name, version) WHERE status = 'signed';
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
  at         INTEGER NOT NULL,
  PRIMARY KEY (consent_id, seq)
) STRICT, WITHOUT ROWID;

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
END;
CREATE TRIGGER consent_begins BEFORE INSERT ON consent WHEN NEW.status <> 'open'
BEGIN SELECT RAISE (ABORT, 'consent-begins-open'); END;
CREATE TRIGGER consent_fixed BEFORE UPDATE ON consent
WHEN (NEW.id, NEW.issued_id, NEW.name, NEW.version, NEW.language, NEW.plan, NEW.at, NEW.by_id)
     IS NOT (OLD.id, OLD.issued_id, OLD.name, OLD.version, OLD.language, OLD.plan, OLD.at, OLD.by_id)
  OR (OLD.status <> 'open' AND (NEW.how, NEW.signed_at, NEW.signed_on, NEW.explained_by, NEW.interpreter)
      IS NOT (OLD.how, OLD.signed_at, OLD.signed_on, OLD.explained_by, OLD.interpreter))
BEGIN SELECT RAISE (ABORT, 'consent-fixed'); END;
CREATE TRIGGER consent_kept BEFORE DELETE ON consent BEGIN SELECT RAISE (ABORT, 'journal-only-grows'); END;
