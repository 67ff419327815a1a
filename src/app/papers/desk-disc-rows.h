/* What is on a disc, in words and rows. */
#pragma once

#include <adwaita.h>

#include "desk-disc.h"
#include "desk-disc-compare.h"

G_BEGIN_DECLS

char *desk_disc_patient_words (const DeskDiscPatient *patient);
GtkWidget *desk_disc_patient_row (const DeskDiscPatient *patient);
GtkWidget *desk_disc_study_row (const DeskDiscStudy *study, gboolean filed, GtkWidget **check);
GtkWidget *desk_disc_series_row (const DeskDiscSeries *series);
GtkWidget *desk_disc_problems_row (const DeskDisc *disc);
GtkWidget *desk_disc_difference_row (const DeskProblem *problem, const DeskDiscPerson *person, const DeskPatient *chart);

G_END_DECLS
