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

/** KEYWORD[language]("variable")=values; texts borrowed from the table's arena. */
typedef struct px_statement {
    const char *keyword;
    const char *language; /**< NULL for the file's own */
    const char *variable; /**< the first name in parentheses; NULL for none */
    const char **values;  /**< owned */
    size_t n_values;
    size_t at;
    bool other_language;
} px_statement;

typedef struct px_reader {
    frem_import_table *table;
    frem_diags *diags;
    size_t at;
    size_t data;         /**< where the figures begin */
    const char *keyword; /**< being read, for messages */
    px_statement *statements;
    size_t n_statements;
    size_t room;
    size_t n_stub;
    bool keyed;      /**< KEYS: each row of the stub begins with its values, and rows of zeros are left out */
    size_t glued;    /**< figures with a comma and a digit right behind */
    size_t glued_at; /**< the first of them */
    bool blanks;     /**< figures are parted by blanks too */
    frem_tally numbers;
} px_reader;

static frem_status expected(const px_reader *reader, const char *what) {
    if (reader->at >= reader->table->size)
        return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->table->size),
                            IMPORT_CUT_OFF, reader->keyword);
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->at), IMPORT_PX_EXPECTED, what,
                        reader->keyword);
}

static void skip_blanks(px_reader *reader) {
    const char *text = reader->table->text;
    while (text[reader->at] == ' ' || text[reader->at] == '\t' || text[reader->at] == '\r' ||
           text[reader->at] == '\n' || text[reader->at] == '\x1A')
        reader->at++;
}

/* A text in quotes; pieces that follow one another, as on several lines, are one text. */
static frem_status read_text(px_reader *reader, frem_text *out) {
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
static frem_status read_value(px_reader *reader, frem_text *out) {
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
static frem_status read_keyword(px_reader *reader, px_statement *statement) {
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
static frem_status read_subject(px_reader *reader, px_statement *statement, frem_text *scratch) {
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

static frem_status read_values(px_reader *reader, px_statement *statement, frem_text *scratch) {
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
static frem_status skip_statement(px_reader *reader) {
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
static const px_statement *find(const px_reader *reader, const char *keyword, const char *variable) {
    for (size_t i = 0; i < reader->n_statements; i++) {
        const px_statement *statement = &reader->statements[i];
        const bool same_variable =
            variable == NULL ? statement->variable == NULL
                             : statement->variable != NULL && strcmp(statement->variable, variable) == 0;
        if (!statement->other_language && strcmp(statement->keyword, keyword) == 0 && same_variable)
            return statement;
    }
    return NULL;
}

static frem_status keep(px_reader *reader, const px_statement *statement) {
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
static frem_status read_statement(px_reader *reader, frem_text *scratch, bool *silent, bool *data) {
    px_statement statement = {0};
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

static frem_status read_head(px_reader *reader) {
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

static const char *first_value(const px_reader *reader, const char *keyword) {
    const px_statement *statement = find(reader, keyword, NULL);
    return statement != NULL && statement->n_values > 0 ? statement->values[0] : NULL;
}

/* ---- variables ---- */

static frem_status lacks(const px_reader *reader, const char *what, const char *variable) {
    const char *name =
        variable == NULL ? what : frem_arena_print(reader->table->arena, "%s(\"%s\")", what, variable);
    if (name == NULL)
        return FREM_NO_MEMORY;
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->data), IMPORT_LACKS_PART,
                        name);
}

static frem_status value_twice(const px_reader *reader, const px_statement *at, const char *value,
                               const char *variable) {
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, at->at), IMPORT_VALUE_TWICE, value,
                        variable);
}

static frem_status add_variable(px_reader *reader, const char *name, size_t at) {
    frem_import_table *table = reader->table;
    const px_statement *values = find(reader, "VALUES", name), *codes = find(reader, "CODES", name);
    const px_statement *code = find(reader, "VARIABLECODE", name);
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
    const px_statement *keys = codes != NULL ? codes : values;
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

static frem_status add_variables(px_reader *reader) {
    static const char *const sides[] = {"STUB", "HEADING"};
    reader->table->id = first_value(reader, "TABLEID");
    if (reader->table->id == NULL)
        reader->table->id = first_value(reader, "MATRIX");
    reader->table->title = first_value(reader, "TITLE");
    if (reader->table->title == NULL)
        reader->table->title = first_value(reader, "DESCRIPTION");
    for (size_t side = 0; side < 2; side++) {
        const px_statement *statement = find(reader, sides[side], NULL);
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
static void note_units(px_reader *reader) {
    frem_import_table *table = reader->table;
    const px_statement *whole = find(reader, "UNITS", NULL);
    if (whole != NULL && whole->n_values > 0)
        frem_import_note_units(table, &table->power, whole->values[0], frem_import_power(whole->values[0]),
                               whole->at);
    for (size_t i = 0; i < reader->n_statements; i++) {
        const px_statement *units = &reader->statements[i];
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

static void note_figures(px_reader *reader) {
    const char *decimals = first_value(reader, "DECIMALS"), *sums = first_value(reader, "AGGREGALLOWED");
    int64_t n;
    if (decimals != NULL && frem_whole_read(decimals, strlen(decimals), &n) == FREM_NUMBER_OK)
        reader->table->has_decimals = n >= 3;
    reader->table->no_sums = sums != NULL && strcasecmp(sums, "NO") == 0;
    reader->table->content = first_value(reader, "CONTENTS");
    note_units(reader);
}

static frem_status px_read(frem_import_table *table, px_reader *reader, frem_diags *diags) {
    *reader = (px_reader){.table = table, .diags = diags, .keyword = "", .numbers = {.diags = diags}};
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

static const char *px_keys(const px_reader *reader, size_t variable) {
    const px_statement *statement = find(reader, "KEYS", reader->table->variables[variable].label);
    return statement != NULL && statement->n_values > 0 ? statement->values[0] : "VALUES";
}

/* A figure or a key as written in the file. */
typedef struct token {
    const char *text; /* without quotes */
    size_t n;
    size_t at;
    bool quoted;
    bool end; /* the semicolon, or the end of the file */
} token;

static bool is_between(char c) {
    return c == ' ' || c == ',' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Passes over what is between figures, and sees whether they are parted by blanks alone. */
static void skip_between(px_reader *reader) {
    const char *text = reader->table->text;
    const size_t from = reader->at;
    bool other = from == 0 || !is_digit(text[from - 1]);
    for (; is_between(text[reader->at]); reader->at++)
        other |= text[reader->at] != ' ' && text[reader->at] != '\t';
    reader->blanks |= !other && reader->at > from && is_digit(text[reader->at]);
}

static frem_status next(px_reader *reader, token *out) {
    const frem_import_table *table = reader->table;
    skip_between(reader);
    *out = (token){.text = table->text + reader->at, .at = reader->at};
    if (reader->at >= table->size)
        return FREM_PROBLEM(reader->diags, frem_import_place(table, table->size), IMPORT_CUT_OFF, "DATA");
    if (*out->text == ';') {
        out->end = true;
        reader->at++;
        return FREM_OK;
    }
    if (*out->text == '"') {
        const char *close = strchr(out->text + 1, '"');
        if (close == NULL)
            return FREM_PROBLEM(reader->diags, frem_import_place(table, out->at), TABLE_QUOTE_OPEN, "");
        out->quoted = true;
        out->text++;
        out->n = (size_t)(close - out->text);
        reader->at = (size_t)(close - table->text) + 1;
        return FREM_OK;
    }
    while (!is_between(out->text[out->n]) && out->text[out->n] != ';' && out->text[out->n] != '"' &&
           out->text[out->n] != '\0')
        out->n++;
    reader->at += out->n;
    const char *behind = out->text + out->n;
    if (*behind == ',' && is_digit(behind[-1]) && is_digit(behind[1]) && reader->glued++ == 0)
        reader->glued_at = out->at;
    return FREM_OK;
}

static frem_status take_figure(px_reader *reader, const token *from, const uint32_t *keys) {
    double number = (double)NAN;
    if (!frem_import_is_missing(from->text, from->n)) {
        const frem_number_fault fault =
            frem_import_read_figure(reader->table, keys, from->text, from->n, &number);
        if (fault != FREM_NUMBER_OK) {
            char text[64];
            snprintf(text, sizeof text, "%.*s", (int)(from->n < 60 ? from->n : 60), from->text);
            if (frem_tally_count(&reader->numbers,
                                 frem_import_tally_place(reader->table, &reader->numbers, from->at)))
                frem_tally_raised(&reader->numbers,
                                  frem_number_problem(reader->diags,
                                                      frem_import_place(reader->table, from->at), "DATA",
                                                      text, fault));
            number = (double)NAN;
        }
    }
    return frem_import_add_cell(reader->table, keys, number, from->at);
}

static frem_status decimal_comma(const px_reader *reader) {
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->glued_at),
                        IMPORT_PX_DECIMAL_COMMA, "");
}

static frem_status wrong_count(px_reader *reader, size_t at, size_t has, size_t want) {
    char figures[32], wanted[32];
    if (reader->glued > 0 && (reader->blanks || has - reader->glued == want))
        return decimal_comma(reader);
    snprintf(figures, sizeof figures, "%zu", has);
    snprintf(wanted, sizeof wanted, "%zu", want);
    const char *cube = frem_import_cube_text(reader->table);
    if (cube == NULL)
        return FREM_NO_MEMORY;
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, at), IMPORT_COUNT, figures, wanted,
                        cube);
}

/* Whether nothing but blanks is left: a file may lack its last semicolon. A figure that is the last byte is not known to
 * be whole. */
static bool ends_whole(const px_reader *reader) {
    size_t at = reader->at;
    while (is_between(reader->table->text[at]) || reader->table->text[at] == '\x1A')
        at++;
    return at == reader->table->size && at > reader->at;
}

static frem_status read_all(px_reader *reader, size_t cells, uint32_t *keys) {
    size_t found = 0, too_many = 0;
    token figure;
    for (;;) {
        if (found == cells && ends_whole(reader))
            break;
        frem_status status = next(reader, &figure);
        if (status == FREM_OK && figure.end)
            break;
        if (status == FREM_OK && found < cells)
            status = take_figure(reader, &figure, keys);
        if (status != FREM_OK)
            return status;
        if (found++ == cells)
            too_many = figure.at;
        frem_import_next_keys(reader->table, keys);
    }
    if (found != cells)
        return wrong_count(reader, found > cells ? too_many : figure.at, found, cells);
    return FREM_OK;
}

/* ---- keyed data ---- */

/* The value that a key names, by code or by label as KEYS says; -1 where there is none. */
static ptrdiff_t find_value(const px_reader *reader, size_t v, const token *key) {
    const frem_import_variable *variable = &reader->table->variables[v];
    if (strcmp(px_keys(reader, v), "CODES") == 0)
        return frem_index_find(variable->index, key->text, key->n);
    const char *wanted = frem_nfc(reader->table->arena, key->text, key->n);
    for (size_t i = 0; wanted != NULL && i < variable->n_values; i++) {
        if (strcmp(variable->values[i].label, wanted) == 0)
            return (ptrdiff_t)i;
    }
    return -1;
}

/* Reads the keys of a row. @param[out] row its place among all rows of the stub. */
static frem_status read_row_keys(px_reader *reader, token *key, uint32_t *keys, size_t *row) {
    *row = 0;
    for (size_t v = 0; v < reader->n_stub; v++) {
        const ptrdiff_t value = key->quoted ? find_value(reader, v, key) : -1;
        if (!key->quoted && reader->glued > 0)
            return decimal_comma(reader);
        if (value < 0) {
            char text[64];
            snprintf(text, sizeof text, "%.*s", (int)(key->n < 60 ? key->n : 60), key->text);
            return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, key->at),
                                IMPORT_UNKNOWN_VALUE, text, reader->table->variables[v].label);
        }
        keys[v] = (uint32_t)value;
        *row = *row * reader->table->variables[v].n_values + (size_t)value;
        if (v + 1 < reader->n_stub) {
            const frem_status status = next(reader, key);
            if (status != FREM_OK)
                return status;
        }
    }
    return FREM_OK;
}

/* Rows that the file leaves out hold zeros. */
static frem_status add_zero_rows(px_reader *reader, const bool *seen, size_t rows, size_t row_cells,
                                 uint32_t *keys) {
    memset(keys, 0, reader->table->n_variables * sizeof *keys);
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < row_cells; i++) {
            if (!seen[row]) {
                const frem_status status = frem_import_add_cell(reader->table, keys, 0.0, reader->data);
                if (status != FREM_OK)
                    return status;
            }
            frem_import_next_keys(reader->table, keys);
        }
    }
    return FREM_OK;
}

static frem_status read_keyed(px_reader *reader, size_t cells, uint32_t *keys) {
    frem_import_table *table = reader->table;
    size_t rows = 1, row;
    for (size_t v = 0; v < reader->n_stub; v++)
        rows *= table->variables[v].n_values;
    const size_t row_cells = cells / rows;
    bool *seen = calloc(rows, sizeof *seen);
    frem_status status = seen != NULL ? FREM_OK : FREM_NO_MEMORY;
    while (status == FREM_OK) {
        token at;
        status = next(reader, &at);
        if (status != FREM_OK || at.end)
            break;
        const size_t start = at.at;
        status = read_row_keys(reader, &at, keys, &row);
        if (status == FREM_OK && seen[row])
            status = FREM_PROBLEM(reader->diags, frem_import_place(table, start), IMPORT_PX_ROW_TWICE, "");
        for (size_t i = 0; status == FREM_OK && i < row_cells; i++) {
            status = next(reader, &at);
            if (status == FREM_OK && at.end)
                status = wrong_count(reader, at.at, i, row_cells);
            for (size_t v = table->n_variables, rest = i; v-- > reader->n_stub;) {
                keys[v] = (uint32_t)(rest % table->variables[v].n_values);
                rest /= table->variables[v].n_values;
            }
            if (status == FREM_OK)
                status = take_figure(reader, &at, keys);
        }
        if (status == FREM_OK)
            seen[row] = true;
    }
    if (status == FREM_OK)
        status = add_zero_rows(reader, seen, rows, row_cells, keys);
    free(seen);
    return status;
}

/* Nothing comes after the figures: they are the last of a PX file. */
static frem_status check_end(const px_reader *reader) {
    size_t at = reader->at;
    while (is_between(reader->table->text[at]) || reader->table->text[at] == '\x1A')
        at++;
    return at >= reader->table->size
               ? FREM_OK
               : FREM_PROBLEM(reader->diags, frem_import_place(reader->table, at), IMPORT_PX_AFTER, "");
}

static frem_status px_read_data(px_reader *reader) {
    frem_import_table *table = reader->table;
    const size_t cells = frem_import_cube(table);
    if (cells == 0) {
        const char *cube = frem_import_cube_text(table);
        return cube == NULL
                   ? FREM_NO_MEMORY
                   : FREM_PROBLEM(reader->diags, frem_import_place(table, reader->data), IMPORT_CUBE, cube);
    }
    uint32_t *keys = frem_arena_alloc(table->arena, table->n_variables, sizeof *keys);
    if (keys == NULL)
        return FREM_NO_MEMORY;
    const frem_status status =
        reader->keyed ? read_keyed(reader, cells, keys) : read_all(reader, cells, keys);
    if (status == FREM_OK && reader->glued > 0 && reader->blanks)
        return decimal_comma(reader);
    return status == FREM_OK ? check_end(reader) : status;
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
    px_reader reader;
    frem_status status = px_read(table, &reader, diags);
    if (status == FREM_OK)
        status = px_read_data(&reader);
    status = frem_tally_worse(status, frem_tally_close(&reader.numbers));
    for (size_t i = 0; i < reader.n_statements; i++)
        free(reader.statements[i].values);
    free(reader.statements);
    return status;
}
