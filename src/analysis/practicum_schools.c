/* Shares of the practicum in STÅ: by municipality, school and for all, with what the source itself contradicts. */
#include "analysis/practicum.h"

/* What one school, or all of them, adds up to. */
typedef struct total {
    double sta;                       /* of the students' practicum */
    frem_practicum_interval students; /* shares, summing to 1 where nothing is amiss */
    frem_practicum_interval taken;    /* STÅ that the municipalities take */
} total;

static frem_practicum_cell cell_of(const frem_practicum_fill *fill, size_t school, size_t region) {
    return (frem_practicum_cell){.year = fill->model->base,
                                 .region = region,
                                 .programme = FREM_PRACTICUM_ALL,
                                 .school = school,
                                 .specialisation = FREM_PRACTICUM_ALL,
                                 .stage = FREM_PRACTICUM_ALL};
}

static void add(frem_practicum_fill *fill, frem_practicum_cell cell, enum frem_practicum_measure measure,
                double value) {
    cell.measure = measure;
    cell.value = value;
    frem_practicum_add(fill, cell);
}

/* "schools.fyn" as a path that a reader finds in the scenario. */
static const char *path_of(frem_practicum_fill *fill, size_t school) {
    return fill->model->scenario->practicum.schools.items[school].head.path;
}

static const char *name_of(const frem_practicum_fill *fill, size_t school, frem_lang lang) {
    const frem_practicum_school *s = &fill->model->scenario->practicum.schools.items[school];
    return s->label.text[lang] != NULL ? s->label.text[lang] : s->head.key;
}

/* A published share that the other published figures do not give. */
static const char *share_words(frem_practicum_fill *fill, const char *who, double sta, double sta_total,
                               double share, double published, frem_lang lang) {
    static const char *const words[FREM_LANG_COUNT] = {
        "{0}: the source says {1} of the practicum, but {2} of {3} STÅ are {4}: further apart than rounding "
        "explains",
        "{0}: kilden siger {1} af praktikken, men {2} af {3} STÅ er {4}: længere fra hinanden, end afrunding "
        "forklarer"};
    return FREM_PRACTICUM_WORDS(fill, words[lang], who, frem_practicum_per_cent(fill, published, 1, lang),
                                frem_practicum_number(fill, sta, lang),
                                frem_practicum_number(fill, sta_total, lang),
                                frem_practicum_per_cent(fill, share, 1, lang));
}

static void tell_row(frem_practicum_fill *fill, const frem_practicum_row *row, double sta_total,
                     double share) {
    frem_label text;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const char *who = frem_arena_print(fill->arena, "%s (%s)", fill->model->region_names[row->region],
                                           name_of(fill, row->school, (frem_lang)lang));
        text.text[lang] = share_words(fill, who != NULL ? who : "", row->sta.number, sta_total, share,
                                      row->published.number, (frem_lang)lang);
    }
    frem_practicum_tell(fill, "contradiction", fill->model->scenario->practicum.municipalities.head.path,
                        text);
}

/* One municipality under one school. */
static void add_row(frem_practicum_fill *fill, const frem_practicum_row *row, double school_sta) {
    frem_practicum_interval share = frem_practicum_share(row->sta, school_sta, row->students);
    frem_practicum_cell cell = cell_of(fill, row->school, row->region);
    add(fill, cell, FREM_PM_STUDENTS_SHARE, row->students.number);
    add(fill, cell, FREM_PM_STA_TOTAL, school_sta * row->students.number);
    add(fill, cell, FREM_PM_STA_MUNICIPAL, row->sta.number);
    add(fill, cell, FREM_PM_SHARE, share.number);
    add(fill, cell, FREM_PM_SHARE_PUBLISHED, row->published.number);
    add(fill, cell, FREM_PM_DIFFERENCE, share.number - row->published.number);
    if (frem_practicum_interval_contradicts(share, row->published))
        tell_row(fill, row, school_sta * row->students.number, share.number);
}

static void tell_sum(frem_practicum_fill *fill, size_t school, const char *const words[FREM_LANG_COUNT],
                     const char *const sum[FREM_LANG_COUNT], const char *const said[FREM_LANG_COUNT]) {
    frem_label text;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        text.text[lang] = FREM_PRACTICUM_WORDS(fill, words[lang], name_of(fill, school, (frem_lang)lang),
                                               sum[lang], said[lang]);
    frem_practicum_tell(fill, "contradiction", path_of(fill, school), text);
}

/* Shares that do not sum to 1, and STÅ that do not sum to the school's. */
static void check_sums(frem_practicum_fill *fill, size_t school, const total *sum) {
    static const char *const students[FREM_LANG_COUNT] = {
        "{0}: the shares of the students sum to {1}, not to {2}, more than their rounding explains",
        "{0}: andelene af de studerende summer til {1}, ikke til {2}, mere end deres afrunding forklarer"};
    static const char *const taken[FREM_LANG_COUNT] = {
        "{0}: the municipalities' STÅ sum to {1}, and the source says {2} together, further apart than "
        "rounding explains",
        "{0}: kommunernes STÅ summer til {1}, og kilden siger {2} i alt, længere fra hinanden, end afrunding "
        "forklarer"};
    const frem_practicum_school *s = &fill->model->scenario->practicum.schools.items[school];
    const char *found[FREM_LANG_COUNT], *said[FREM_LANG_COUNT];
    if (frem_practicum_interval_contradicts(sum->students, (frem_printed){1, 0})) {
        for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
            found[lang] = frem_practicum_per_cent(fill, sum->students.number, 2, (frem_lang)lang);
            said[lang] = frem_practicum_per_cent(fill, 1, 0, (frem_lang)lang);
        }
        tell_sum(fill, school, students, found, said);
    }
    if (!frem_value_given(&s->sta) ||
        !frem_practicum_interval_contradicts(sum->taken, frem_practicum_printed(&s->sta)))
        return;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        found[lang] = frem_practicum_number(fill, sum->taken.number, (frem_lang)lang);
        said[lang] = frem_practicum_number(fill, s->sta.number, (frem_lang)lang);
    }
    tell_sum(fill, school, taken, found, said);
}

/* Says how the dimensioning was read, and what the other reading would give. */
static void tell_reading(frem_practicum_fill *fill, size_t school, const total *sum, double other_sta) {
    static const char *const as_places[FREM_LANG_COUNT] = {
        "{0}: the dimensioning {1} is read as places, × {2} / 60 = {3} STÅ of practicum, of which the "
        "municipalities take "
        "{4}; read as STÅ it would be {5}",
        "{0}: dimensioneringen {1} læses som pladser, × {2} / 60 = praktikkens {3} STÅ, hvoraf kommunerne "
        "varetager {4}; læst "
        "som STÅ ville det være {5}"};
    static const char *const as_sta[FREM_LANG_COUNT] = {
        "{0}: the dimensioning {1} is read as STÅ already, of which the municipalities take {2}; read as "
        "places "
        "it would "
        "be × {3} / 60 = {4} STÅ and {5}",
        "{0}: dimensioneringen {1} læses som STÅ i forvejen, hvoraf kommunerne varetager {2}; læst som "
        "pladser "
        "ville det "
        "være × {3} / 60 = {4} STÅ og {5}"};
    const frem_practicum *practicum = &fill->model->scenario->practicum;
    const frem_practicum_school *s = &practicum->schools.items[school];
    double counted = frem_view_number(fill->view, &s->dimensioning, 0);
    double ects = frem_view_number(fill->view, &practicum->ects, 0);
    frem_label text;
    for (size_t l = 0; l < FREM_LANG_COUNT; l++) {
        frem_lang lang = (frem_lang)l;
        const char *name = name_of(fill, school, lang), *number = frem_practicum_number(fill, counted, lang);
        const char *points = frem_practicum_number(fill, ects, lang);
        const char *share = frem_practicum_per_cent(fill, sum->taken.number / sum->sta, 1, lang);
        const char *other = frem_practicum_per_cent(fill, sum->taken.number / other_sta, 1, lang);
        text.text[lang] =
            s->dimensioning_is == FREM_DIMENSIONING_PLACES
                ? FREM_PRACTICUM_WORDS(fill, as_places[lang], name, number, points,
                                       frem_practicum_number(fill, sum->sta, lang), share, other)
                : FREM_PRACTICUM_WORDS(fill, as_sta[lang], name, number, share, points,
                                       frem_practicum_number(fill, other_sta, lang), other);
    }
    frem_practicum_tell(fill, "reading", path_of(fill, school), text);
}

/* The published share against the computed one, which is in the table already.
 * @param taken what the judgement goes by: the school's own sum where it is published, which is rounded once. */
static void compare(frem_practicum_fill *fill, size_t school, const frem_value *published, double computed,
                    frem_practicum_interval taken, double sta) {
    static const char *const everybody[FREM_LANG_COUNT] = {"All schools", "Alle skoler"};
    frem_practicum_interval share = {taken.low / sta, taken.number / sta, taken.high / sta};
    frem_practicum_cell cell = cell_of(fill, school, FREM_PRACTICUM_ALL);
    if (!frem_value_given(published))
        return;
    frem_printed printed = frem_practicum_printed(published);
    add(fill, cell, FREM_PM_SHARE_PUBLISHED, printed.number);
    add(fill, cell, FREM_PM_DIFFERENCE, computed - printed.number);
    if (!frem_practicum_interval_contradicts(share, printed))
        return;
    frem_label text;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const char *who =
            school == FREM_PRACTICUM_ALL ? everybody[lang] : name_of(fill, school, (frem_lang)lang);
        text.text[lang] =
            share_words(fill, who, taken.number, sta, share.number, printed.number, (frem_lang)lang);
    }
    frem_practicum_tell(fill, "contradiction", published->head.path, text);
}

static total add_school(frem_practicum_fill *fill, size_t school) {
    const frem_model *model = fill->model;
    const frem_practicum_school *s = &model->scenario->practicum.schools.items[school];
    frem_dimensioning reading = (frem_dimensioning)s->dimensioning_is;
    total sum = {.sta = frem_practicum_school_sta(fill->view, s, reading)};
    double other = frem_practicum_school_sta(fill->view, s,
                                             reading == FREM_DIMENSIONING_PLACES ? FREM_DIMENSIONING_STA
                                                                                 : FREM_DIMENSIONING_PLACES);
    double ects = frem_view_number(fill->view, &model->scenario->practicum.ects, FREM_ECTS_PER_STA);
    for (size_t i = 0; i < model->n_practicum_rows; i++) {
        const frem_practicum_row *row = &model->practicum_rows[i];
        if (row->school != school)
            continue;
        frem_practicum_interval_add(&sum.students, row->students);
        frem_practicum_interval_add(&sum.taken, row->sta);
    }
    tell_reading(fill, school, &sum, other);
    for (size_t i = 0; i < model->n_practicum_rows; i++) {
        if (model->practicum_rows[i].school == school)
            add_row(fill, &model->practicum_rows[i], sum.sta);
    }
    frem_practicum_cell cell = cell_of(fill, school, FREM_PRACTICUM_ALL);
    add(fill, cell, FREM_PM_PLACES, sum.sta * FREM_ECTS_PER_STA / ects);
    add(fill, cell, FREM_PM_STUDENTS_SHARE, sum.students.number);
    add(fill, cell, FREM_PM_STA_TOTAL, sum.sta);
    add(fill, cell, FREM_PM_STA_MUNICIPAL, sum.taken.number);
    if (frem_value_given(&s->sta))
        add(fill, cell, FREM_PM_STA_PUBLISHED, s->sta.number);
    add(fill, cell, FREM_PM_SHARE, sum.taken.number / sum.sta);
    add(fill, cell, FREM_PM_OTHER_READING, sum.taken.number / other);
    check_sums(fill, school, &sum);
    frem_practicum_interval taken = sum.taken;
    if (frem_value_given(&s->sta)) {
        taken = (frem_practicum_interval){0, 0, 0};
        frem_practicum_interval_add(&taken, frem_practicum_printed(&s->sta));
    }
    compare(fill, school, &s->published, sum.taken.number / sum.sta, taken, sum.sta);
    return sum;
}

void frem_practicum_school_rows(frem_practicum_fill *fill) {
    const frem_practicum *practicum = &fill->model->scenario->practicum;
    total all = {0};
    if (practicum->schools.count == 0)
        return;
    for (size_t i = 0; i < practicum->schools.count; i++) {
        total one = add_school(fill, i);
        all.sta += one.sta;
        all.taken.low += one.taken.low;
        all.taken.number += one.taken.number;
        all.taken.high += one.taken.high;
    }
    frem_practicum_cell cell = cell_of(fill, FREM_PRACTICUM_ALL, FREM_PRACTICUM_ALL);
    add(fill, cell, FREM_PM_STA_TOTAL, all.sta);
    add(fill, cell, FREM_PM_STA_MUNICIPAL, all.taken.number);
    add(fill, cell, FREM_PM_SHARE, all.taken.number / all.sta);
    compare(fill, FREM_PRACTICUM_ALL, &practicum->published, all.taken.number / all.sta, all.taken, all.sta);
}
