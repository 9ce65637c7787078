/* Answers as CSV, and their text files. */
#include <string.h>

#include "frame/answer.h"
#include "output/write.h"

frem_status frem_write_answer_csv(const frem_answer_table *table, frem_decimal decimal, frem_sink *sink) {
    frem_csv_part part = {true, true, 0, 0};
    for (size_t i = 0; i < table->n_columns; i++) {
        if (!table->columns[i].exact)
            continue;
        part.exact_first = part.exact_end == 0 ? i : part.exact_first;
        part.exact_end = i + 1;
    }
    return frem_write_csv_part(table->frame, decimal, &part, sink);
}

static frem_status write_table(const frem_answer_table *table, frem_decimal decimal, frem_stage *stage) {
    frem_sink *sink = NULL;
    const frem_status opened = frem_stage_file(stage, table->file, &sink);
    if (opened != FREM_OK)
        return opened;
    const frem_status written = frem_write_answer_csv(table, decimal, sink);
    const frem_status closed = frem_stage_close_file(stage, sink);
    return written != FREM_OK ? written : closed;
}

frem_status frem_write_answer(const frem_answer *answer, frem_decimal decimal, frem_stage *stage) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < answer->n_tables && status == FREM_OK; i++)
        status = write_table(&answer->tables[i], decimal, stage);
    return status;
}

frem_status frem_write_answer_files(const frem_answer *answer, frem_stage *stage) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < answer->n_files && status == FREM_OK; i++) {
        frem_sink *sink = NULL;
        status = frem_stage_file(stage, answer->files[i].name, &sink);
        if (status != FREM_OK)
            break;
        frem_sink_write(sink, answer->files[i].text, strlen(answer->files[i].text));
        status = frem_stage_close_file(stage, sink);
    }
    return status;
}
