/** @file
 *  The program's seam to the operating system: its standard files, the terminal, signals, the clock, its own file. The
 *  library has none of these (base/platform.h is its seam). One source file for each kind of system: console_posix.c.
 */
#ifndef FREM_CLI_CONSOLE_H
#define FREM_CLI_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

enum { FREM_STANDARD_INPUT = 0, FREM_STANDARD_OUTPUT = 1, FREM_STANDARD_ERROR = 2 };

/** Where the caller closed a standard file, holds its number so that no file of ours takes it; writing to it fails. */
void frem_hold_standard_files(void);
/** Keeps freed memory for the next allocation: for short commands, where giving it back costs more. */
void frem_keep_memory(void);
/** Writing to a pipe that no one reads any more is an error, not the end. */
void frem_signals_no_pipe(void);
/** Calls a function when the user or the system asks the program to end. */
void frem_signals_end(void (*on_end)(int signal_number));
bool frem_is_terminal(int fd);
/** Columns of a terminal. @return 0 where it is no terminal or its width is unknown. */
size_t frem_terminal_columns(int fd);
/** Whether the reader of a pipe went away. */
bool frem_reader_left(int fd);

/** Seconds on a clock that no one sets. */
double frem_seconds(void);
/** The file that this program was started from, absolute. @return Owned by the caller (free()); NULL where the system does
 *  not report it. */
char *frem_program_file(void);

#endif
