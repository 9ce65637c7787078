#include "fremskriv/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "tables/import_choose.h"
#include "tables/import_px.h"

/* Whether the text begins as PX files do: KEYWORD= or KEYWORD[ or KEYWORD(. */
static bool is_px(const char *text) {
    const size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    return n > 1 && text[0] >= 'A' && strchr("=[(", text[n]) != NULL && text[n] != '\0';
}

static frem_import_format tell_format(const char *text) {
    text += strspn(text, " \t\r\n");
    if (*text == '{' || *text == '[')
        return FREM_IMPORT_JSONSTAT;
    if (is_px(text))
        return FREM_IMPORT_PX;
    return text[strcspn(text, ";,\t")] != '\0' ? FREM_IMPORT_STATBANK_CSV : FREM_IMPORT_AUTO;
}

frem_status frem_import_read(frem_import_table *out, const frem_import_file *file, frem_import_format format,
                             frem_diags *diags) {
    *out = (frem_import_table){.path = file->path};
    const frem_place start = {file->path, 1, 1};
    if (file->size >= UINT32_MAX)
        return FREM_PROBLEM(diags, start, TABLE_TOO_LARGE, "");
    char *codepage = frem_px_codepage(file);
    frem_status status = frem_arena_new(&out->arena);
    if (status == FREM_OK)
        status = frem_import_decode(file, codepage, diags, &out->text, &out->size);
    free(codepage);
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
        return FREM_PROBLEM(diags, start, IMPORT_FORMAT, "");
    }
}

/* Every variable that --where names must be in one of the files. */
static frem_status check_wheres(const frem_import_table *tables, size_t n_tables,
                                const frem_import_options *options, frem_diags *diags) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < options->n_wheres; i++) {
        size_t found = 0;
        for (size_t t = 0; t < n_tables; t++)
            found += frem_import_find_variable(&tables[t], options->wheres[i].name) >= 0;
        if (found == 0)
            status = frem_tally_worse(
                status, frem_import_unknown_variable(&tables[0], options->wheres[i].name, diags));
    }
    return status;
}

static frem_status make(frem_imported *out, frem_import_table *tables, size_t n,
                        const frem_import_options *options, frem_diags *diags) {
    frem_status status = check_wheres(tables, n, options, diags);
    if (status == FREM_OK)
        status = options->n_maps > 0 ? frem_import_map(out, &tables[0], options, diags)
                                     : frem_import_population(out, tables, n, options, diags);
    if (status == FREM_OK &&
        (out->csv.failed || out->summary[FREM_EN].failed || out->summary[FREM_DA].failed))
        status = FREM_NO_MEMORY;
    return status;
}

frem_status frem_import(frem_imported **out, const frem_import_file *files, size_t n_files,
                        const frem_import_options *options, frem_diags *diags) {
    *out = NULL;
    if (n_files == 0 || (options->n_maps > 0 && n_files > 1))
        return FREM_PROBLEM(diags, FREM_NOWHERE, IMPORT_ONE_FILE, "");
    frem_import_table *tables = calloc(n_files, sizeof *tables);
    frem_imported *imported = calloc(1, sizeof *imported);
    frem_status status = tables != NULL && imported != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < n_files && status != FREM_NO_MEMORY; i++)
        status = frem_tally_worse(status, frem_import_read(&tables[i], &files[i], options->format, diags));
    if (status == FREM_OK)
        status = make(imported, tables, n_files, options, diags);
    for (size_t i = 0; tables != NULL && i < n_files; i++)
        frem_import_table_free(&tables[i]);
    free(tables);
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
