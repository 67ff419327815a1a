-- Courses as data: what was a table in the program is the clinic's own now.

CREATE TABLE course_template (
  code     TEXT    PRIMARY KEY CHECK (code <> ''),
  name     TEXT    NOT NULL CHECK (name <> ''),
  name_ja  TEXT    NOT NULL DEFAULT '',
  strategy TEXT    NOT NULL DEFAULT 'one_draw' CHECK (strategy IN ('one_draw', 'draw_each', 'banked', 'mixed')), -- where the cells come from
  active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  position INTEGER NOT NULL DEFAULT 0,
  version  INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

-- A step follows another, or the start, by so many days.
CREATE TABLE course_template_step (
  template TEXT    NOT NULL REFERENCES course_template (code) ON DELETE CASCADE,
  seq      INTEGER NOT NULL CHECK (seq >= 1),
  type     TEXT    NOT NULL REFERENCES visit_type (code),
  after    INTEGER NOT NULL DEFAULT 0,     -- seq of the step the gap counts from; 0 for the start
  min_days INTEGER NOT NULL,
  max_days INTEGER NOT NULL,
  minutes  INTEGER NOT NULL DEFAULT 0 CHECK (minutes >= 0 AND minutes % 5 = 0), -- 0 for the type's own
  doses    INTEGER NOT NULL DEFAULT 0 CHECK (doses >= 0),                       -- given at an infusion
  note     TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (template, seq),
  CHECK (after < seq AND min_days <= max_days AND min_days BETWEEN 0 AND 730 AND max_days BETWEEN 0 AND 730)
) STRICT, WITHOUT ROWID;

CREATE INDEX course_template_step_type ON course_template_step (type);
CREATE INDEX course_template_of ON course (template);

-- Patients' visits remember the number of their step: what that step is stays. Gaps, lengths and names may change, and
-- steps may follow; who wants it otherwise makes another template.
CREATE TRIGGER course_template_kept BEFORE DELETE ON course_template
WHEN EXISTS (SELECT 1 FROM course WHERE template = OLD.code)
BEGIN SELECT RAISE (ABORT, 'template-used'); END;
CREATE TRIGGER course_template_code BEFORE UPDATE OF code ON course_template
WHEN NEW.code <> OLD.code AND EXISTS (SELECT 1 FROM course WHERE template = OLD.code)
BEGIN SELECT RAISE (ABORT, 'template-used'); END;
CREATE TRIGGER course_template_step_kept BEFORE DELETE ON course_template_step
WHEN EXISTS (SELECT 1 FROM course c JOIN visit v ON v.course_id = c.id WHERE c.template = OLD.template AND v.course_step = OLD.seq)
BEGIN SELECT RAISE (ABORT, 'template-used'); END;
CREATE TRIGGER course_template_step_same BEFORE UPDATE ON course_template_step
WHEN (NEW.type <> OLD.type OR NEW.seq <> OLD.seq OR NEW.template <> OLD.template)
 AND EXISTS (SELECT 1 FROM course c JOIN visit v ON v.course_id = c.id WHERE c.template = OLD.template AND v.course_step = OLD.seq)
BEGIN SELECT RAISE (ABORT, 'template-used'); END;
-- A dose is given at an infusion and nowhere else.
CREATE TRIGGER course_template_step_dose BEFORE INSERT ON course_template_step
WHEN NEW.doses > 0 AND NEW.type <> 'infusion'
BEGIN SELECT RAISE (ABORT, 'doses-infusion'); END;
CREATE TRIGGER course_template_step_dosed BEFORE UPDATE ON course_template_step
WHEN NEW.doses > 0 AND NEW.type <> 'infusion'
BEGIN SELECT RAISE (ABORT, 'doses-infusion'); END;

INSERT INTO course_template (code, name, name_ja, strategy, position) VALUES
  ('treatment-6',   'Treatment, six infusions',             '治療コース（6回投与）',         'one_draw', 1),
  ('intensive',     'Intensive, after apheresis',           '集中コース（アフェレーシス）',  'one_draw', 2),
  ('maintenance',   'Maintenance, every three months',      '維持コース（3か月ごと）',       'banked',   3),
  ('preventive',    'Preventive, one infusion',             '予防コース（1回投与）',         'one_draw', 4),
  ('high-activity', 'High-activity cells, three infusions', '高活性コース（3回投与）',       'one_draw', 5),
  ('nk-dendritic',  'NK cells with dendritic cell vaccine', 'NK細胞＋樹状細胞ワクチン',      'one_draw', 6),
  ('nk-checkpoint', 'NK cells with checkpoint inhibitor',   'NK細胞＋免疫チェックポイント阻害薬', 'one_draw', 7),
  ('nk-heat',       'NK cells with hyperthermia',           'NK細胞＋温熱療法',              'one_draw', 8);

INSERT INTO course_template_step (template, seq, type, after, min_days, max_days, doses) VALUES
  ('treatment-6', 1, 'consultation', 0, 0, 7, 0), ('treatment-6', 2, 'blood_draw', 1, 0, 7, 0),
  ('treatment-6', 3, 'infusion', 2, 14, 21, 1), ('treatment-6', 4, 'infusion', 3, 7, 14, 1), ('treatment-6', 5, 'infusion', 4, 7, 14, 1),
  ('treatment-6', 6, 'infusion', 5, 7, 14, 1), ('treatment-6', 7, 'infusion', 6, 7, 14, 1), ('treatment-6', 8, 'infusion', 7, 7, 14, 1),
  ('intensive', 1, 'consultation', 0, 0, 7, 0), ('intensive', 2, 'apheresis', 1, 0, 7, 0),
  ('intensive', 3, 'infusion', 2, 14, 21, 1), ('intensive', 4, 'infusion', 3, 3, 7, 1), ('intensive', 5, 'infusion', 4, 3, 7, 1),
  ('intensive', 6, 'infusion', 5, 3, 7, 1), ('intensive', 7, 'infusion', 6, 3, 7, 1), ('intensive', 8, 'infusion', 7, 3, 7, 1),
  ('maintenance', 1, 'consultation', 0, 0, 7, 0), ('maintenance', 2, 'infusion', 1, 0, 7, 1), ('maintenance', 3, 'infusion', 2, 84, 105, 1),
  ('maintenance', 4, 'infusion', 3, 84, 105, 1), ('maintenance', 5, 'infusion', 4, 84, 105, 1),
  ('preventive', 1, 'blood_draw', 0, 0, 7, 0), ('preventive', 2, 'infusion', 1, 14, 21, 1),
  ('high-activity', 1, 'consultation', 0, 0, 7, 0), ('high-activity', 2, 'blood_draw', 1, 0, 7, 0),
  ('high-activity', 3, 'infusion', 2, 14, 21, 1), ('high-activity', 4, 'infusion', 3, 7, 14, 1), ('high-activity', 5, 'infusion', 4, 7, 14, 1),
  ('high-activity', 6, 'follow_up', 5, 14, 28, 0),
  ('nk-dendritic', 1, 'consultation', 0, 0, 7, 0), ('nk-dendritic', 2, 'apheresis', 1, 0, 7, 0),
  ('nk-dendritic', 3, 'infusion', 2, 14, 21, 1), ('nk-dendritic', 4, 'dendritic', 3, 0, 3, 0), ('nk-dendritic', 5, 'infusion', 3, 7, 14, 1),
  ('nk-dendritic', 6, 'dendritic', 5, 0, 3, 0), ('nk-dendritic', 7, 'infusion', 5, 7, 14, 1), ('nk-dendritic', 8, 'dendritic', 7, 0, 3, 0),
  ('nk-checkpoint', 1, 'consultation', 0, 0, 7, 0), ('nk-checkpoint', 2, 'blood_draw', 1, 0, 7, 0),
  ('nk-checkpoint', 3, 'checkpoint', 2, 7, 14, 0), ('nk-checkpoint', 4, 'infusion', 2, 14, 21, 1), ('nk-checkpoint', 5, 'infusion', 4, 7, 14, 1),
  ('nk-checkpoint', 6, 'checkpoint', 3, 21, 28, 0), ('nk-checkpoint', 7, 'infusion', 5, 7, 14, 1),
  ('nk-heat', 1, 'consultation', 0, 0, 7, 0), ('nk-heat', 2, 'blood_draw', 1, 0, 7, 0),
  ('nk-heat', 3, 'infusion', 2, 14, 21, 1), ('nk-heat', 4, 'hyperthermia', 3, 1, 3, 0), ('nk-heat', 5, 'infusion', 3, 7, 14, 1),
  ('nk-heat', 6, 'hyperthermia', 5, 1, 3, 0), ('nk-heat', 7, 'infusion', 5, 7, 14, 1), ('nk-heat', 8, 'hyperthermia', 7, 1, 3, 0);

-- The patient's own days: when a journey is possible, when chemotherapy or something else keeps visits away. A
-- chemotherapy day reaches further than itself: so many days before and after it no blood is drawn and no cells given.
CREATE TABLE patient_window (
  id          INTEGER PRIMARY KEY,
  patient_id  INTEGER NOT NULL REFERENCES patient (id),
  kind        TEXT    NOT NULL CHECK (kind IN ('possible', 'chemotherapy', 'radiotherapy', 'operation', 'away', 'other')),
  first_day   TEXT    NOT NULL CHECK (length (first_day) = 10),
  last_day    TEXT    NOT NULL CHECK (length (last_day) = 10),
  days_before INTEGER NOT NULL DEFAULT 0 CHECK (days_before BETWEEN 0 AND 90),
  days_after  INTEGER NOT NULL DEFAULT 0 CHECK (days_after BETWEEN 0 AND 90),
  note        TEXT    NOT NULL DEFAULT '',
  removed_at  INTEGER,
  version     INTEGER NOT NULL DEFAULT 1,
  CHECK (first_day <= last_day)
) STRICT;

CREATE INDEX patient_window_of ON patient_window (patient_id, first_day);
CREATE TRIGGER patient_window_kept BEFORE DELETE ON patient_window BEGIN SELECT RAISE (ABORT, 'window-kept'); END;
