/* Key figures in words, of what the report shows first. The script says the same of every other choice; tests compare
 * the two. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "base/number.h"
#include "frame/columns.h"
#include "output/html.h"
#include "output/names.h"
#include "output/report/report.h"

#define CSV_DECIMALS 6u

bool frem_report_value(const frem_report *report, ptrdiff_t place, int32_t year, double *value) {
    const bool found = frem_curves_value(&report->series, place, year, value);
    if (found)
        *value = frem_value_shown(*value);
    return found;
}

static unsigned long long power_of_ten(unsigned n) {
    unsigned long long power = 1;
    while (n-- > 0)
        power *= 10;
    return power;
}

/** The size of a value in millionths, as the CSV has it. @return false where it is too large. */
static bool millionths(double value, unsigned long long *out) {
    char fixed[FREM_FIXED_MAX];
    const size_t n = frem_number_fixed(fixed, value < 0 ? -value : value, (int)CSV_DECIMALS);
    if (n > 18)
        return false;
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        if (fixed[i] != '.')
            *out = *out * 10 + (unsigned)(fixed[i] - '0');
    }
    return true;
}

void frem_report_add_number(frem_text *out, double value, unsigned shift, unsigned decimals, frem_lang lang) {
    char fixed[FREM_FIXED_MAX];
    unsigned long long size = 0;
    if (!millionths(value, &size)) {
        (void)frem_number_fixed(fixed, (double)power_of_ten(shift) * (value < 0 ? -value : value),
                                (int)decimals);
    } else {
        const unsigned long long step = power_of_ten(CSV_DECIMALS - decimals - shift);
        const unsigned long long rounded = (size + step / 2) / step, unit = power_of_ten(decimals);
        frem_text text = {0};
        frem_text_print(&text, "%llu", rounded / unit);
        if (decimals > 0)
            frem_text_print(&text, ".%0*llu", (int)decimals, rounded % unit);
        out->failed = out->failed || text.failed;
        (void)strncpy(fixed, text.failed ? "" : text.bytes, sizeof fixed - 1);
        fixed[sizeof fixed - 1] = '\0';
        frem_text_free(&text);
    }
    if (value < 0 && strpbrk(fixed, "123456789") != NULL)
        frem_text_add(out, "\xE2\x88\x92");
    frem_locale_add(out, fixed, lang);
}

void frem_report_add_size(frem_text *out, double value, frem_lang lang) {
    unsigned long long size = 0;
    const bool small = millionths(value, &size) && size > 0 && size < 10 * power_of_ten(CSV_DECIMALS);
    frem_report_add_number(out, value, 0, small ? 1 : 0, lang);
}

/** The size of full-time equivalents in a sentence, which has a word for their sign. */
static void add_fte(frem_text *out, double value, frem_lang lang) {
    frem_report_add_size(out, value < 0 ? -value : value, lang);
}

static void add_percent(frem_text *out, double ratio, frem_lang lang) {
    frem_report_add_number(out, ratio, 2, 1, lang);
    frem_text_add(out, frem_report_word_text(FREM_WORD_percent_sign, lang));
}

int frem_report_side_of(double gap) {
    unsigned long long size = 0;
    if (millionths(gap, &size) && size < power_of_ten(CSV_DECIMALS) / 20)
        return 0;
    return gap > 0 ? 1 : -1;
}

void frem_report_add_inside(frem_text *out, const char *label) {
    const unsigned char *at = (const unsigned char *)label;
    const bool wide = at[0] == 0xC3;
    const bool upper = wide ? at[1] >= 0x80 && at[1] <= 0x9E && at[1] != 0x97 : at[0] >= 'A' && at[0] <= 'Z';
    const unsigned char *next = at + (wide && at[1] != 0 ? 2 : at[0] != 0 ? 1 : 0);
    const bool then_lower = next[0] == 0xC3 ? next[1] >= 0x9F && next[1] <= 0xBF && next[1] != 0xB7
                                            : next[0] >= 'a' && next[0] <= 'z';
    if (!upper || !then_lower) {
        frem_text_add(out, label);
        return;
    }
    const char first[2] = {(char)(wide ? 0xC3 : at[0] + 0x20), (char)(at[1] + 0x20)};
    frem_text_add_bytes(out, first, wide ? 2 : 1);
    frem_text_add(out, (const char *)next);
}

void frem_report_add_sentence(frem_report *report, frem_report_word word, const frem_report_part *parts) {
    const char *at = frem_report_word_text(word, report->lang);
    while (*at != '\0') {
        const size_t plain = strcspn(at, "{");
        frem_text_add_bytes(&report->out, at, plain);
        at += plain;
        if (*at == '\0')
            break;
        const size_t n = strcspn(at, "}");
        for (const frem_report_part *part = parts; part->name != NULL; part++) {
            if (strlen(part->name) != n - 1 || strncmp(part->name, at + 1, n - 1) != 0)
                continue;
            frem_text_add(&report->out, "<bdi>");
            frem_html_add(&report->out, part->text != NULL ? part->text : "");
            frem_text_add(&report->out, "</bdi>");
        }
        at += at[n] == '}' ? n + 1 : n;
    }
}

/** What is said of one profession. */
typedef struct figure {
    frem_report *report;
    ptrdiff_t series[FREM_M_COUNT];
    char base[16], last[16];
    frem_text number, change, share, before, list, place;
} figure;

static void free_figure(figure *f) {
    frem_text *const texts[] = {&f->number, &f->change, &f->share, &f->before, &f->list, &f->place};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        f->report->out.failed = f->report->out.failed || texts[i]->failed;
        frem_text_free(texts[i]);
    }
}

static bool value_at(const figure *f, size_t measure, int32_t year, double *value) {
    return frem_report_value(f->report, f->series[measure], year, value);
}

static void say(figure *f, frem_report_word word) {
    const frem_report_part parts[] = {{"year", f->last},           {"last", f->last},
                                      {"base", f->base},           {"place", f->place.bytes},
                                      {"n", f->number.bytes},      {"d", f->change.bytes},
                                      {"percent", f->share.bytes}, {"before", f->before.bytes},
                                      {"list", f->list.bytes},     {NULL, NULL}};
    frem_report_add_sentence(f->report, word, parts);
}

/** Adds a year that another one follows. */
static void add_joined(frem_text *list, int32_t year, bool first) {
    frem_text_print(list, "%s%d", first ? "" : ", ", (int)year);
}

/** In which years surplus and shortage change places: "2031, 2034 and 2037". */
static void say_turns(figure *f) {
    int side = 0;
    size_t turns = 0, over = 0, short_of = 0;
    int32_t last = 0;
    for (int32_t year = f->report->start.base; year <= f->report->start.last; year++) {
        double gap;
        if (!value_at(f, FREM_M_GAP, year, &gap))
            continue;
        const int now = frem_report_side_of(gap);
        over += now > 0;
        short_of += now < 0;
        if (now != 0 && side != 0 && now != side) {
            if (turns++ > 0)
                add_joined(&f->list, last, turns == 2);
            last = year;
        }
        side = now != 0 ? now : side;
    }
    if (turns > 1)
        frem_text_add(&f->list, frem_report_word_text(FREM_WORD_list_and, f->report->lang));
    if (turns > 0)
        frem_text_print(&f->list, "%d", (int)last);
    say(f, turns > 1      ? FREM_WORD_turn_many
           : turns == 1   ? side > 0 ? FREM_WORD_turn_over : FREM_WORD_turn_short
           : over > 0     ? FREM_WORD_turn_never_short
           : short_of > 0 ? FREM_WORD_turn_never_over
                          : FREM_WORD_turn_even);
}

static void say_demand(figure *f, double demand) {
    double before = demand;
    (void)value_at(f, FREM_M_DEMAND, f->report->start.base, &before);
    const int side = frem_report_side_of(demand - before);
    add_fte(&f->number, demand, f->report->lang);
    add_fte(&f->change, demand - before, f->report->lang);
    say(f, side > 0 ? FREM_WORD_figure_more : side < 0 ? FREM_WORD_figure_fewer : FREM_WORD_figure_same);
}

static void say_gap(figure *f, double gap) {
    const int side = frem_report_side_of(gap);
    add_fte(&f->number, gap, f->report->lang);
    say(f, side > 0 ? FREM_WORD_figure_over : side < 0 ? FREM_WORD_figure_short : FREM_WORD_figure_even);
}

/** How many persons full-time equivalents are, by those in work behind the supply. */
static void say_persons(figure *f, double fte) {
    const int32_t year = f->report->start.last;
    double employed, supply;
    if (frem_report_side_of(fte) == 0 || !value_at(f, FREM_M_EMPLOYED, year, &employed) ||
        !value_at(f, FREM_M_SUPPLY, year, &supply) || !(supply > 0) || employed == supply)
        return;
    frem_text_free(&f->number);
    frem_report_add_number(&f->number, fabs(fte * employed / supply), 0, 0, f->report->lang);
    say(f, FREM_WORD_figure_persons);
    frem_text_add(&f->report->out, " ");
}

static void say_more(figure *f, double gap) {
    const frem_report_start *start = &f->report->start;
    const frem_lang lang = f->report->lang;
    double coverage, share, before;
    frem_text_add(&f->report->out, "<p class=\"more\">");
    say_persons(f, gap);
    if (value_at(f, FREM_M_COVERAGE, start->last, &coverage)) {
        add_percent(&f->share, coverage, lang);
        say(f, FREM_WORD_figure_covers);
        frem_text_add(&f->report->out, " ");
    }
    say_turns(f);
    if (value_at(f, FREM_M_SHARE_55, start->last, &share) &&
        value_at(f, FREM_M_SHARE_55, start->base, &before)) {
        frem_text_free(&f->share);
        add_percent(&f->share, share, lang);
        add_percent(&f->before, before, lang);
        frem_text_add(&f->report->out, " ");
        say(f, FREM_WORD_figure_share);
    }
    frem_text_add(&f->report->out, "</p>");
}

static const char *key_of(const frem_report *report, const char *column, ptrdiff_t code) {
    return frem_column_label(report->frame, column, (size_t)code);
}

static const char *label_of(const frem_report *report, const char *column, const char *key) {
    return frem_document_any_label(report->document, column, key, report->lang);
}

void frem_report_add_label(frem_report *report, const char *column, const char *key) {
    frem_text_add(&report->out, "<bdi>");
    frem_html_add(&report->out, label_of(report, column, key));
    frem_text_add(&report->out, "</bdi>");
}

/** The series, years and place of what is said of a profession. */
static void open_figure(figure *f, frem_report *report, uint32_t profession) {
    const frem_report_start *start = &report->start;
    const char *region = key_of(report, "region", start->region);
    const char *own = frem_document_own_label(report->document, report->document->scenarios[0].name, "region",
                                              region, report->lang);
    frem_text year = {0};
    *f = (figure){.report = report};
    for (size_t m = 0; m < FREM_M_COUNT; m++) {
        const uint32_t codes[] = {(uint32_t)start->scenario, (uint32_t)start->variant,
                                  (uint32_t)start->region,   profession,
                                  (uint32_t)start->sector,   (uint32_t)report->measures[m]};
        f->series[m] = report->measures[m] < 0 ? -1 : frem_curves_find(&report->series, codes);
    }
    frem_text_print(&year, "%d", (int)start->base);
    (void)strncpy(f->base, year.failed ? "" : year.bytes, sizeof f->base - 1);
    frem_text_free(&year);
    frem_text_print(&year, "%d", (int)start->last);
    (void)strncpy(f->last, year.failed ? "" : year.bytes, sizeof f->last - 1);
    frem_text_free(&year);
    frem_text_add(&f->place, own != NULL ? own
                             : strcmp(region, "all") == 0
                                 ? frem_report_word_text(FREM_WORD_whole_area, report->lang)
                                 : label_of(report, "region", region));
}

static void add_figure(frem_report *report, uint32_t profession) {
    const frem_report_start *start = &report->start;
    const char *key = key_of(report, "profession", (ptrdiff_t)profession);
    figure f;
    double gap, demand;
    open_figure(&f, report, profession);
    const bool has_gap = value_at(&f, FREM_M_GAP, start->last, &gap);
    if (!has_gap && !value_at(&f, FREM_M_DEMAND, start->last, &demand)) {
        free_figure(&f);
        return;
    }
    const int side = has_gap ? frem_report_side_of(gap) : 0;
    frem_text_print(&report->out, "<div class=\"figure%s\"><h3>",
                    side > 0   ? " over"
                    : side < 0 ? " short"
                               : "");
    frem_report_add_label(report, "profession", key);
    frem_text_add(&report->out, "</h3><p class=\"lead\">");
    if (has_gap)
        say_gap(&f, gap);
    else
        say_demand(&f, demand);
    frem_text_add(&report->out, "</p>");
    if (has_gap)
        say_more(&f, gap);
    frem_text_add(&report->out, "</div>\n");
    free_figure(&f);
}

/** Which professions lack how many: "care helpers (SSH) 3,674, nurses 12". */
static void list_shortages(frem_report *report, frem_text *list) {
    for (size_t p = 0; p < frem_column_labels(report->frame, "profession"); p++) {
        const char *key = key_of(report, "profession", (ptrdiff_t)p);
        double shortage;
        figure f;
        if ((ptrdiff_t)p == report->start.profession)
            continue;
        open_figure(&f, report, (uint32_t)p);
        if (value_at(&f, FREM_M_SHORTAGE, report->start.last, &shortage) &&
            frem_report_side_of(shortage) > 0) {
            frem_text_add(list, list->length > 0 ? ", " : "");
            frem_report_add_inside(list, label_of(report, "profession", key));
            frem_text_add(list, " ");
            add_fte(list, shortage, report->lang);
        }
        free_figure(&f);
    }
}

/** What is said of all professions: the sum of their shortages, and the demand that has no supply. */
static void add_sum(frem_report *report) {
    const frem_report_start *start = &report->start;
    double shortage, without;
    figure f;
    open_figure(&f, report, (uint32_t)start->profession);
    if (value_at(&f, FREM_M_SHORTAGE, start->last, &shortage)) {
        const bool lacks = frem_report_side_of(shortage) > 0;
        frem_text_print(&report->out, "<div class=\"figure%s\"><h3>", lacks ? " short" : "");
        frem_report_add_label(report, "profession", key_of(report, "profession", start->profession));
        frem_text_add(&report->out, "</h3><p class=\"lead\">");
        add_fte(&f.number, shortage, report->lang);
        list_shortages(report, &f.list);
        say(&f, lacks ? FREM_WORD_sum_short : FREM_WORD_sum_even);
        frem_text_add(&report->out, "</p><p class=\"more\">");
        say(&f, FREM_WORD_sum_rule);
        if (value_at(&f, FREM_M_DEMAND_WITHOUT, start->last, &without)) {
            frem_text_free(&f.number);
            add_fte(&f.number, without, report->lang);
            frem_text_add(&report->out, " ");
            say(&f, FREM_WORD_sum_without);
        }
        frem_text_add(&report->out, "</p></div>\n");
    }
    free_figure(&f);
}

void frem_report_add_first_gap(frem_report *report) {
    const frem_document *document = report->document;
    const char *text = document->n_scenarios > 0 ? document->scenarios[0].first_gap.text[report->lang] : NULL;
    if (text == NULL)
        return;
    frem_html_add(&report->out, text);
    frem_text_add(&report->out, ".");
}

void frem_report_add_choice(frem_report *report) {
    static const char *const columns[] = {"region", "profession", "sector", "variant"};
    const frem_report_start *start = &report->start;
    const ptrdiff_t codes[] = {start->region, start->profession, start->sector, start->variant};
    if (report->several) {
        frem_text_add(&report->out, "<bdi>");
        frem_html_add(&report->out, report->document->scenarios[0].title.text[report->lang]);
        frem_text_add(&report->out, "</bdi> · ");
    }
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        /* The base needs no word of its own. */
        if (codes[i] < 0 || (i == 3 && strcmp(key_of(report, "variant", codes[i]), "base") == 0))
            continue;
        frem_report_add_label(report, columns[i], key_of(report, columns[i], codes[i]));
        frem_text_add(&report->out, " · ");
    }
    frem_text_print(&report->out, "%d", (int)start->last);
}

void frem_report_add_figures(frem_report *report) {
    const frem_report_start *start = &report->start;
    const size_t before = report->out.length;
    if (start->scenario >= 0 && start->variant >= 0 && start->region >= 0 && start->sector >= 0) {
        for (size_t p = 0; p < frem_column_labels(report->frame, "profession"); p++) {
            if (strcmp(frem_column_label(report->frame, "profession", p), "all") != 0)
                add_figure(report, (uint32_t)p);
        }
        if (start->profession >= 0 && strcmp(key_of(report, "profession", start->profession), "all") == 0)
            add_sum(report);
    }
    if (report->out.length == before) {
        frem_text_add(&report->out, "<p>");
        frem_html_add(&report->out, frem_report_word_text(FREM_WORD_figure_none, report->lang));
        frem_text_add(&report->out, "</p>");
    }
}
