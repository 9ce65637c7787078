#include "support/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/source.h"
#include "publish/sink.h"
#include "support/temp.h"

static int open_new(const char *folder, const char *name) {
    char *path = frem_temp_path(folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    free(path);
    assert_true(fd >= 0);
    return fd;
}

static void test_bytes_hash_and_size(void **state) {
    (void)state;
    char *folder = frem_temp_folder(), hex[65], expected[65];
    frem_sink *sink = NULL;
    uint64_t size = 0;
    int error = -1;
    assert_int_equal(frem_sink_fd(&sink, open_new(folder, "a"), FREM_SINK_OWNS | FREM_SINK_HASHES), FREM_OK);
    frem_sink_text(sink, "year,value\n");
    frem_sink_print(sink, "%d,%s\n", 2018, "20977");
    memcpy(frem_sink_room(sink, 10), "2019", 4);
    frem_sink_advance(sink, 4);
    frem_sink_write(sink, "\0\n", 2);
    assert_int_equal(frem_sink_close(sink, hex, &size, &error), FREM_OK);
    assert_int_equal(error, 0);
    assert_int_equal(size, 28); /* 11 + 11 + 4 + 2 */
    frem_sha256("year,value\n2018,20977\n2019\0\n", 28, expected);
    assert_text(hex, expected);
    char *text = frem_temp_read(folder, "a");
    assert_text(text, "year,value\n2018,20977\n2019");
    free(text);
    frem_temp_remove(folder);
}

/* Pieces of every size around the buffer's, in one file. */
static void test_many_sizes(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 4095, 65535, 65536, 65537, 3, 200000, 0, 4096, 61440, 7};
    size_t total = 0, at = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        total += sizes[i];
    char *bytes = malloc(total + 1), *folder = frem_temp_folder(), hex[65], expected[65];
    assert_non_null(bytes);
    for (size_t i = 0; i < total; i++)
        bytes[i] = (char)('a' + i % 23);
    bytes[total] = '\0';
    frem_sink *sink = NULL;
    uint64_t size = 0;
    assert_int_equal(frem_sink_fd(&sink, open_new(folder, "a"), FREM_SINK_OWNS | FREM_SINK_HASHES), FREM_OK);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; at += sizes[i++]) {
        if (sizes[i] <= 4096) {
            memcpy(frem_sink_room(sink, sizes[i]), bytes + at, sizes[i]);
            frem_sink_advance(sink, sizes[i]);
        } else {
            frem_sink_write(sink, bytes + at, sizes[i]);
        }
    }
    assert_int_equal(frem_sink_close(sink, hex, &size, NULL), FREM_OK);
    assert_int_equal(size, total);
    frem_sha256(bytes, total, expected);
    assert_text(hex, expected);
    char *text = frem_temp_read(folder, "a");
    assert_text(text, bytes);
    free(text);
    free(bytes);
    frem_temp_remove(folder);
}

static void test_long_print(void **state) {
    (void)state;
    char *folder = frem_temp_folder(), *word = malloc(10001);
    assert_non_null(word);
    memset(word, 'w', 10000);
    word[10000] = '\0';
    frem_sink *sink = NULL;
    assert_int_equal(frem_sink_fd(&sink, open_new(folder, "a"), FREM_SINK_OWNS | FREM_SINK_HASHES), FREM_OK);
    frem_sink_print(sink, "<%s>", word);
    assert_int_equal(frem_sink_close(sink, NULL, NULL, NULL), FREM_OK);
    char *text = frem_temp_read(folder, "a");
    assert_int_equal(strlen(text), 10002);
    assert_int_equal(text[10001], '>');
    free(text);
    free(word);
    frem_temp_remove(folder);
}

static void test_full_device(void **state) {
    (void)state;
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC), error = 0;
    if (fd < 0)
        skip();
    frem_sink *sink = NULL;
    assert_int_equal(frem_sink_fd(&sink, fd, FREM_SINK_OWNS | FREM_SINK_HASHES), FREM_OK);
    for (int i = 0; i < 30000; i++) {
        frem_sink_text(sink, "0123456789"); /* goes on after the failure, and loses nothing but the bytes */
        assert_non_null(frem_sink_room(sink, 4096));
    }
    assert_int_equal(frem_sink_close(sink, NULL, NULL, &error), FREM_UNWRITABLE);
    assert_int_equal(error, ENOSPC);
}

static void test_descriptor_is_borrowed_or_owned(void **state) {
    (void)state;
    int ends[2];
    frem_sink *sink = NULL;
    char byte;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(frem_sink_fd(&sink, ends[1], 0), FREM_OK);
    frem_sink_text(sink, "x");
    assert_int_equal(frem_sink_close(sink, NULL, NULL, NULL), FREM_OK);
    assert_int_equal(read(ends[0], &byte, 1), 1);
    assert_int_equal(frem_sink_fd(&sink, ends[1], FREM_SINK_OWNS), FREM_OK);
    assert_int_equal(frem_sink_close(sink, NULL, NULL, NULL), FREM_OK);
    assert_int_equal(read(ends[0], &byte, 1), 0); /* the end: no one holds the other side */
    assert_int_equal(close(ends[0]), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes_hash_and_size),
        cmocka_unit_test(test_many_sizes),
        cmocka_unit_test(test_long_print),
        cmocka_unit_test(test_full_device),
        cmocka_unit_test(test_descriptor_is_borrowed_or_owned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
