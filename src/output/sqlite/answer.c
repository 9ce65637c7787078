/* An answer in the database. */
#include "output/sqlite/base.h"

#ifdef FREM_SQLITE_LIBRARY

#include <string.h>

static const char schema[] =
    "CREATE TABLE answer (verb TEXT NOT NULL, title_en TEXT NOT NULL, title_da TEXT NOT NULL);\n"
    "CREATE TABLE answer_sentences (number INTEGER PRIMARY KEY, en TEXT NOT NULL, da TEXT NOT NULL);\n"
    "CREATE TABLE answer_columns (\"table\" TEXT NOT NULL, \"column\" TEXT NOT NULL, meaning TEXT,\n"
    "  heading_en TEXT, heading_da TEXT, PRIMARY KEY (\"table\", \"column\"));\n";

static void add_sentences(frem_base *base, const frem_answer *answer) {
    frem_base_insert(base, "INSERT INTO answer VALUES (?1, ?2, ?3)");
    frem_base_text(base, answer->verb);
    frem_base_text(base, answer->title.text[FREM_EN]);
    frem_base_text(base, answer->title.text[FREM_DA]);
    frem_base_row(base);
    frem_base_insert(base, "INSERT INTO answer_sentences VALUES (?1, ?2, ?3)");
    for (size_t i = 0; i < answer->n_sentences; i++) {
        frem_base_whole(base, (int64_t)i + 1);
        frem_base_text(base, answer->sentences[i].text[FREM_EN]);
        frem_base_text(base, answer->sentences[i].text[FREM_DA]);
        frem_base_row(base);
    }
}

static void add_columns(frem_base *base, const frem_answer *answer) {
    frem_base_insert(base, "INSERT INTO answer_columns VALUES (?1, ?2, ?3, ?4, ?5)");
    for (size_t t = 0; t < answer->n_tables; t++) {
        const frem_answer_table *table = &answer->tables[t];
        for (size_t c = 0; c < table->n_columns; c++) {
            frem_base_text(base, table->name);
            frem_base_text(base, table->columns[c].name);
            frem_base_text(base, table->columns[c].meaning);
            frem_base_text(base, table->columns[c].heading.text[FREM_EN]);
            frem_base_text(base, table->columns[c].heading.text[FREM_DA]);
            frem_base_row(base);
        }
    }
}

/* A name of a table of the answer with something behind it. */
static void add_named(frem_text *sql, const char *name) {
    frem_text view = {0};
    frem_text_print(&view, "%s_named", name);
    if (!view.failed)
        frem_base_name(sql, view.bytes);
    sql->failed = sql->failed || view.failed;
    frem_text_free(&view);
}

/* NAME_named: the rows with the scenario's title, and names for people of what else has some. */
static void add_view(frem_base *base, const frem_answer_table *table) {
    static const char *const named[] = {"variant", "region", "profession", "sector", "measure", "unit"};
    frem_text select = {0}, from = {0};
    frem_text_add(&select, "CREATE VIEW ");
    add_named(&select, table->name);
    frem_text_add(&select, " AS SELECT t.*, s.title_en AS scenario_en, s.title_da AS scenario_da");
    frem_text_add(&from, " FROM ");
    frem_base_name(&from, table->name);
    frem_text_add(&from, " t LEFT JOIN (SELECT scenario, min(id), title_en, title_da FROM scenarios GROUP BY "
                         "scenario) s ON s.scenario = t.scenario");
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (frem_frame_column(table->frame, named[i]) < 0)
            continue;
        frem_text_print(&select, ", coalesce(l%zu.en, t.%s) AS %s_en, coalesce(l%zu.da, t.%s) AS %s_da", i,
                        named[i], named[i], i, named[i], named[i]);
        frem_text_print(&from,
                        " LEFT JOIN labels l%zu ON l%zu.scenario = t.scenario AND l%zu.\"column\" = '%s' AND "
                        "l%zu.\"key\" = t.%s",
                        i, i, i, named[i], i, named[i]);
    }
    frem_text_add(&select, from.failed ? "" : from.bytes);
    if (select.failed || from.failed)
        base->status = base->status == FREM_OK ? FREM_NO_MEMORY : base->status;
    else
        frem_base_run(base, select.bytes);
    frem_text_free(&select);
    frem_text_free(&from);
}

void frem_base_answer(frem_base *base, const frem_answer *answer) {
    frem_base_run(base, schema);
    add_sentences(base, answer);
    add_columns(base, answer);
    for (size_t i = 0; i < answer->n_tables; i++) {
        frem_base_answer_table(base, &answer->tables[i]);
        if (frem_frame_column(answer->tables[i].frame, "scenario") >= 0)
            add_view(base, &answer->tables[i]);
    }
}

#endif
