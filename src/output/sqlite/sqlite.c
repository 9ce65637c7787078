#include "output/sqlite/sqlite.h"

#ifndef FREM_SQLITE_LIBRARY

#include "base/part.h"

frem_status frem_write_sqlite(const frem_document *document, const frem_write_options *options,
                              frem_stage *stage, frem_diags *diags) {
    (void)document;
    (void)options;
    (void)stage;
    return frem_part_refuse(
        &(frem_part){"--format sqlite", "SQLite", NULL, "libsqlite3-0", "libsqlite3-dev", false}, diags);
}

#else

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fremskriv/version.h"
#include "output/names.h"
#include "output/sqlite/base.h"

static const char schema[] =
    "CREATE TABLE about (\"key\" TEXT PRIMARY KEY, value TEXT NOT NULL);\n"
    "CREATE TABLE scenarios (id INTEGER PRIMARY KEY, scenario TEXT NOT NULL, variant TEXT NOT NULL,\n"
    "  title_en TEXT NOT NULL, title_da TEXT NOT NULL, file TEXT NOT NULL, base_year INTEGER NOT NULL,\n"
    "  UNIQUE (scenario, variant));\n"
    "CREATE TABLE regions (scenario TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL,\n"
    "  PRIMARY KEY (scenario, region, kind));\n"
    "CREATE TABLE names (scenario TEXT, \"column\" TEXT NOT NULL, \"key\" TEXT NOT NULL, en TEXT NOT NULL,\n"
    "  da TEXT NOT NULL);\n"
    "CREATE UNIQUE INDEX names_by_key ON names (\"column\", \"key\", ifnull(scenario, ''));\n"
    "CREATE TABLE assumptions (scenario TEXT, variant TEXT, path TEXT NOT NULL, value TEXT NOT NULL,\n"
    "  unit TEXT, source TEXT, file TEXT, line INTEGER, help_en TEXT, help_da TEXT,\n"
    "  source_da TEXT);\n"
    "CREATE TABLE sources (name TEXT NOT NULL, root TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT "
    "NULL);\n"
    "CREATE TABLE notes (scenario TEXT, kind TEXT NOT NULL, what TEXT NOT NULL, en TEXT NOT NULL,\n"
    "  da TEXT NOT NULL);\n";

/* The name of a key in a scenario: its own, else everybody's. */
static const char labels_view[] =
    "CREATE VIEW labels AS\n"
    "SELECT s.scenario, n.\"column\", n.\"key\", n.en, n.da\n"
    "FROM (SELECT DISTINCT scenario FROM scenarios) s\n"
    "JOIN names n ON n.scenario = s.scenario OR (n.scenario IS NULL AND NOT EXISTS (SELECT 1 FROM names o\n"
    "  WHERE o.scenario = s.scenario AND o.\"column\" = n.\"column\" AND o.\"key\" = n.\"key\"));\n";

static void add_about(frem_base *base, const frem_document *document) {
    frem_text command = {0}, seed = {0};
    for (size_t i = 0; i < document->n_command; i++)
        frem_text_print(&command, "%s%s", i > 0 ? " " : "", document->command[i]);
    frem_base_insert(base, "INSERT INTO about VALUES (?1, ?2)");
    const char *const rows[][2] = {{"program", "fremskriv"},
                                   {"version", frem_version()},
                                   {"command", command.bytes != NULL ? command.bytes : ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        frem_base_text(base, rows[i][0]);
        frem_base_text(base, rows[i][1]);
        frem_base_row(base);
    }
    if (document->has_seed) {
        frem_text_print(&seed, "%llu", document->seed);
        frem_base_text(base, "seed");
        frem_base_text(base, seed.bytes);
        frem_base_row(base);
    }
    if (command.failed || seed.failed)
        base->status = FREM_NO_MEMORY;
    frem_text_free(&command);
    frem_text_free(&seed);
}

static void add_scenarios(frem_base *base, const frem_document *document) {
    frem_base_insert(base, "INSERT INTO scenarios VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    for (size_t i = 0; i < document->n_scenarios; i++) {
        const frem_run *run = &document->scenarios[i];
        frem_base_whole(base, (int64_t)i + 1);
        frem_base_text(base, run->name);
        frem_base_text(base, run->variant);
        frem_base_text(base, run->title.text[FREM_EN]);
        frem_base_text(base, run->title.text[FREM_DA]);
        frem_base_text(base, run->file);
        frem_base_whole(base, run->base_year);
        frem_base_row(base);
    }
    /* Variants of a scenario have its regions. */
    frem_base_insert(base, "INSERT OR IGNORE INTO regions VALUES (?1, ?2, ?3)");
    for (size_t i = 0; i < document->n_scenarios; i++) {
        const frem_run *run = &document->scenarios[i];
        for (size_t r = 0; r < run->n_regions + run->n_groups; r++) {
            const bool area = r < run->n_regions;
            frem_base_text(base, run->name);
            frem_base_text(base, area ? run->regions[r] : run->groups[r - run->n_regions]);
            frem_base_text(base, area ? "area" : "group");
            frem_base_row(base);
        }
    }
}

static void add_names(frem_base *base, const frem_document *document) {
    /* Variants name things again; the first name holds, as everywhere. */
    frem_base_insert(base, "INSERT OR IGNORE INTO names VALUES (?1, ?2, ?3, ?4, ?5)");
    for (size_t i = 0; i < document->n_names; i++) {
        const frem_name *name = &document->names[i];
        frem_base_text(base, name->scenario);
        frem_base_text(base, name->column);
        frem_base_text(base, name->key);
        frem_base_text(base, name->label.text[FREM_EN]);
        frem_base_text(base, name->label.text[FREM_DA]);
        frem_base_row(base);
    }
    frem_base_insert(base, "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, ?5)");
    for (size_t i = 0; i < document->n_notes; i++) {
        const frem_note *note = &document->notes[i];
        frem_base_text(base, note->scenario);
        frem_base_text(base, note->kind);
        frem_base_text(base, note->what);
        frem_base_text(base, note->text.text[FREM_EN]);
        frem_base_text(base, note->text.text[FREM_DA]);
        frem_base_row(base);
    }
}

static void add_assumptions(frem_base *base, const frem_document *document) {
    frem_base_insert(base, "INSERT INTO assumptions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    for (size_t i = 0; i < document->n_assumptions; i++) {
        const frem_assumption *a = &document->assumptions[i];
        frem_base_text(base, a->scenario);
        frem_base_text(base, a->variant);
        frem_base_text(base, a->path);
        frem_base_text(base, a->value);
        frem_base_text(base, a->unit);
        frem_base_text(base, a->source.text[FREM_EN]);
        frem_base_text(base, a->file);
        frem_base_whole(base, a->line);
        frem_base_text(base, a->help.text[FREM_EN]);
        frem_base_text(base, a->help.text[FREM_DA]);
        frem_base_text(base, a->source.text[FREM_DA]);
        frem_base_row(base);
    }
}

static void add_sources(frem_base *base, const frem_document *document) {
    frem_base_insert(base, "INSERT INTO sources VALUES (?1, ?2, ?3, ?4)");
    const frem_source *source = NULL;
    for (size_t i = 0; document->sources != NULL && (source = frem_sources_at(document->sources, i)) != NULL;
         i++) {
        char sha256[65];
        frem_sha256(source->bytes, source->size, sha256);
        frem_base_text(base, source->name);
        frem_base_text(base, frem_root_name(source->root));
        frem_base_whole(base, (int64_t)source->size);
        frem_base_text(base, sha256);
        frem_base_row(base);
    }
}

static void fill(frem_base *base, const frem_document *document) {
    const bool results = document->kind == FREM_TABLE_RESULTS;
    /* Nothing else reads the file before it is whole, so that no journal is needed. */
    frem_base_run(base, "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                        "PRAGMA temp_store = MEMORY; PRAGMA encoding = 'UTF-8'; BEGIN");
    frem_base_run(base, schema);
    add_about(base, document);
    add_scenarios(base, document);
    add_names(base, document);
    add_assumptions(base, document);
    add_sources(base, document);
    if (document->kind != FREM_TABLE_ANSWER)
        frem_base_frame(base, frem_document_table(document), document->results);
    if (document->stock != NULL)
        frem_base_frame(base, "stock", document->stock);
    if (document->programmes != NULL)
        frem_base_frame(base, "programmes", document->programmes);
    frem_base_run(base, labels_view);
    if (document->answer != NULL)
        frem_base_answer(base, document->answer);
    if (results) {
        frem_base_run(base, "CREATE INDEX results_by_measure ON results (measure, profession, region, year);"
                            "CREATE INDEX results_by_region ON results (region, year)");
        frem_base_run(base, frem_sqlite_views());
    }
    frem_base_run(base, "COMMIT");
}

frem_status frem_write_sqlite(const frem_document *document, const frem_write_options *options,
                              frem_stage *stage, frem_diags *diags) {
    (void)options; /* both languages are in the tables */
    frem_base base = {.status = FREM_OK};
    char *name = frem_table_file_as(document, "sqlite");
    char *path = name != NULL ? frem_stage_path(stage, name) : NULL;
    frem_status status = name == NULL ? FREM_NO_MEMORY : path == NULL ? FREM_UNWRITABLE : FREM_OK;
    if (status == FREM_OK)
        status = frem_base_open(&base, path, diags);
    if (status == FREM_OK) {
        fill(&base, document);
        status = frem_base_close(&base);
        if (status == FREM_OK)
            status = frem_stage_adopt(stage, name);
        else if (status == FREM_UNWRITABLE)
            status = frem_stage_fail(stage, name, base.error);
    }
    free(path);
    free(name);
    return status;
}

#endif
