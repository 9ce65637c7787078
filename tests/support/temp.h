/** @file
 *  Folders for tests: made under $TMPDIR or /tmp, removed with everything in them.
 */
#ifndef FREM_TESTS_SUPPORT_TEMP_H
#define FREM_TESTS_SUPPORT_TEMP_H

/** A new empty folder. @return Owned by the caller: frem_temp_remove(). The test fails when there is none. */
char *frem_temp_folder(void);
/** Removes the folder and frees its name. */
void frem_temp_remove(char *folder);

/** FOLDER/NAME. @return Owned by the caller (free()). */
char *frem_temp_path(const char *folder, const char *name);
/** Writes a text to FOLDER/NAME; folders in the name are made. */
void frem_temp_write(const char *folder, const char *name, const char *text);
/** The content of FOLDER/NAME. @return Owned by the caller (free()); NULL when it can't be read. */
char *frem_temp_read(const char *folder, const char *name);
/** Names in the folder and below, sorted, one a line ("a.csv\nsub/\nsub/b.csv\n"; links end in '@').
 *  @return Owned by the caller (free()). */
char *frem_temp_list(const char *folder);

#endif
