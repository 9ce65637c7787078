#include "fremskriv/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "import/choose.h"
#include "import/px.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* Whether the text begins as PX files do: KEYWORD= or KEYWORD[ or KEYWORD(. */
static bool is_px(const char *text) {
    const size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    const char *sign = text + n + strspn(text + n, " ");
    return n > 1 && text[0] >= 'A' && *sign != '\0' && strchr("=[(", *sign) != NULL;
}

/* A PX file says itself what its characters are. */
static frem_status decode(frem_import_table *out, const frem_import_file *file, frem_import_format format,
                          frem_diags *diags) {
    char head[64];
    const size_t skip = file->size >= 3 && memcmp(file->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    const size_t n = file->size - skip < sizeof head ? file->size - skip : sizeof head - 1;
    memcpy(head, file->bytes + skip, n);
    head[n] = '\0';
    bool named = true;
    char *codepage = NULL;
    if (format == FREM_IMPORT_PX || (format == FREM_IMPORT_AUTO && is_px(head + strspn(head, " \t\r\n"))))
        codepage = frem_px_codepage(file, &named);
    const frem_status status = frem_import_decode(file, codepage, named, diags, &out->text, &out->size);
    free(codepage);
    return status;
}

static frem_import_format tell_format(const char *text) {
    text += strspn(text, " \t\r\n");
    if (*text == '{' || *text == '[')
        return FREM_IMPORT_JSONSTAT;
    if (is_px(text))
        return FREM_IMPORT_PX;
    return text[strcspn(text, ";,\t")] != '\0' ? FREM_IMPORT_STATBANK_CSV : FREM_IMPORT_AUTO;
}

static frem_status no_format(const frem_import_table *table, frem_diags *diags) {
    const char *words = frem_import_beginning(table);
    return words == NULL ? FREM_NO_MEMORY
                         : FREM_PROBLEM(diags, ((frem_place){table->path, 1, 1}), IMPORT_FORMAT, words);
}

frem_status frem_import_read(frem_import_table *out, const frem_import_file *file, frem_import_format format,
                             frem_diags *diags) {
    *out = (frem_import_table){.path = file->path};
    const frem_place start = {file->path, 1, 1};
    if (file->size >= UINT32_MAX)
        return FREM_PROBLEM(diags, start, TABLE_TOO_LARGE, "");
    frem_status status = frem_import_check_kind(file, diags);
    if (status == FREM_OK)
        status = frem_arena_new(&out->arena);
    if (status == FREM_OK)
        status = decode(out, file, format, diags);
    if (status != FREM_OK)
        return status;
    switch (format == FREM_IMPORT_AUTO ? tell_format(out->text) : format) {
    case FREM_IMPORT_STATBANK_CSV:
        return frem_import_read_csv(out, diags);
    case FREM_IMPORT_PX:
        return frem_import_read_px(out, diags);
    case FREM_IMPORT_JSONSTAT:
        return frem_import_read_jsonstat(out, diags);
    case FREM_IMPORT_AUTO:
    default:
        return no_format(out, diags);
    }
}

/* Every variable that --where names must be in one of the files, and be named once. */
static frem_status check_wheres(const frem_import_table *tables, size_t n_tables,
                                const frem_import_options *options, frem_diags *diags) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < options->n_wheres; i++) {
        size_t found = 0, twice = 0;
        for (size_t t = 0; t < n_tables; t++) {
            const ptrdiff_t variable = frem_import_find_variable(&tables[t], options->wheres[i].name);
            found += variable >= 0;
            for (size_t k = 0; variable >= 0 && k < i; k++)
                twice += frem_import_find_variable(&tables[t], options->wheres[k].name) == variable;
        }
        if (found == 0)
            status = frem_tally_worse(
                status, frem_import_unknown_variable(&tables[0], options->wheres[i].name, diags));
        else if (twice > 0)
            status = frem_tally_worse(
                status, FREM_PROBLEM(diags, in_command, IMPORT_WHERE_TWICE, options->wheres[i].name));
    }
    return status;
}

/* The columns of the result have names of their own. */
static frem_status check_maps(const frem_import_options *options, frem_diags *diags) {
    const char *value = options->value != NULL ? options->value : "value";
    frem_status status = FREM_OK;
    for (size_t i = 0; i < options->n_maps; i++) {
        const char *name = options->maps[i].name;
        bool twice = strcmp(name, value) == 0;
        for (size_t k = 0; k < i; k++)
            twice |= strcmp(name, options->maps[k].name) == 0;
        if (twice)
            status = frem_tally_worse(status, FREM_PROBLEM(diags, in_command, IMPORT_MAP_TWICE, name));
    }
    return status;
}

/* Says what power of ten the figures were read in; and where only a title speaks of one, that it was not. */
static frem_status check_units(const frem_import_table *table, bool mapped, frem_diags *diags) {
    char factor[32];
    if (table->units != NULL) {
        if (table->units_power > 0)
            snprintf(factor, sizeof factor, "1%0*d", table->units_power, 0);
        else
            snprintf(factor, sizeof factor, "10^%d", table->units_power);
        return FREM_PROBLEM(diags, frem_import_place(table, table->units_at), IMPORT_SCALED, table->units,
                            factor);
    }
    const char *const texts[] = {table->title, table->content};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i] != NULL && frem_import_power(texts[i]) != 0)
            return frem_import_unscaled(table, 0, texts[i], mapped, diags);
    }
    return FREM_OK;
}

static frem_status make(frem_imported *out, frem_import_table *tables, size_t n,
                        const frem_import_options *options, frem_diags *diags) {
    frem_status status =
        frem_tally_worse(check_wheres(tables, n, options, diags), check_maps(options, diags));
    for (size_t i = 0; i < n && status != FREM_NO_MEMORY; i++)
        status = frem_tally_worse(status, check_units(&tables[i], options->n_maps > 0, diags));
    if (status == FREM_OK)
        status = options->n_maps > 0 ? frem_import_map(out, &tables[0], options, diags)
                                     : frem_import_population(out, tables, n, options, diags);
    if (status == FREM_OK &&
        (out->csv.failed || out->summary[FREM_EN].failed || out->summary[FREM_DA].failed))
        status = FREM_NO_MEMORY;
    return status;
}

/* The names that the options give in NFC, as those of files are. */
static frem_status compose_names(frem_import_options *options, frem_arena *arena) {
    const frem_import_pair *const from[] = {options->maps, options->wheres};
    const size_t n[] = {options->n_maps, options->n_wheres};
    frem_import_pair *to[2];
    for (size_t i = 0; i < 2; i++) {
        to[i] = frem_arena_alloc(arena, n[i] + 1, sizeof *to[i]);
        if (to[i] == NULL)
            return FREM_NO_MEMORY;
        for (size_t k = 0; k < n[i]; k++) {
            to[i][k].name = frem_nfc(arena, from[i][k].name, strlen(from[i][k].name));
            to[i][k].text = frem_nfc(arena, from[i][k].text, strlen(from[i][k].text));
            if (to[i][k].name == NULL || to[i][k].text == NULL)
                return FREM_NO_MEMORY;
        }
    }
    options->maps = to[0];
    options->wheres = to[1];
    if (options->value == NULL)
        return FREM_OK;
    options->value = frem_nfc(arena, options->value, strlen(options->value));
    return options->value != NULL ? FREM_OK : FREM_NO_MEMORY;
}

frem_status frem_import(frem_imported **out, const frem_import_file *files, size_t n_files,
                        const frem_import_options *options, frem_diags *diags) {
    *out = NULL;
    if (n_files == 0 || (options->n_maps > 0 && n_files > 1))
        return FREM_PROBLEM(diags, FREM_NOWHERE, IMPORT_ONE_FILE, "");
    frem_import_table *tables = calloc(n_files, sizeof *tables);
    frem_imported *imported = calloc(1, sizeof *imported);
    frem_import_options named = *options;
    frem_arena *arena = NULL;
    frem_status status = tables != NULL && imported != NULL ? frem_arena_new(&arena) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = compose_names(&named, arena);
    for (size_t i = 0; i < n_files && status != FREM_NO_MEMORY; i++)
        status = frem_tally_worse(status, frem_import_read(&tables[i], &files[i], options->format, diags));
    if (status == FREM_OK)
        status = make(imported, tables, n_files, &named, diags);
    for (size_t i = 0; tables != NULL && i < n_files; i++)
        frem_import_table_free(&tables[i]);
    free(tables);
    frem_arena_free(arena);
    if (status == FREM_OK)
        *out = imported;
    else
        frem_imported_free(imported);
    return status;
}

void frem_imported_free(frem_imported *imported) {
    if (imported == NULL)
        return;
    frem_text_free(&imported->csv);
    for (size_t i = 0; i < FREM_LANG_COUNT; i++)
        frem_text_free(&imported->summary[i]);
    free(imported);
}

const char *frem_imported_csv(const frem_imported *imported, size_t *size) {
    *size = imported->csv.length;
    return imported->csv.bytes;
}

const char *frem_imported_summary(const frem_imported *imported, frem_lang lang) {
    return imported->summary[lang].bytes;
}
