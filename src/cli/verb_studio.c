/* `studio`: the page that holds the engine, with scenarios put into it. */
#include <stdlib.h>

#include "base/locale.h"
#include "base/platform.h"
#include "base/problem.h"
#include "base/source.h"
#include "cli/cli.h"
#include "publish/whole_file.h"
#include "studio/page.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* The page: of the program's folder; of a program that was built here, of its tree.
 * @return Owned by the caller; NULL when out of memory. */
static char *page_path(void) {
    frem_text path = {0};
    frem_file_info info;
    char *folder = frem_program_folder();
    frem_text_print(&path, "%s/studio.html", folder != NULL ? folder : ".");
    if (getenv("FREMSKRIV_DATA") == NULL && path.bytes != NULL &&
        frem_file_reach(FREM_HERE, path.bytes, &info) != 0 &&
        frem_file_reach(FREM_HERE, FREM_BUILD_DIR "/studio.html", &info) == 0) {
        frem_text_free(&path);
        frem_text_add(&path, FREM_BUILD_DIR "/studio.html");
    }
    free(folder);
    return path.bytes;
}

static frem_status usage(frem_status raised) {
    return raised == FREM_NO_MEMORY ? raised : FREM_USAGE;
}

static frem_status make_page(frem_text *out, const frem_work *work) {
    frem_sources *own = NULL;
    const frem_source *page = NULL;
    frem_file_info info;
    char *path = page_path(), *folder = frem_program_folder();
    frem_status status = path != NULL ? frem_sources_new(&own, NULL, 0, NULL) : FREM_NO_MEMORY;
    if (status == FREM_OK && frem_file_reach(FREM_HERE, path, &info) != 0) {
        const frem_status raised = FREM_PROBLEM(work->diags, in_command, STUDIO_NO_PAGE, path);
        status = raised == FREM_NO_MEMORY ? raised : FREM_MISSING_PART;
    }
    if (status == FREM_OK)
        status = frem_sources_open(own, path, work->diags, &page);
    if (status == FREM_OK)
        status = frem_studio_page(out, page, &work->all, folder != NULL ? folder : ".", work->command->lang,
                                  work->diags);
    /* Problems of the page are shown without its lines: one of them is as long as the page. */
    frem_sources_free(own);
    free(folder);
    free(path);
    return status;
}

static frem_status make(frem_work *work, void *context) {
    return make_page(context, work);
}

static frem_status show(frem_work *work, void *context) {
    const frem_text *page = context;
    const frem_command *command = work->command;
    frem_watch_end(&work->watch);
    const frem_status status =
        frem_whole_file_write(command->exported, page->bytes, page->length, work->all.sources, work->diags);
    if (status == FREM_OK && !command->quiet)
        FREM_SAY_ASIDE(command, command->exported, " ", frem_word_text(FREM_W_STUDIO_WRITTEN, command->lang));
    return status;
}

frem_status frem_verb_studio(const frem_command *command, frem_diags *diags) {
    static const frem_task task = {
        .alone = true, .projected = FREM_PROJECTED_NEVER, .make = make, .show = show};
    frem_text page = {0};
    if (command->exported == NULL) {
        const frem_status status = usage(FREM_PROBLEM(diags, in_command, STUDIO_WORDS, ""));
        frem_show_problems(diags, command, NULL);
        return status;
    }
    const frem_status status = frem_go_through(command, &task, &page, diags);
    frem_text_free(&page);
    return status;
}
