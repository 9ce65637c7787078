#include "unit/output/arena.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output/charts/draw.h"
#include "output/charts/svg.h"
#include "output/charts/theme.h"

#define HEAD                                                                                                 \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"90\" height=\"52.5\" "                   \
    "viewBox=\"0 0 90 52.5\" font-family=\"'DejaVu Sans', Verdana, Arial, sans-serif\" "                     \
    "stroke-linecap=\"round\" stroke-linejoin=\"round\">\n<title>A &amp; &lt;B&gt;</title>\n"                \
    "<rect width=\"90\" height=\"52.5\" fill=\"#ffffff\"/>\n"

static frem_scene small_scene(void) {
    return (frem_scene){.arena = arena, .width = 90.0, .height = 52.5, .title = "A & <B>"};
}

/* Frees the scene. */
static void expect_svg(frem_scene *scene, const char *expected) {
    frem_text out = {0};
    frem_svg(&out, scene);
    assert_false(out.failed);
    assert_text(out.bytes, expected);
    frem_text_free(&out);
    frem_scene_free(scene);
}

static void shapes_of_one_style_are_in_one_group(void **state) {
    (void)state;
    frem_scene scene = small_scene();
    frem_scene_segment(&scene, 0xdddddd, 0.8, FREM_DASH_NONE, (frem_chart_point){1.0, 2.0},
                       (frem_chart_point){3.0, 4.0});
    frem_scene_segment(&scene, 0xdddddd, 0.8, FREM_DASH_NONE, (frem_chart_point){5.0, 6.0},
                       (frem_chart_point){7.0, 8.0});
    frem_scene_segment(&scene, 0xdddddd, 0.8, FREM_DASH_LONG, (frem_chart_point){5.0, 6.0},
                       (frem_chart_point){7.0, 8.0});
    frem_scene_box(&scene, 0xff0000, (frem_box){1.0, 2.0, 3.0, 4.0});
    expect_svg(&scene,
               HEAD "<g fill=\"none\" stroke=\"#dddddd\" stroke-width=\"0.8\">\n"
                    "<polyline points=\"1,2 3,4\"/>\n<polyline points=\"5,6 7,8\"/>\n</g>\n"
                    "<g fill=\"none\" stroke=\"#dddddd\" stroke-width=\"0.8\" stroke-dasharray=\"12 6\">\n"
                    "<polyline points=\"5,6 7,8\"/>\n</g>\n"
                    "<g fill=\"#ff0000\">\n<polygon points=\"1,2 3,2 3,4 1,4\"/>\n</g>\n</svg>\n");
}

static void a_series_has_a_group_with_its_name(void **state) {
    (void)state;
    frem_scene scene = small_scene();
    const frem_chart_point from = {1.0, 2.0}, to = {3.0, 4.0};
    scene.series = "Udbud <2040>";
    frem_scene_segment(&scene, 0x0b3c6f, 2.6, FREM_DASH_NONE, from, to);
    scene.series = "\"Efterspørgsel\"";
    frem_scene_segment(&scene, 0x0b3c6f, 2.6, FREM_DASH_NONE, from, to);
    scene.series = NULL;
    frem_scene_segment(&scene, 0x0b3c6f, 2.6, FREM_DASH_NONE, from, to);
    expect_svg(&scene, HEAD "<g class=\"series\"><title>Udbud &lt;2040&gt;</title>\n"
                            "<g fill=\"none\" stroke=\"#0b3c6f\" stroke-width=\"2.6\">\n"
                            "<polyline points=\"1,2 3,4\"/>\n</g>\n</g>\n"
                            "<g class=\"series\"><title>&quot;Efterspørgsel&quot;</title>\n"
                            "<g fill=\"none\" stroke=\"#0b3c6f\" stroke-width=\"2.6\">\n"
                            "<polyline points=\"1,2 3,4\"/>\n</g>\n</g>\n"
                            "<g fill=\"none\" stroke=\"#0b3c6f\" stroke-width=\"2.6\">\n"
                            "<polyline points=\"1,2 3,4\"/>\n</g>\n</svg>\n");
}

static void texts_keep_every_letter(void **state) {
    (void)state;
    static const char *const texts[][2] = {{"æøå ΑΩ 漢 👩‍🏫 שלום −€ 'x' `y`",
                                            "æøå ΑΩ 漢 👩‍🏫 שלום −€ &#39;x&#39; `y`"},
                                           {"</text><script>&", "&lt;/text&gt;&lt;script&gt;&amp;"},
                                           {"a\x01z\tb\nc\x7F", "a z b c "},
                                           {"\xFF\xEF\xBF\xBE\xEF\xBF\xBF", "���"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        frem_scene scene = small_scene();
        frem_text expected = {0};
        frem_scene_text(&scene,
                        (frem_words){10.0, 20.0, FREM_ANCHOR_RIGHT, 10.0, true, 0x0b3c6f, texts[i][0]});
        frem_text_print(&expected,
                        HEAD
                        "<g fill=\"#0b3c6f\" font-size=\"10\" font-weight=\"bold\" text-anchor=\"end\">\n"
                        "<text x=\"10\" y=\"23.6\">%s</text>\n</g>\n</svg>\n",
                        texts[i][1]);
        expect_svg(&scene, expected.bytes);
        frem_text_free(&expected);
    }
}

static void numbers_have_two_decimals_in_every_locale(void **state) {
    (void)state;
    frem_scene scene = small_scene();
    char before[64];
    (void)snprintf(before, sizeof before, "%s", setlocale(LC_ALL, NULL));
    (void)setlocale(LC_ALL, "da_DK.UTF-8");
    frem_scene_segment(&scene, 0, 1.0, FREM_DASH_NONE, (frem_chart_point){1.0 / 3.0, -0.001},
                       (frem_chart_point){100.0, 1234567.896});
    expect_svg(&scene, HEAD "<g fill=\"none\" stroke=\"#000000\" stroke-width=\"1\">\n"
                            "<polyline points=\"0.33,0 100,1234567.9\"/>\n</g>\n</svg>\n");
    (void)setlocale(LC_ALL, before);
}

static void what_is_not_finite_is_not_drawn(void **state) {
    (void)state;
    frem_scene scene = small_scene();
    frem_scene_segment(&scene, 0, 1.0, FREM_DASH_NONE, (frem_chart_point){(double)NAN, 1.0},
                       (frem_chart_point){1.0, 1.0});
    frem_scene_box(&scene, 0, (frem_box){1.0, 2.0, (double)INFINITY, 4.0});
    expect_svg(&scene, HEAD "</svg>\n");
}

/* 5 of 10 and 7 of 10 in one year alone. */
static void a_year_alone_is_a_dot(void **state) {
    (void)state;
    const double supply[] = {(double)NAN, 5.0, (double)NAN}, low[] = {(double)NAN, 3.0, (double)NAN},
                 high[] = {(double)NAN, 7.0, (double)NAN};
    const frem_figure_line line = {"Supply", supply, FREM_ROLE_SUPPLY, false};
    const frem_figure_band band = {"Half", low, high, FREM_ROLE_NARROW};
    const frem_figure_panel panel = {.lines = &line, .n_lines = 1, .bands = &band, .n_bands = 1};
    for (size_t n_years = 1; n_years <= 3; n_years += 2) {
        frem_figure_line lines = line;
        frem_figure_band bands = band;
        frem_figure_panel panels = panel;
        lines.values += n_years == 1;
        bands.low += n_years == 1;
        bands.high += n_years == 1;
        panels.lines = &lines;
        panels.bands = &bands;
        const frem_figure figure = {.kind = FREM_FIGURE_LINES,
                                    .title = "t",
                                    .first_year = 2030,
                                    .n_years = n_years,
                                    .panels = &panels,
                                    .n_panels = 1};
        frem_scene scene = {.arena = arena};
        assert_int_equal(frem_draw(&figure, &scene), FREM_OK);
        double dot = (double)NAN, top = (double)NAN, bottom = (double)NAN;
        for (size_t i = 0; i < scene.n_shapes; i++) {
            const frem_shape *shape = &scene.shapes[i];
            if (shape->series != NULL && strcmp(shape->series, "Supply") == 0)
                dot = (shape->points[4].y + shape->points[12].y) / 2.0;
            if (shape->series != NULL && strcmp(shape->series, "Half") == 0) {
                top = shape->points[0].y;
                bottom = shape->points[2].y;
            }
        }
        /* 5 is halfway between 3 and 7 */
        assert_true(bottom > top);
        assert_close(dot, (top + bottom) / 2.0, 1e-9);
        frem_scene_free(&scene);
    }
}

static void colours_keep_apart_in_grey(void **state) {
    (void)state;
    const double supply = frem_theme_luminance(frem_theme_colour(FREM_ROLE_SUPPLY));
    const double demand = frem_theme_luminance(frem_theme_colour(FREM_ROLE_DEMAND));
    assert_true((demand + 0.05) / (supply + 0.05) > 2.0);
    /* every series' name can be read on paper */
    for (size_t i = 0; i < FREM_SERIES_ROLES; i++)
        assert_true(1.05 / (frem_theme_luminance(frem_theme_colour(frem_role_of_series(i))) + 0.05) > 4.5);
    for (int step = -4; step <= 4; step++) {
        const double cell = frem_theme_luminance(frem_theme_diverging(step)) + 0.05;
        const double text = frem_theme_luminance(frem_theme_text_on(frem_theme_diverging(step))) + 0.05;
        assert_true((cell > text ? cell / text : text / cell) > 4.5);
    }
    assert_int_equal(frem_theme_diverging(9), frem_theme_diverging(4));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shapes_of_one_style_are_in_one_group, begin, end),
        cmocka_unit_test_setup_teardown(a_series_has_a_group_with_its_name, begin, end),
        cmocka_unit_test_setup_teardown(texts_keep_every_letter, begin, end),
        cmocka_unit_test_setup_teardown(numbers_have_two_decimals_in_every_locale, begin, end),
        cmocka_unit_test_setup_teardown(what_is_not_finite_is_not_drawn, begin, end),
        cmocka_unit_test_setup_teardown(a_year_alone_is_a_dot, begin, end),
        cmocka_unit_test(colours_keep_apart_in_grey),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
