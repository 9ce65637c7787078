/* What is legal but odd, as far as it shows without tables. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/index.h"
#include "base/number.h"
#include "base/problem.h"
#include "scenario/read.h"

/* The default of full_time_hours. */
static const double USUAL_FULL_TIME = 37;

bool frem_field_unusual(const frem_field *field, const char *path, double number, frem_place place,
                        frem_diags *diags) {
    /* Shares such as 0.3 are not held against a bound that a product of decimals misses by rounding. */
    bool guarded = field->usual_min < field->usual_max;
    if (!guarded || isnan(number) || (number > field->usual_min - 1e-9 && number < field->usual_max + 1e-9))
        return false;
    char given[32], lo[32], hi[32];
    frem_number_brief(given, number, number > field->usual_max ? field->usual_max : field->usual_min);
    frem_number_shortest(lo, field->usual_min);
    frem_number_shortest(hi, field->usual_max);
    (void)FREM_PROBLEM(diags, place, UNUSUAL_NUMBER, path, given, lo, hi, field->unit,
                       frem_unit_text(field->unit, FREM_DA));
    return true;
}

/* Once a value: the first of its numbers that is unusual. Numbers of tables are not known yet. */
static void look_at_value(frem_reader *reader, const frem_value *value) {
    const frem_field *field = value->field;
    const char *path = value->head.path;
    frem_diags *diags = reader->diags;
    if (value->form == FREM_VALUE_NUMBER)
        (void)frem_field_unusual(field, path, frem_value_changed(value, value->number), value->head.place,
                                 diags);
    if (value->form == FREM_VALUE_GROWTH)
        (void)frem_field_unusual(field, path, frem_value_changed(value, value->start),
                                 frem_entry_place(&value->head, "start"), diags);
    for (size_t i = 0; i < value->points.count && value->form == FREM_VALUE_PATH; i++) {
        const frem_point *point = &value->points.items[i];
        if (frem_field_unusual(field, path, frem_value_changed(value, point->number), point->place, diags))
            break;
    }
}

/* All complete a programme of no length: people qualified elsewhere. */
static bool is_all_of_nothing(const frem_scenario *s, const frem_value *value) {
    for (size_t i = 0; i < s->programmes.count; i++) {
        const frem_programme *programme = &s->programmes.items[i];
        const frem_value *length = &programme->length;
        if (&programme->completion == value)
            return value->form == FREM_VALUE_NUMBER && length->form == FREM_VALUE_NUMBER &&
                   !(frem_value_changed(value, value->number) < 1) &&
                   !(frem_value_changed(length, length->number) > 0);
    }
    return false;
}

/* Ages by date of birth, which are no value, are as usual or not as ages by year. */
static void look_at_births(frem_reader *reader, const frem_retirement_age *age) {
    const frem_node *given = frem_node_get(age->head.node, "born");
    const frem_birth *births = age->born.items;
    if (given == NULL || given->kind != FREM_MAPPING || given->count != age->born.count)
        return; /* reported already */
    for (size_t i = 0; i < age->born.count; i++) {
        if (frem_field_unusual(age->year.field, age->head.path, births[i].number, given->pairs[i].place,
                               reader->diags))
            break;
    }
}

static void look_at_absence(frem_reader *reader, const frem_absence *absence) {
    if (absence->days.form != FREM_VALUE_NUMBER || absence->of.form != FREM_VALUE_NUMBER)
        return;
    double days = frem_value_changed(&absence->days, absence->days.number);
    double of = frem_value_changed(&absence->of, absence->of.number);
    if (days < of) /* more is an error */
        (void)frem_field_unusual(absence->share.field, absence->head.path, days / of,
                                 absence->days.head.place, reader->diags);
}

/* What the stages leave of an entry cohort. Only where each says it in one number. */
static void look_at_stages(frem_reader *reader, const frem_programme *programme) {
    const frem_field *completion = programme->completion.field;
    frem_place place = frem_entry_place(&programme->head, "stages");
    char text[32], lo[32], hi[32];
    double left = 1;
    for (size_t i = 0; i < programme->stages.count; i++) {
        const frem_value *dropout = &programme->stages.items[i].dropout;
        if (dropout->form != FREM_VALUE_NUMBER)
            return;
        left *= 1 - frem_value_changed(dropout, dropout->number);
    }
    if (programme->stages.count == 0 || completion == NULL)
        return;
    if (!(left > 0)) {
        (void)FREM_PROBLEM(reader->diags, place, NOBODY_COMPLETES, programme->head.path);
    } else if (left < completion->usual_min - 1e-9 || left > completion->usual_max + 1e-9) {
        frem_number_brief(text, left, 1);
        frem_number_shortest(lo, completion->usual_min);
        frem_number_shortest(hi, completion->usual_max);
        (void)FREM_PROBLEM(reader->diags, place, UNUSUAL_STAGES, programme->head.path, text, lo, hi);
    }
}

/* Names, each once. */
static void add_name(frem_reader *reader, frem_index *names, const char *name) {
    if (name != NULL && frem_index_add(names, name, strlen(name), NULL) != FREM_OK)
        reader->no_memory = true;
}

/* Whom the sectors employ. */
static void list_employed(frem_reader *reader, frem_index *names) {
    const frem_scenario *s = reader->scenario;
    for (size_t j = 0; j < s->demand.count; j++) {
        const frem_values *employment = &s->demand.items[j].employment;
        for (size_t i = 0; i < employment->count; i++)
            add_name(reader, names, employment->items[i].key);
    }
}

/* Lists the professions that programmes lead to and those that they train from, which lose people so. @return false where
 * a programme leads to no profession, which is reported: any may have been meant. */
static bool list_taught(frem_reader *reader, frem_index *names) {
    const frem_scenario *s = reader->scenario;
    const frem_node *professions = frem_node_get(s->head.node, "professions");
    for (size_t i = 0; i < s->programmes.count; i++) {
        const char *leads_to = s->programmes.items[i].leads_to;
        const frem_node *to = leads_to != NULL ? frem_node_get(professions, leads_to) : NULL;
        if (to == NULL || frem_node_is_null(to))
            return false;
        add_name(reader, names, leads_to);
        add_name(reader, names, s->programmes.items[i].from);
    }
    return true;
}

static bool is_in(const frem_index *names, const char *name) {
    return frem_index_find(names, name, strlen(name)) >= 0;
}

/* Professions that people need and that no programme teaches, in a scenario that has programmes. */
static void look_for_programmes(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    frem_index *employed = NULL, *taught = NULL;
    bool made = frem_index_new(&employed) == FREM_OK && frem_index_new(&taught) == FREM_OK;
    bool known = made && s->programmes.count > 0 && list_taught(reader, taught);
    reader->no_memory = reader->no_memory || !made;
    if (known)
        list_employed(reader, employed);
    for (size_t i = 0; i < s->professions.count && known; i++) {
        const frem_profession *profession = &s->professions.items[i];
        if (profession->supply != FREM_SUPPLY_NONE && is_in(employed, profession->head.key) &&
            !is_in(taught, profession->head.key))
            (void)FREM_PROBLEM(reader->diags, profession->head.place, NO_PROGRAMME, profession->head.path);
    }
    frem_index_free(employed);
    frem_index_free(taught);
}

/* Reports full_time_hours that no profession and no supervision uses. The default is not reported: it may be in a file that
 * others extend. */
static void look_at_full_time(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    const frem_pair *given = frem_node_pair(s->head.node, "full_time_hours");
    bool has_use =
        given == NULL || isnan(s->full_time_hours) || fabs(s->full_time_hours - USUAL_FULL_TIME) < 1e-9;
    for (size_t p = 0; p < s->professions.count; p++)
        has_use = has_use || s->professions.items[p].part_time.head.node != NULL;
    for (size_t i = 0; i < s->practicum.programmes.count; i++)
        has_use = has_use || frem_value_given(&s->practicum.programmes.items[i].supervision_hours);
    char hours[32];
    if (has_use)
        return;
    frem_number_shortest(hours, s->full_time_hours);
    (void)FREM_PROBLEM(reader->diags, given->place, FULL_TIME_UNUSED, hours);
}

/* Dropouts of the first year after the base year who begin again when the projection is over. */
static void look_at_again(frem_reader *reader, const frem_programme *programme) {
    const frem_again *again = &programme->begin_again;
    const frem_years *years = &reader->scenario->years;
    if (again->head.node == NULL || years->base + 1 + again->after <= years->until)
        return;
    char after[24], until[24];
    (void)snprintf(after, sizeof after, "%" PRId64, again->after);
    (void)snprintf(until, sizeof until, "%" PRId64, years->until);
    (void)FREM_PROBLEM(reader->diags, again->head.place, NONE_BEGINS_AGAIN, again->head.path, after, until);
}

void frem_scenario_odd(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    look_at_full_time(reader);
    for (size_t i = 0; i < s->parameters.count; i++) {
        if (!is_all_of_nothing(s, s->parameters.items[i]))
            look_at_value(reader, s->parameters.items[i]);
    }
    for (size_t i = 0; i < s->retirement_ages.count; i++)
        look_at_births(reader, &s->retirement_ages.items[i]);
    for (size_t i = 0; i < s->programmes.count; i++) {
        look_at_stages(reader, &s->programmes.items[i]);
        look_at_again(reader, &s->programmes.items[i]);
    }
    for (size_t i = 0; i < s->professions.count; i++)
        look_at_absence(reader, &s->professions.items[i].absence);
    look_for_programmes(reader);
}
