#include "output/sqlite/base.h"

#ifdef FREM_SQLITE_LIBRARY

#include <errno.h>
#include <string.h>

#include "base/part.h"
#include "base/platform.h"
#include "base/text.h"
#include "output/names.h"

static const frem_part_call call_names[] = {FREM_SQLITE_CALLS(FREM_PART_CALL)};

static const frem_part part = {"--format sqlite", "SQLite",         FREM_SQLITE_LIBRARY,
                               "libsqlite3-0",    "libsqlite3-dev", false};

/* What a result code means for the program: SQL is ours, so that one of it that fails is a defect. */
static void take(frem_base *base, int code) {
    if (base->status != FREM_OK || code == SQLITE_OK || code == SQLITE_DONE)
        return;
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        base->status = FREM_NO_MEMORY;
        break;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_BUSY:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        base->status = FREM_UNWRITABLE;
        /* A full disk is no error of the system to SQLite. */
        base->error = (code & 0xFF) == SQLITE_FULL ? ENOSPC : base->call.sqlite3_system_errno(base->database);
        break;
    default:
        base->status = FREM_DEFECT;
        break;
    }
}

frem_status frem_base_open(frem_base *base, const char *path, frem_diags *diags) {
    *base = (frem_base){.status = FREM_OK};
    const frem_status opened = frem_part_open(&part, call_names, sizeof call_names / sizeof *call_names,
                                              &base->call, &base->library, diags);
    /* The library would make a file that its group can't write, whatever the umask says; an empty one is a database to it. */
    const int fd =
        opened == FREM_OK ? frem_fd_open(FREM_HERE, path, FREM_OPEN_WRITE | FREM_OPEN_MAKE, 0666) : -1;
    frem_fd_drop(fd);
    if (opened == FREM_OK)
        take(base, base->call.sqlite3_open_v2(
                       path, &base->database,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL));
    return opened;
}

void frem_base_run(frem_base *base, const char *sql) {
    if (base->status == FREM_OK)
        take(base, base->call.sqlite3_exec(base->database, sql, NULL, NULL, NULL));
}

static void finish_insert(frem_base *base) {
    if (base->insert != NULL)
        take(base, base->call.sqlite3_finalize(base->insert));
    base->insert = NULL;
}

void frem_base_insert(frem_base *base, const char *sql) {
    finish_insert(base);
    base->place = 1;
    if (base->status == FREM_OK)
        take(base, base->call.sqlite3_prepare_v2(base->database, sql, -1, &base->insert, NULL));
}

void frem_base_text(frem_base *base, const char *text) {
    if (base->status != FREM_OK)
        return;
    const int place = base->place++;
    if (text == NULL) {
        take(base, base->call.sqlite3_bind_null(base->insert, place));
        return;
    }
    const size_t n = strlen(text);
    if (frem_utf8_valid(text, n, NULL)) {
        take(base, base->call.sqlite3_bind_text(base->insert, place, text, (int)n, SQLITE_STATIC));
        return;
    }
    frem_text clean = {0};
    frem_text_add_valid(&clean, text, n);
    if (clean.failed)
        base->status = FREM_NO_MEMORY;
    else
        take(base, base->call.sqlite3_bind_text(base->insert, place, clean.bytes, (int)clean.length,
                                                SQLITE_TRANSIENT));
    frem_text_free(&clean);
}

void frem_base_whole(frem_base *base, int64_t value) {
    if (base->status == FREM_OK)
        take(base, base->call.sqlite3_bind_int64(base->insert, base->place++, value));
}

void frem_base_number(frem_base *base, double value) {
    if (base->status == FREM_OK)
        take(base, base->call.sqlite3_bind_double(base->insert, base->place++, frem_value_shown(value)));
}

void frem_base_row(frem_base *base) {
    base->place = 1;
    if (base->status != FREM_OK)
        return;
    take(base, base->call.sqlite3_step(base->insert));
    take(base, base->call.sqlite3_reset(base->insert));
}

void frem_base_name(frem_text *sql, const char *name) {
    frem_text_add(sql, "\"");
    for (const char *at = name; *at != '\0'; at++)
        frem_text_add_bytes(sql, *at == '"' ? "\"\"" : at, *at == '"' ? 2 : 1);
    frem_text_add(sql, "\"");
}

static const char *type_of(frem_column_kind kind) {
    return kind == FREM_COLUMN_LABEL ? "TEXT" : kind == FREM_COLUMN_WHOLE ? "INTEGER" : "REAL";
}

static void make_table(frem_base *base, const char *table, const frem_frame *frame) {
    frem_text create = {0}, insert = {0};
    frem_text_add(&create, "CREATE TABLE ");
    frem_base_name(&create, table);
    frem_text_add(&create, " (");
    frem_text_add(&insert, "INSERT INTO ");
    frem_base_name(&insert, table);
    frem_text_add(&insert, " VALUES (");
    for (size_t c = 0; c < frem_frame_columns(frame); c++) {
        frem_text_add(&create, c > 0 ? ", " : "");
        frem_base_name(&create, frem_frame_column_name(frame, c));
        frem_text_print(&create, " %s%s", type_of(frem_frame_column_kind(frame, c)),
                        frem_frame_allows_empty(frame, c) ? "" : " NOT NULL");
        frem_text_print(&insert, "%s?%zu", c > 0 ? ", " : "", c + 1);
    }
    frem_text_add(&create, ")");
    frem_text_add(&insert, ")");
    if (create.failed || insert.failed) {
        base->status = FREM_NO_MEMORY;
    } else {
        frem_base_run(base, create.bytes);
        frem_base_insert(base, insert.bytes);
    }
    frem_text_free(&create);
    frem_text_free(&insert);
}

/* A number with all its digits; NaN is NULL. */
static void bind_exact(frem_base *base, double value) {
    if (base->status == FREM_OK)
        take(base, base->call.sqlite3_bind_double(base->insert, base->place++, value));
}

static void bind_cell(frem_base *base, const frem_frame *frame, size_t column, size_t row, bool exact) {
    switch (frem_frame_column_kind(frame, column)) {
    case FREM_COLUMN_LABEL: {
        const uint32_t code = frem_frame_label_codes(frame, column)[row];
        frem_base_text(base, frem_frame_label_text(frame, column, code));
        break;
    }
    case FREM_COLUMN_WHOLE:
        frem_base_whole(base, frem_frame_wholes(frame, column)[row]);
        break;
    case FREM_COLUMN_NUMBER:
    default:
        if (exact)
            bind_exact(base, frem_frame_numbers(frame, column)[row]);
        else
            frem_base_number(base, frem_frame_numbers(frame, column)[row]);
        break;
    }
}

/* @param columns what an answer says of its columns; NULL: of none. */
static void add_table(frem_base *base, const char *table, const frem_frame *frame,
                      const frem_answer_column *columns) {
    if (base->status == FREM_OK)
        make_table(base, table, frame);
    for (size_t row = 0; row < frem_frame_rows(frame) && base->status == FREM_OK; row++) {
        for (size_t c = 0; c < frem_frame_columns(frame); c++)
            bind_cell(base, frame, c, row, columns != NULL && columns[c].exact);
        frem_base_row(base);
    }
}

void frem_base_frame(frem_base *base, const char *table, const frem_frame *frame) {
    add_table(base, table, frame, NULL);
}

void frem_base_answer_table(frem_base *base, const frem_answer_table *table) {
    add_table(base, table->name, table->frame, table->columns);
}

frem_status frem_base_close(frem_base *base) {
    finish_insert(base);
    take(base, base->call.sqlite3_close(base->database));
    base->database = NULL;
    frem_part_close(base->library);
    base->library = NULL;
    return base->status;
}

#endif
