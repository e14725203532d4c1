/* SPDX-License-Identifier: MIT
 *
 * The texts of --help, made of the tables of commands and options.
 */
#ifndef CLIENT_USAGE_H
#define CLIENT_USAGE_H

#include "client/commands.h"

/* Prints the usage of COMMAND; NULL: of all. */
void usage_print(const struct command *command);

#endif
