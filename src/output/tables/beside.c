#include <string.h>

#include "base/index.h"
#include "base/text.h"
#include "output/names.h"
#include "output/tables/package.h"
#include "output/write.h"

static frem_status write_file(frem_stage *stage, const char *name, const char *bytes, size_t n) {
    frem_sink *sink = NULL;
    const frem_status status = frem_stage_file(stage, name, &sink);
    if (status != FREM_OK)
        return status;
    frem_sink_write(sink, bytes, n);
    return frem_stage_close_file(stage, sink);
}

static frem_status write_resolved(const frem_document *document, frem_stage *stage) {
    frem_index *taken = NULL;
    frem_status status = frem_index_new(&taken);
    for (size_t i = 0; i < document->n_scenarios && status == FREM_OK; i++) {
        const frem_run *run = &document->scenarios[i];
        const char *safe = NULL;
        if (run->resolved == NULL)
            continue; /* a variant: the file of its scenario has it */
        status = frem_safe_name(taken, run->name, &safe);
        if (status != FREM_OK)
            break;
        frem_text name = {0};
        frem_text_print(&name, "%s.resolved.yaml", safe);
        status = name.failed ? FREM_NO_MEMORY
                             : write_file(stage, name.bytes, run->resolved, strlen(run->resolved));
        frem_text_free(&name);
    }
    frem_index_free(taken);
    return status;
}

static frem_status write_tables(const frem_document *document, frem_stage *stage) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < document->n_tables && status == FREM_OK; i++) {
        const frem_carried *table = &document->tables[i];
        frem_text name = {0};
        frem_text_print(&name, FREM_TABLES_FOLDER "%s", table->name);
        status = name.failed ? FREM_NO_MEMORY
                             : write_file(stage, name.bytes, table->source->bytes, table->source->size);
        frem_text_free(&name);
    }
    return status;
}

frem_status frem_write_beside(const frem_document *document, frem_decimal decimal, frem_stage *stage) {
    frem_status status = write_resolved(document, stage);
    if (status == FREM_OK)
        status = write_tables(document, stage);
    if (status == FREM_OK)
        status = frem_write_package(document, decimal, stage);
    return status;
}
