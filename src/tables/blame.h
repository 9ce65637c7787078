/** @file
 *  Filters that let no row pass. Inside the room only.
 */
#ifndef FREM_TABLES_BLAME_H
#define FREM_TABLES_BLAME_H

#include "tables/reading.h"

/** Raises a filter that lets no row pass: with the nearest value of its column, or where its value stands. */
frem_status frem_filter_blame(frem_table *table, const frem_filter *filter, frem_diags *diags);
/** Raises a filter whose column the table does not have: with the nearest column, or that in which its value stands. */
frem_status frem_filter_no_column(frem_table *table, const frem_filter *filter, frem_diags *diags);

#endif
