/* Random figures of every kind: no text leaves the canvas or runs into another one, every shape is on it. */
#include "support/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/charts/draw.h"

#define FIGURES 400
#define YEARS_MAX 31
#define ROWS_MAX 36
#define LINES_MAX 10

static uint64_t seed = 1;

/* From 0 to below n. */
static unsigned pick(unsigned n) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((seed >> 33) % n);
}

static double real(double low, double high) {
    return low + (high - low) * (double)pick(1000001) / 1e6;
}

/* Words of any length, now and then one that no line holds. */
static const char *label(frem_arena *arena) {
    static const char *const words[] = {"Social-", "og", "sundhedsassistenter", "(SSA)", "pædagoger",
                                        "漢字",    "i"};
    char text[400] = "";
    if (pick(20) == 0)
        memset(text, 'W', 200);
    for (unsigned i = pick(9) + 1; i > 0; i--) {
        (void)strcat(text, words[pick(7)]);
        (void)strcat(text, i > 1 ? " " : "");
    }
    return frem_arena_text(arena, text, strlen(text));
}

static const double *values(frem_arena *arena, size_t n, double low, double high) {
    double *out = frem_arena_alloc(arena, n, sizeof *out);
    assert_non_null(out);
    for (size_t i = 0; i < n; i++)
        out[i] = pick(12) == 0 ? (double)NAN : real(low, high);
    return out;
}

static void make_lines(frem_figure *f, frem_arena *arena, double size) {
    f->scale.has_reference = true;
    f->scale.reference = real(0.0, size);
    f->n_panels = pick(3) == 0 ? pick(12) + 1 : 1;
    frem_figure_panel *panels = frem_arena_alloc(arena, f->n_panels, sizeof *panels);
    const double low = pick(2) ? -size : size * 0.9;
    for (size_t p = 0; p < f->n_panels; p++) {
        const size_t n = f->n_panels > 1 ? 1 : pick(LINES_MAX) + 1;
        frem_figure_line *lines = frem_arena_alloc(arena, n, sizeof *lines);
        for (size_t i = 0; i < n; i++)
            lines[i] = (frem_figure_line){label(arena), values(arena, f->n_years, low, size),
                                          frem_role_of_series(i), false};
        panels[p] = (frem_figure_panel){.title = label(arena),
                                        .lines = lines,
                                        .n_lines = n,
                                        .over = pick(2) ? lines[0].values : NULL,
                                        .under = n > 1 ? lines[1].values : NULL,
                                        .above = "Overskud",
                                        .below = "Mangel"};
    }
    f->panels = panels;
}

static void make_columns(frem_figure *f, frem_arena *arena, double size) {
    f->n_parts = pick(10) + 1;
    frem_figure_part *parts = frem_arena_alloc(arena, f->n_parts, sizeof *parts);
    for (size_t i = 0; i < f->n_parts; i++) {
        const double sign = pick(2) ? 1.0 : -1.0;
        parts[i] =
            (frem_figure_part){label(arena), values(arena, f->n_years, 0.0, sign * size), FREM_ROLE_IN};
    }
    f->parts = parts;
    f->net = pick(2) ? "Netto" : NULL;
}

static void make_bars(frem_figure *f, frem_arena *arena, double size) {
    frem_swing swings[ROWS_MAX];
    f->n_bars = pick(ROWS_MAX) + 1;
    for (size_t i = 0; i < f->n_bars; i++)
        swings[i] = (frem_swing){label(arena), real(-size, size), real(-size, size),
                                 pick(2) ? label(arena) : NULL, NULL};
    f->scale.has_reference = true;
    f->scale.reference = real(-size, size);
    assert_int_equal(frem_figure_tornado(arena, swings, f->n_bars, f->scale.reference, &f->bars), FREM_OK);
}

static void make_heat(frem_figure *f, frem_arena *arena) {
    const char **rows = frem_arena_alloc(arena, ROWS_MAX, sizeof *rows);
    f->heat.n_rows = pick(ROWS_MAX) + 1;
    for (size_t i = 0; i < f->heat.n_rows; i++)
        rows[i] = label(arena);
    f->heat.rows = rows;
    f->heat.cells = values(arena, f->heat.n_rows * f->n_years, 0.5, pick(5) == 0 ? 40.0 : 1.5);
    f->heat.below = "for få";
    f->heat.above = "for mange";
    f->scale = (frem_figure_scale){.percent = true, .has_reference = true, .reference = 1.0};
}

static void make_pyramid(frem_figure *f, frem_arena *arena, double size) {
    f->pyramid = (frem_figure_pyramid){.first_age = (int)pick(30), .n_ages = pick(80) + 1, .age = "Alder"};
    const size_t sides = pick(3) == 0 ? 1 : 2, years = pick(3) == 0 ? 1 : 2;
    for (size_t k = 0; k < 2; k++) {
        f->pyramid.sides[k] = k < sides ? label(arena) : NULL;
        f->pyramid.years[k] = k < years ? "2040" : NULL;
        for (size_t y = 0; y < years && k < sides; y++)
            f->pyramid.persons[k][y] = values(arena, f->pyramid.n_ages, 0.0, pick(2) ? size : size / 50.0);
    }
}

static frem_figure make(frem_arena *arena, frem_figure_kind kind) {
    static const double sizes[] = {0.02, 3.0, 800.0, 25000.0, 4e7};
    const double size = sizes[pick(5)];
    frem_figure f = {.kind = kind,
                     .name = "x",
                     .title = label(arena),
                     .subtitle = label(arena),
                     .source = label(arena),
                     .lang = pick(2) ? FREM_EN : FREM_DA,
                     .first_year = 2000 + (int)pick(30),
                     .n_years = pick(6) == 0 ? 1 : pick(YEARS_MAX - 1) + 2};
    switch (kind) {
    case FREM_FIGURE_LINES:
        make_lines(&f, arena, size);
        break;
    case FREM_FIGURE_COLUMNS:
        make_columns(&f, arena, size);
        break;
    case FREM_FIGURE_BARS:
        make_bars(&f, arena, size);
        break;
    case FREM_FIGURE_HEAT:
        make_heat(&f, arena);
        break;
    case FREM_FIGURE_PYRAMID:
    default:
        make_pyramid(&f, arena, size);
        break;
    }
    return f;
}

static void assert_inside(const frem_scene *scene) {
    for (size_t i = 0; i < scene->n_shapes; i++) {
        for (size_t k = 0; k < scene->shapes[i].n_points; k++) {
            const frem_chart_point p = scene->shapes[i].points[k];
            if (!(p.x >= 0.0 && p.x <= scene->width && p.y >= 0.0 && p.y <= scene->height))
                fail_msg("a shape is at %g, %g", p.x, p.y);
        }
    }
    for (size_t i = 0; i < scene->n_words; i++) {
        const frem_box a = frem_words_box(&scene->words[i]);
        if (a.left < 0.0 || a.top < 0.0 || a.right > scene->width || a.bottom > scene->height)
            fail_msg("'%s' leaves the canvas: %g..%g, %g..%g", scene->words[i].text, a.left, a.right, a.top,
                     a.bottom);
        for (size_t k = 0; k < i; k++) {
            const frem_box b = frem_words_box(&scene->words[k]);
            const double across = fmin(a.right, b.right) - fmax(a.left, b.left);
            const double down = fmin(a.bottom, b.bottom) - fmax(a.top, b.top);
            if (across > 0.1 && down > 0.1)
                fail_msg("'%s' runs into '%s' by %g, %g", scene->words[i].text, scene->words[k].text, across,
                         down);
        }
    }
}

static void check_kind(frem_figure_kind kind) {
    for (unsigned i = 0; i < FIGURES; i++) {
        frem_scene scene = {0};
        assert_int_equal(frem_arena_new(&scene.arena), FREM_OK);
        const frem_figure figure = make(scene.arena, kind);
        assert_int_equal(frem_draw(&figure, &scene), FREM_OK);
        assert_true(scene.n_words >= 2);
        assert_inside(&scene);
        frem_scene_free(&scene);
        frem_arena_free(scene.arena);
    }
}

static void lines_keep_to_the_canvas(void **state) {
    (void)state;
    check_kind(FREM_FIGURE_LINES);
}

static void columns_keep_to_the_canvas(void **state) {
    (void)state;
    check_kind(FREM_FIGURE_COLUMNS);
}

static void bars_keep_to_the_canvas(void **state) {
    (void)state;
    check_kind(FREM_FIGURE_BARS);
}

static void heat_tables_keep_to_the_canvas(void **state) {
    (void)state;
    check_kind(FREM_FIGURE_HEAT);
}

static void pyramids_keep_to_the_canvas(void **state) {
    (void)state;
    check_kind(FREM_FIGURE_PYRAMID);
}

static void numbers_are_written_as_the_language_does(void **state) {
    (void)state;
    frem_figure figure = {.lang = FREM_DA};
    frem_scene scene = {0};
    frem_drawing d = {.figure = &figure, .scene = &scene};
    assert_int_equal(frem_arena_new(&scene.arena), FREM_OK);
    assert_text(frem_draw_number(&d, -1234567.5, 1), "−1.234.567,5");
    assert_text(frem_draw_number(&d, -0.2, 0), "0");
    figure.scale.percent = true;
    assert_text(frem_draw_number(&d, 0.975, 1), "97,5 %");
    figure.lang = FREM_EN;
    assert_text(frem_draw_number(&d, 12.3456, 0), "1,235%");
    frem_arena_free(scene.arena);
}

static void empty_figures_draw_their_frame(void **state) {
    (void)state;
    for (int kind = FREM_FIGURE_LINES; kind <= FREM_FIGURE_PYRAMID; kind++) {
        const frem_figure figure = {.kind = (frem_figure_kind)kind, .title = "Nothing", .source = "Source"};
        frem_scene scene = {0};
        assert_int_equal(frem_arena_new(&scene.arena), FREM_OK);
        assert_int_equal(frem_draw(&figure, &scene), FREM_OK);
        assert_int_equal(scene.n_words, 2);
        frem_scene_free(&scene);
        frem_arena_free(scene.arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_keep_to_the_canvas),
        cmocka_unit_test(columns_keep_to_the_canvas),
        cmocka_unit_test(bars_keep_to_the_canvas),
        cmocka_unit_test(heat_tables_keep_to_the_canvas),
        cmocka_unit_test(pyramids_keep_to_the_canvas),
        cmocka_unit_test(numbers_are_written_as_the_language_does),
        cmocka_unit_test(empty_figures_draw_their_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
