/* Charts as PDF and PNG; left out where librsvg is not installed. */
#include "support/check.h"

#include <pthread.h>
#include <string.h>

#include "output/charts/picture.h"

#define THREADS 4

/* A chart of `height` with a line and a text; freed by the caller, as is its arena. */
static frem_scene scene_of(double height) {
    frem_scene scene = {
        .width = 900.0, .height = height, .title = "Udbud & <efterspørgsel>", .description = "Årsværk"};
    assert_int_equal(frem_arena_new(&scene.arena), FREM_OK);
    frem_scene_segment(&scene, 0x0b3c6f, 2.6, FREM_DASH_LONG, (frem_chart_point){10.0, 10.0},
                       (frem_chart_point){800.0, 200.0});
    frem_scene_text(&scene, (frem_words){10.0, 20.0, FREM_ANCHOR_LEFT, 14.0, true, 0x0b3c6f,
                                         "æøå 'x' שלום 👩‍🏫 </text>"});
    return scene;
}

static void free_scene(frem_scene *scene) {
    frem_scene_free(scene);
    frem_arena_free(scene->arena);
}

/* Draws one, or skips the test. */
static void draw(frem_chart_format format, double height, frem_text *out) {
    frem_pictures *pictures = NULL;
    const frem_status opened = frem_pictures_open(&pictures, format, NULL);
    if (opened == FREM_MISSING_PART)
        skip();
    assert_int_equal(opened, FREM_OK);
    frem_scene scene = scene_of(height);
    assert_int_equal(frem_picture(pictures, &scene, "x", out, NULL), FREM_OK);
    free_scene(&scene);
    frem_pictures_close(pictures);
}

static unsigned big_endian(const char *bytes) {
    unsigned value = 0;
    for (size_t i = 0; i < 4; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

static void expect_png(double height, unsigned wide, unsigned high) {
    frem_text png = {0};
    draw(FREM_CHART_PNG, height, &png);
    assert_true(png.length > 100);
    assert_memory_equal(png.bytes, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(big_endian(png.bytes + 16), wide);
    assert_int_equal(big_endian(png.bytes + 20), high);
    assert_memory_equal(png.bytes + png.length - 8, "IEND", 4);
    frem_text_free(&png);
}

/* Twice the size of the canvas, but at most 32,767 pixels: 900 / 40,000 of them are 737. */
static void an_image_is_as_large_as_it_can_be(void **state) {
    (void)state;
    expect_png(520.0, 1800, 1040);
    expect_png(40000.0, 737, 32767);
}

static void a_pdf_is_whole_and_has_no_date(void **state) {
    (void)state;
    frem_text pdf = {0};
    draw(FREM_CHART_PDF, 520.0, &pdf);
    assert_memory_equal(pdf.bytes, "%PDF-", 5);
    assert_non_null(strstr(pdf.bytes + pdf.length - 8, "%%EOF"));
    assert_null(memmem(pdf.bytes, pdf.length, "Date", 4));
    assert_non_null(memmem(pdf.bytes, pdf.length, "/Subject", 8));
    frem_text_free(&pdf);
}

static void svg_needs_no_library(void **state) {
    (void)state;
    frem_pictures *pictures = NULL;
    frem_text svg = {0};
    assert_int_equal(frem_pictures_open(&pictures, FREM_CHART_SVG, NULL), FREM_OK);
    assert_null(pictures);
    frem_scene scene = scene_of(520.0);
    assert_int_equal(frem_picture(NULL, &scene, "x", &svg, NULL), FREM_OK);
    assert_memory_equal(svg.bytes, "<svg ", 5);
    free_scene(&scene);
    frem_text_free(&svg);
}

/* What a thread draws. */
typedef struct job {
    frem_scene scene;
    frem_text bytes;
    frem_status status;
} job;

static void *draw_in_thread(void *argument) {
    job *j = argument;
    frem_pictures *pictures = NULL;
    j->status = frem_pictures_open(&pictures, FREM_CHART_PDF, NULL);
    if (j->status == FREM_OK)
        j->status = frem_picture(pictures, &j->scene, "x", &j->bytes, NULL);
    frem_pictures_close(pictures);
    return NULL;
}

static void threads_draw_the_same_bytes(void **state) {
    (void)state;
    frem_text alone = {0};
    job jobs[THREADS];
    pthread_t threads[THREADS];
    draw(FREM_CHART_PDF, 520.0, &alone);
    for (size_t i = 0; i < THREADS; i++) {
        jobs[i] = (job){.scene = scene_of(520.0)};
        assert_int_equal(pthread_create(&threads[i], NULL, draw_in_thread, &jobs[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(jobs[i].status, FREM_OK);
        assert_int_equal(jobs[i].bytes.length, alone.length);
        assert_memory_equal(jobs[i].bytes.bytes, alone.bytes, alone.length);
        frem_text_free(&jobs[i].bytes);
        free_scene(&jobs[i].scene);
    }
    frem_text_free(&alone);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_image_is_as_large_as_it_can_be),
        cmocka_unit_test(a_pdf_is_whole_and_has_no_date),
        cmocka_unit_test(svg_needs_no_library),
        cmocka_unit_test(threads_draw_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
