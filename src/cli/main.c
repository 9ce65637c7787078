#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/problem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "fremskriv/version.h"

/* Where the caller closed a standard file, no file of ours may take its number, or results would go into it. Opened
 * for reading only, so that writing still fails. */
static void hold_standard_files(void) {
    int fd;
    do {
        fd = open("/dev/null", O_RDONLY);
    } while (fd >= STDIN_FILENO && fd <= STDERR_FILENO);
    if (fd >= 0)
        (void)close(fd);
}

/* One short command gives nothing back before it ends: memory that goes to the kernel and comes again is paid for page
 * by page. Where the C library knows no such wish nothing changes. */
static void keep_memory(void) {
#ifdef M_TRIM_THRESHOLD
    (void)mallopt(M_TRIM_THRESHOLD, 1 << 28);
    (void)mallopt(M_TOP_PAD, 1 << 20);
    (void)mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

/* Help and version are results: that they could not be written must be said. */
static frem_status told(frem_status status, frem_diags *diags, const frem_command *command) {
    if (status == FREM_UNWRITABLE)
        status = frem_say_lost(diags);
    frem_show_problems(diags, command, NULL);
    return status;
}

int main(int argc, char **argv) {
    frem_diags *diags;
    frem_command command = {0};
    keep_memory();
    hold_standard_files();
    (void)signal(SIGPIPE, SIG_IGN);
    frem_status status = frem_diags_new(&diags);
    if (status != FREM_OK)
        return frem_status_exit(status);
    status = frem_command_read(&command, argc, argv, diags);
    if (status != FREM_OK) {
        frem_show_problems(diags, &command, NULL);
    } else if (command.help) {
        status = told(frem_help(command.verb, command.lang), diags, &command);
    } else if (command.version) {
        status = told(frem_say("fremskriv " FREM_VERSION_STRING "\n"), diags, &command);
    } else {
        status = frem_verb_find(command.verb)->run(&command, diags);
    }
    const bool quietly = status == FREM_UNWRITABLE && frem_reader_gone();
    if (status != FREM_OK && frem_diags_errors(diags) == 0 && !quietly)
        frem_show_status(status, &command);
    frem_command_free(&command);
    frem_diags_free(diags);
    return frem_status_exit(status);
}
