/* PX files (AXIS-VERSION 2000 to 2013): KEYWORD[language]("variable","value")=values; and DATA= at the end. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/number.h"
#include "base/number_problem.h"
#include "base/problem.h"
#include "import/px.h"
#include "import/words.h"

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

/* KEYWORD; reader->keyword is set to it, for messages. */
static frem_status read_keyword(frem_px_reader *reader, frem_px_statement *statement) {
    const char *text = reader->table->text;
    const size_t n = strcspn(text + reader->at, "[(=;\" \t\r\n");
    if (n == 0)
        return expected(reader, "KEYWORD=");
    statement->at = reader->at;
    statement->keyword = reader->keyword = frem_arena_text(reader->table->arena, text + reader->at, n);
    reader->at += n;
    skip_blanks(reader);
    return reader->keyword != NULL ? FREM_OK : FREM_NO_MEMORY;
}

/* [language], ("variable") and the sign before the values. */
static frem_status read_subject(frem_px_reader *reader, frem_px_statement *statement, frem_text *scratch) {
    const char *text = reader->table->text;
    size_t n;
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
                statement->variable = frem_nfc(reader->table->arena, scratch->bytes, scratch->length);
            if (statement->variable == NULL)
                return FREM_NO_MEMORY;
        } while (text[reader->at] == ',' && reader->at++ > 0);
        if (text[reader->at] != ')')
            return expected(reader, "')'");
        reader->at++;
        skip_blanks(reader);
        reader->keyword =
            frem_arena_print(reader->table->arena, "%s(\"%s\")", statement->keyword, statement->variable);
        if (reader->keyword == NULL)
            return FREM_NO_MEMORY;
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
            const char *kept = frem_nfc(reader->table->arena, scratch->bytes, scratch->length);
            statement->values[statement->n_values] = kept;
            status = kept != NULL ? FREM_OK : FREM_NO_MEMORY;
        }
        if (status != FREM_OK)
            return status;
        statement->n_values++;
    } while (text[reader->at] == ',' && reader->at++ > 0);
    if (text[reader->at] != ';')
        return expected(reader, "';'");
    reader->at++;
    return FREM_OK;
}

/* Passes over a statement up to its semicolon, whatever its form. */
static frem_status skip_statement(frem_px_reader *reader) {
    const char *text = reader->table->text;
    for (;;) {
        reader->at += strcspn(text + reader->at, "\";");
        if (text[reader->at] == '\0')
            return expected(reader, "';'");
        if (text[reader->at] == ';') {
            reader->at++;
            return FREM_OK;
        }
        const char *close = strchr(text + reader->at + 1, '"');
        if (close == NULL)
            return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->at), TABLE_QUOTE_OPEN,
                                "");
        reader->at = (size_t)(close - text) + 1;
    }
}

/* Whether a keyword describes the table; what else there is, known or not, says nothing about figures. */
static bool describes(const char *keyword) {
    static const char *const words[] = {"STUB",        "HEADING", "VALUES",   "CODES",        "VARIABLECODE",
                                        "KEYS",        "TABLEID", "MATRIX",   "TITLE",        "CONTENTS",
                                        "DESCRIPTION", "UNITS",   "DECIMALS", "AGGREGALLOWED"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], keyword) == 0)
            return true;
    }
    return false;
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

static frem_status keep(frem_px_reader *reader, const frem_px_statement *statement) {
    if (!statement->other_language && find(reader, statement->keyword, statement->variable) != NULL)
        return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, statement->at), IMPORT_PX_TWICE,
                            reader->keyword);
    void *items = reader->statements;
    const frem_status status =
        frem_grow(&items, &reader->room, reader->n_statements, sizeof *reader->statements);
    reader->statements = items;
    if (status == FREM_OK)
        reader->statements[reader->n_statements++] = *statement;
    return status;
}

/* One statement. @param[out] silent whether it says nothing about figures, and texts may follow its semicolon: some
 * files end each piece of a long note with one. */
static frem_status read_statement(frem_px_reader *reader, frem_text *scratch, bool *silent, bool *data) {
    frem_px_statement statement = {0};
    if (reader->table->text[reader->at] == '"') {
        if (*silent)
            return skip_statement(reader);
        return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->at), IMPORT_PX_STRAY,
                            reader->keyword);
    }
    frem_status status = read_keyword(reader, &statement);
    if (status != FREM_OK)
        return status;
    *data = strcmp(statement.keyword, "DATA") == 0;
    *silent = !*data && !describes(statement.keyword);
    if (*silent)
        return skip_statement(reader);
    status = read_subject(reader, &statement, scratch);
    if (status != FREM_OK || *data)
        return status;
    status = read_values(reader, &statement, scratch);
    if (status == FREM_OK)
        status = keep(reader, &statement);
    if (status != FREM_OK)
        free(statement.values);
    return status;
}

static frem_status read_head(frem_px_reader *reader) {
    frem_text scratch = {0};
    frem_status status = FREM_OK;
    bool silent = false, data = false;
    while (status == FREM_OK && !data) {
        skip_blanks(reader);
        status = reader->at < reader->table->size
                     ? read_statement(reader, &scratch, &silent, &data)
                     : FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->at),
                                    IMPORT_PX_NO_DATA, reader->keyword);
    }
    frem_text_free(&scratch);
    return status;
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

/* The variable that has a value of a name, which value is set to; NULL where none has. */
static frem_import_variable *variable_of(frem_import_table *table, const char *label, size_t *value) {
    for (size_t v = 0; v < table->n_variables; v++) {
        for (*value = 0; *value < table->variables[v].n_values; ++*value) {
            if (strcmp(table->variables[v].values[*value].label, label) == 0)
                return &table->variables[v];
        }
    }
    return NULL;
}

/* UNITS of all figures; with the name of a content, of its figures alone. */
static void note_units(frem_px_reader *reader) {
    frem_import_table *table = reader->table;
    const frem_px_statement *whole = find(reader, "UNITS", NULL);
    if (whole != NULL && whole->n_values > 0)
        frem_import_note_units(table, &table->power, whole->values[0], frem_import_power(whole->values[0]),
                               whole->at);
    for (size_t i = 0; i < reader->n_statements; i++) {
        const frem_px_statement *units = &reader->statements[i];
        size_t value;
        if (units->other_language || units->variable == NULL || units->n_values == 0 ||
            strcmp(units->keyword, "UNITS") != 0)
            continue;
        frem_import_variable *variable = variable_of(table, units->variable, &value);
        if (variable == NULL)
            continue;
        for (size_t k = 0; table->power != 0 && k < variable->n_values; k++)
            variable->values[k].power = table->power;
        table->power = 0;
        frem_import_note_units(table, &variable->values[value].power, units->values[0],
                               frem_import_power(units->values[0]), units->at);
    }
}

static void note_figures(frem_px_reader *reader) {
    const char *decimals = first_value(reader, "DECIMALS"), *sums = first_value(reader, "AGGREGALLOWED");
    int64_t n;
    if (decimals != NULL && frem_whole_read(decimals, strlen(decimals), &n) == FREM_NUMBER_OK)
        reader->table->has_decimals = n >= 3;
    reader->table->no_sums = sums != NULL && strcasecmp(sums, "NO") == 0;
    reader->table->content = first_value(reader, "CONTENTS");
    note_units(reader);
}

frem_status frem_px_read(frem_import_table *table, frem_px_reader *reader, frem_diags *diags) {
    *reader = (frem_px_reader){.table = table, .diags = diags, .keyword = "", .numbers = {.diags = diags}};
    frem_status status = read_head(reader);
    if (status != FREM_OK)
        return status;
    reader->data = reader->at;
    status = add_variables(reader);
    if (status != FREM_OK)
        return status;
    note_figures(reader);
    for (size_t i = 0; i < reader->n_stub; i++)
        reader->keyed |= find(reader, "KEYS", table->variables[i].label) != NULL;
    return FREM_OK;
}

const char *frem_px_keys(const frem_px_reader *reader, size_t variable) {
    const frem_px_statement *statement = find(reader, "KEYS", reader->table->variables[variable].label);
    return statement != NULL && statement->n_values > 0 ? statement->values[0] : "VALUES";
}

/* The text of a keyword that is in ASCII, before the bytes are text: looked for as it is. NULL for none. */
static char *early_text(const frem_import_file *file, const char *keyword) {
    const char *at = file->bytes, *end = at + (file->size < 4096 ? file->size : 4096);
    const size_t n = strlen(keyword);
    for (; (at = memmem(at, (size_t)(end - at), keyword, n)) != NULL; at++) {
        const bool first = at == file->bytes || memchr("\n\r; \t\xBF", at[-1], 6) != NULL;
        const char *next = at + n;
        while (next < end && memchr(" \t\r\n=", *next, 5) != NULL)
            next++;
        const char *close =
            next < end && *next == '"' ? memchr(next + 1, '"', (size_t)(end - next) - 1) : NULL;
        if (first && close != NULL)
            return strndup(next + 1, (size_t)(close - next) - 1);
    }
    return NULL;
}

char *frem_px_codepage(const frem_import_file *file, bool *named) {
    char *codepage = early_text(file, "CODEPAGE"), *charset = early_text(file, "CHARSET");
    *named = codepage != NULL || charset != NULL;
    if (codepage == NULL && (charset == NULL || strcasecmp(charset, "ANSI") != 0))
        codepage = strdup(charset != NULL ? charset : "CP850");
    free(charset);
    return codepage;
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
