#include "support/check.h"

#include <string.h>

#include "output/gnuplot.h"
#include "output/theme.h"

static frem_scene scene_of(frem_arena *arena, const char *text) {
    frem_scene scene = {
        .arena = arena, .width = 900.0, .height = 520.0, .title = "A & <B>", .description = "c"};
    frem_scene_text(&scene, (frem_words){10.0, 20.5, FREM_ANCHOR_LEFT, 14.0, true, 0x0b3c6f, text});
    return scene;
}

static void a_label_is_never_code(void **state) {
    (void)state;
    frem_arena *arena = NULL;
    frem_text script = {0};
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    frem_scene scene = scene_of(arena, "'; system('touch pwned') #\n`x`");
    frem_gnuplot_script(&script, &scene, FREM_CHART_SVG);
    assert_non_null(strstr(script.bytes,
                           "\nset label 1 '’; system(’touch pwned’) # `x`' at 10.00,20.50 left noenhanced "
                           "front font 'DejaVu Sans:Bold,14.00' textcolor rgb '#0b3c6f'\n"));
    frem_text_free(&script);
    frem_scene_free(&scene);
    frem_arena_free(arena);
}

static void what_the_font_lacks_is_a_square_where_it_would_be_drawn(void **state) {
    (void)state;
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    for (int format = FREM_CHART_SVG; format <= FREM_CHART_PNG; format++) {
        frem_text script = {0};
        frem_scene scene = scene_of(arena, "æ漢é😀−€");
        frem_gnuplot_script(&script, &scene, (frem_chart_format)format);
        assert_non_null(strstr(script.bytes, format == FREM_CHART_SVG ? "'æ漢é😀−€'" : "'æ□é□−€'"));
        frem_text_free(&script);
        frem_scene_free(&scene);
    }
    frem_arena_free(arena);
}

static void shapes_of_one_style_are_one_block(void **state) {
    (void)state;
    frem_arena *arena = NULL;
    frem_text script = {0};
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    frem_scene scene = scene_of(arena, "x");
    frem_scene_segment(&scene, 0xdddddd, 0.8, FREM_DASH_NONE, (frem_point){1.0, 2.0}, (frem_point){3.0, 4.0});
    frem_scene_segment(&scene, 0xdddddd, 0.8, FREM_DASH_NONE, (frem_point){5.0, 6.0}, (frem_point){7.0, 8.0});
    frem_scene_box(&scene, 0xff0000, (frem_box){1.0, 2.0, 3.0, 4.0});
    frem_gnuplot_script(&script, &scene, FREM_CHART_PNG);
    assert_non_null(strstr(script.bytes,
                           "$s0 << EOD\n1.00 2.00\n3.00 4.00\n\n5.00 6.00\n7.00 8.00\nEOD\n"
                           "$s1 << EOD\n1.00 2.00\n3.00 2.00\n3.00 4.00\n1.00 4.00\nEOD\n"
                           "plot $s0 using 1:2 notitle with lines lc rgb '#dddddd' dt solid lw 0.80, "
                           "$s1 using 1:2 notitle with filledcurves closed fc rgb '#ff0000' fs solid 1 "
                           "noborder\nset output\n"));
    frem_text_free(&script);
    frem_scene_free(&scene);
    frem_arena_free(arena);
}

static void tidied(const char *svg, const char *expected) {
    const frem_scene scene = {.title = "A & <B>", .description = "c"};
    frem_text out = {0};
    frem_svg_tidy(&out, svg, strlen(svg), &scene);
    assert_text(out.bytes != NULL ? out.bytes : "", expected);
    frem_text_free(&out);
}

static void svg_loses_what_it_does_not_need(void **state) {
    (void)state;
    tidied("<svg \n width=\"9\"\n>\n\n<title>Gnuplot</title>\n<desc>Produced by GNUPLOT 5.4 patchlevel 4 "
           "</desc>\n"
           "<defs>\n\t<circle id='gpDot'/>\n</defs>\n</svg>\n",
           "<svg font-family=\"DejaVu Sans, Verdana, Arial, sans-serif\"\nwidth=\"9\"\n>\n"
           "<title>A &amp; &lt;B&gt;</title>\n<desc>c</desc>\n</svg>\n");
    tidied("<g fill=\"none\" color=\"black\">\n</g>\n<g fill=\"none\">\n<path/></g>\n",
           "<g fill=\"none\">\n<path/></g>\n");
    tidied("\t<g id=\"gnuplot_plot_1\" ><title>$s0</title>\n", "<g>\n");
    tidied("\t<g transform=\"translate(20.00,505.20)\" stroke=\"none\" fill=\"rgb(18,52,86)\" "
           "font-family=\"DejaVu Sans:Bold\" font-size=\"16.00\"  text-anchor=\"end\">\n\t\t<text>a "
           "&lt;b></text>\n\t</g>\n",
           "<text x=\"20.00\" y=\"505.20\" fill=\"#123456\" stroke=\"none\" font-size=\"16.00\" "
           "font-weight=\"bold\" "
           "text-anchor=\"end\">a &lt;b></text>\n");
    tidied(
        "\t<g stroke='none' shape-rendering='crispEdges'>\n\t\t<polygon fill = 'rgb(255, 204, 204)' points = "
        "'1,2 3,4\n5,6 '/>\n\t</g>\n",
        "<polygon fill=\"#ffcccc\" stroke=\"none\" points=\"1,2 3,4\n5,6\"/>\n");
}

static void svg_of_another_form_stays(void **state) {
    (void)state;
    const char *const other[] = {
        "<g transform=\"translate(20.00,505.20)\" fill=\"red\">\n<text>a</text>\n</g>\n",
        ("<g transform=\"translate(1,2)\" fill=\"rgb(1,2,999)\" font-family=\"x\" font-size=\"1\" "
         "text-anchor=\"end\">\n<text>a</text>\n</g>\n"),
        "<g stroke='none' x>\n<polygon fill = 'url(#a)' points = '1,2 '/>\n</g>\n",
        "<g stroke='none' x>\n<polygon fill = 'rgb(1,2,3)' points = '1,2 '\n",
        "<g stroke='none' x>\n<path/>\n</g>\n",
    };
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        tidied(other[i], other[i]);
    tidied("", "");
    tidied("<defs>\n", "");
}

static void a_pdf_loses_its_dates_and_keeps_its_length(void **state) {
    (void)state;
    char pdf[] = "1 0 obj << /Producer (x)\n /CreationDate (D:20261122211321Z)\n /ModDate (D:2026) >>";
    frem_pdf_undate(pdf, sizeof pdf - 1);
    assert_text(pdf, "1 0 obj << /Producer (x)\n                                  \n                   >>");
    char open[] = "/CreationDate (D:2026";
    frem_pdf_undate(open, sizeof open - 1);
    assert_text(open, "/CreationDate (D:2026");
    frem_pdf_undate(open, 0);
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
        cmocka_unit_test(a_label_is_never_code),
        cmocka_unit_test(what_the_font_lacks_is_a_square_where_it_would_be_drawn),
        cmocka_unit_test(shapes_of_one_style_are_one_block),
        cmocka_unit_test(svg_loses_what_it_does_not_need),
        cmocka_unit_test(svg_of_another_form_stays),
        cmocka_unit_test(a_pdf_loses_its_dates_and_keeps_its_length),
        cmocka_unit_test(colours_keep_apart_in_grey),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
