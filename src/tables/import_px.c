/* PX files (AXIS-VERSION 2000 to 2013): KEYWORD[language]("variable","value")=values; and DATA= at the end. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/number_problem.h"
#include "base/problem.h"
#include "tables/import_px.h"
#include "tables/import_words.h"

static frem_status expected(const frem_px_reader *reader, const char *what) {
    if (reader->at >= reader->table->size)
        return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->table->size),
                            IMPORT_CUT_OFF, reader->keyword);
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->at), IMPORT_PX_EXPECTED, what,
                        reader->keyword);
}

static void skip_blanks(frem_px_reader *reader) {
    const char *text = reader->table->text;
    while (text[reader->at] == ' ' || text[reader->at] == '\t' || text[reader->at] == '\r' ||
           text[reader->at] == '\n' || text[reader->at] == '\x1A')
        reader->at++;
}

/* A text in quotes; pieces that follow one another, as on several lines, are one text. */
static frem_status read_text(frem_px_reader *reader, frem_text *out) {
    const char *text = reader->table->text;
    out->length = 0;
    frem_text_add(out, "");
    while (text[reader->at] == '"') {
        const char *start = text + reader->at + 1;
        const char *end = strchr(start, '"');
        if (end == NULL) {
            const frem_place place = frem_import_place(reader->table, reader->at);
            return FREM_PROBLEM(reader->diags, place, TABLE_QUOTE_OPEN, "");
        }
        frem_text_add_bytes(out, start, (size_t)(end - start));
        reader->at = (size_t)(end - text) + 1;
        skip_blanks(reader);
    }
    return out->failed ? FREM_NO_MEMORY : FREM_OK;
}

/* Bytes of a bare word: up to a sign that ends it, but for those inside parentheses, as TLIST(A1,"2023"-"2024"). */
static size_t bare_length(const char *text) {
    size_t n = 0, depth = 0;
    for (; text[n] != '\0'; n++) {
        if (depth == 0 && strchr(",;\"\n)", text[n]) != NULL)
            break;
        if (text[n] == '(')
            depth++;
        else if (text[n] == ')')
            depth--;
    }
    while (n > 0 && strchr(" \t\r", text[n - 1]) != NULL)
        n--;
    return n;
}

/* One value: in quotes, or a bare word such as YES or 0. */
static frem_status read_value(frem_px_reader *reader, frem_text *out) {
    skip_blanks(reader);
    if (reader->table->text[reader->at] == '"')
        return read_text(reader, out);
    const size_t n = bare_length(reader->table->text + reader->at);
    if (n == 0)
        return expected(reader, "'\"'");
    out->length = 0;
    frem_text_add_bytes(out, reader->table->text + reader->at, n);
    reader->at += n;
    skip_blanks(reader);
    return out->failed ? FREM_NO_MEMORY : FREM_OK;
}

/* ---- the head ---- */

/* KEYWORD, [language] and ("variable"); reader->keyword is set first, for messages. */
static frem_status read_keyword(frem_px_reader *reader, frem_px_statement *statement, frem_text *scratch) {
    const char *text = reader->table->text;
    size_t n = strcspn(text + reader->at, "[(=;\" \t\r\n");
    statement->at = reader->at;
    reader->keyword = frem_arena_text(reader->table->arena, text + reader->at, n);
    if (reader->keyword == NULL)
        return FREM_NO_MEMORY;
    if (n == 0)
        return expected(reader, "KEYWORD=");
    statement->keyword = reader->keyword;
    reader->at += n;
    skip_blanks(reader);
    if (text[reader->at] == '[') {
        n = strcspn(text + reader->at, "]=;\n");
        statement->other_language = true;
        reader->at += n;
        if (text[reader->at] != ']')
            return expected(reader, "']'");
        statement->language = frem_arena_text(reader->table->arena, text + reader->at - n + 1, n - 1);
        if (statement->language == NULL)
            return FREM_NO_MEMORY;
        reader->at++;
        skip_blanks(reader);
    }
    if (text[reader->at] == '(') {
        reader->at++;
        do {
            const frem_status status = read_value(reader, scratch);
            if (status != FREM_OK)
                return status;
            if (statement->variable == NULL)
                statement->variable = frem_arena_text(reader->table->arena, scratch->bytes, scratch->length);
            if (statement->variable == NULL)
                return FREM_NO_MEMORY;
        } while (text[reader->at] == ',' && reader->at++ > 0);
        if (text[reader->at] != ')')
            return expected(reader, "')'");
        reader->at++;
        skip_blanks(reader);
    }
    if (text[reader->at] != '=')
        return expected(reader, "'='");
    reader->at++;
    return FREM_OK;
}

static frem_status read_values(frem_px_reader *reader, frem_px_statement *statement, frem_text *scratch) {
    const char *text = reader->table->text;
    size_t room = 0;
    void *items = NULL;
    frem_status status;
    skip_blanks(reader);
    if (text[reader->at] == ';') { /* KEYWORD=; says nothing */
        reader->at++;
        return FREM_OK;
    }
    do {
        status = read_value(reader, scratch);
        if (status == FREM_OK)
            status = frem_grow(&items, &room, statement->n_values, sizeof *statement->values);
        statement->values = items;
        if (status == FREM_OK) {
            const char *kept = frem_arena_text(reader->table->arena, scratch->bytes, scratch->length);
            statement->values[statement->n_values] = kept;
            status = kept != NULL ? FREM_OK : FREM_NO_MEMORY;
        }
        if (status != FREM_OK)
            return status;
        statement->n_values++;
    } while ((text[reader->at] == ',' || text[reader->at] == '-') && reader->at++ > 0);
    if (text[reader->at] != ';')
        return expected(reader, "';'");
    reader->at++;
    return FREM_OK;
}

/* Keeps a statement that describes the table; what else there is, known or not, says nothing about figures. */
static frem_status keep(frem_px_reader *reader, const frem_px_statement *statement) {
    void *items = reader->statements;
    const frem_status status =
        frem_grow(&items, &reader->room, reader->n_statements, sizeof *reader->statements);
    reader->statements = items;
    if (status == FREM_OK)
        reader->statements[reader->n_statements++] = *statement;
    return status;
}

static frem_status read_head(frem_px_reader *reader) {
    frem_text scratch = {0};
    frem_status status = FREM_OK;
    for (;;) {
        frem_px_statement statement = {0};
        reader->keyword = "DATA";
        skip_blanks(reader);
        if (reader->at >= reader->table->size) {
            status = FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->at), IMPORT_CUT_OFF,
                                  "DATA");
            break;
        }
        status = read_keyword(reader, &statement, &scratch);
        if (status != FREM_OK || strcmp(statement.keyword, "DATA") == 0)
            break;
        status = read_values(reader, &statement, &scratch);
        if (status == FREM_OK)
            status = keep(reader, &statement);
        else
            free(statement.values);
        if (status != FREM_OK)
            break;
    }
    frem_text_free(&scratch);
    return status;
}

/* A statement in the file's own language. */
static const frem_px_statement *find(const frem_px_reader *reader, const char *keyword,
                                     const char *variable) {
    for (size_t i = 0; i < reader->n_statements; i++) {
        const frem_px_statement *statement = &reader->statements[i];
        const bool same_variable =
            variable == NULL ? statement->variable == NULL
                             : statement->variable != NULL && strcmp(statement->variable, variable) == 0;
        if (!statement->other_language && strcmp(statement->keyword, keyword) == 0 && same_variable)
            return statement;
    }
    return NULL;
}

static const char *first_value(const frem_px_reader *reader, const char *keyword) {
    const frem_px_statement *statement = find(reader, keyword, NULL);
    return statement != NULL && statement->n_values > 0 ? statement->values[0] : NULL;
}

/* ---- variables ---- */

static frem_status lacks(const frem_px_reader *reader, const char *what, const char *variable) {
    const char *name =
        variable == NULL ? what : frem_arena_print(reader->table->arena, "%s(\"%s\")", what, variable);
    if (name == NULL)
        return FREM_NO_MEMORY;
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->data), IMPORT_LACKS_PART,
                        name);
}

static frem_status value_twice(const frem_px_reader *reader, const frem_px_statement *at, const char *value,
                               const char *variable) {
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, at->at), IMPORT_VALUE_TWICE, value,
                        variable);
}

static frem_status add_variable(frem_px_reader *reader, const char *name, size_t at) {
    frem_import_table *table = reader->table;
    const frem_px_statement *values = find(reader, "VALUES", name), *codes = find(reader, "CODES", name);
    const frem_px_statement *code = find(reader, "VARIABLECODE", name);
    if (values == NULL && codes == NULL)
        return lacks(reader, "VALUES", name);
    if (values != NULL && codes != NULL && values->n_values != codes->n_values) {
        char has[32], want[32];
        snprintf(has, sizeof has, "%zu", codes->n_values);
        snprintf(want, sizeof want, "%zu", values->n_values);
        return FREM_PROBLEM(reader->diags, frem_import_place(table, codes->at), IMPORT_PX_CODES, name, has,
                            want);
    }
    const char *variable_code = code != NULL && code->n_values > 0 ? code->values[0] : name;
    frem_import_variable *variable = frem_import_add_variable(table, variable_code, name, at);
    if (variable == NULL)
        return FREM_NO_MEMORY;
    const frem_px_statement *keys = codes != NULL ? codes : values;
    for (size_t i = 0; i < keys->n_values; i++) {
        uint32_t place;
        bool added;
        const char *label = values != NULL ? values->values[i] : keys->values[i];
        const frem_status status =
            frem_import_add_value(table, variable, keys->values[i], label, &place, &added);
        if (status != FREM_OK)
            return status;
        if (!added)
            return value_twice(reader, keys, keys->values[i], name);
    }
    return FREM_OK;
}

static frem_status add_variables(frem_px_reader *reader) {
    static const char *const sides[] = {"STUB", "HEADING"};
    reader->table->id = first_value(reader, "TABLEID");
    if (reader->table->id == NULL)
        reader->table->id = first_value(reader, "MATRIX");
    reader->table->title = first_value(reader, "TITLE");
    if (reader->table->title == NULL)
        reader->table->title = first_value(reader, "DESCRIPTION");
    for (size_t side = 0; side < 2; side++) {
        const frem_px_statement *statement = find(reader, sides[side], NULL);
        for (size_t i = 0; statement != NULL && i < statement->n_values; i++) {
            for (size_t k = 0; k < reader->table->n_variables; k++) {
                if (strcmp(reader->table->variables[k].label, statement->values[i]) == 0)
                    return value_twice(reader, statement, statement->values[i], sides[side]);
            }
            const frem_status status = add_variable(reader, statement->values[i], statement->at);
            if (status != FREM_OK)
                return status;
        }
        if (side == 0)
            reader->n_stub = reader->table->n_variables;
    }
    return reader->table->n_variables > 0 ? FREM_OK : lacks(reader, "STUB", NULL);
}

frem_status frem_px_read(frem_import_table *table, frem_px_reader *reader, frem_diags *diags) {
    *reader =
        (frem_px_reader){.table = table, .diags = diags, .keyword = "DATA", .numbers = {.diags = diags}};
    frem_status status = read_head(reader);
    if (status != FREM_OK)
        return status;
    reader->data = reader->at;
    status = add_variables(reader);
    if (status != FREM_OK)
        return status;
    for (size_t i = 0; i < reader->n_stub; i++)
        reader->keyed |= find(reader, "KEYS", table->variables[i].label) != NULL;
    return FREM_OK;
}

const char *frem_px_keys(const frem_px_reader *reader, size_t variable) {
    const frem_px_statement *statement = find(reader, "KEYS", reader->table->variables[variable].label);
    return statement != NULL && statement->n_values > 0 ? statement->values[0] : "VALUES";
}

/* CODEPAGE stands in ASCII, before the bytes are text: looked for as it is. */
char *frem_px_codepage(const frem_import_file *file) {
    static const char name[] = "CODEPAGE=\"";
    const char *found = memmem(file->bytes, file->size < 4096 ? file->size : 4096, name, sizeof name - 1);
    if (found == NULL)
        return NULL;
    found += sizeof name - 1;
    const char *end = memchr(found, '"', file->size - (size_t)(found - file->bytes));
    return end != NULL ? strndup(found, (size_t)(end - found)) : NULL;
}

frem_status frem_import_read_px(frem_import_table *table, frem_diags *diags) {
    frem_px_reader reader;
    frem_status status = frem_px_read(table, &reader, diags);
    if (status == FREM_OK)
        status = frem_px_read_data(&reader);
    status = frem_tally_worse(status, frem_tally_close(&reader.numbers));
    for (size_t i = 0; i < reader.n_statements; i++)
        free(reader.statements[i].values);
    free(reader.statements);
    return status;
}
