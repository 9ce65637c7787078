#include "base/progress.h"

#include "base/locale.h"

const char *frem_phase_text(frem_phase phase, frem_lang lang) {
    static const frem_word texts[FREM_PHASE_COUNT] = {[FREM_PHASE_READ] = FREM_W_PHASE_READ,
                                                      [FREM_PHASE_COMPILE] = FREM_W_PHASE_COMPILE,
                                                      [FREM_PHASE_PROJECT] = FREM_W_PHASE_PROJECT,
                                                      [FREM_PHASE_WRITE] = FREM_W_PHASE_WRITE};
    if ((unsigned)phase >= FREM_PHASE_COUNT)
        return "";
    return frem_word_text(texts[phase], (unsigned)lang < FREM_LANG_COUNT ? lang : FREM_EN);
}

frem_status frem_progress_at(const frem_progress *progress, frem_phase phase, uint64_t done, uint64_t total) {
    if (progress == NULL)
        return FREM_OK;
    if (progress->report != NULL)
        progress->report(progress->context, phase, done, total);
    if (progress->stop != NULL && progress->stop(progress->context))
        return FREM_INTERRUPTED;
    return FREM_OK;
}
