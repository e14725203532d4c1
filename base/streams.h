/* SPDX-License-Identifier: MIT
 *
 * The standard streams of a program.
 */
#ifndef BASE_STREAMS_H
#define BASE_STREAMS_H

/* To be called first. Streams that the program was started without are taken, so
 * that no file or socket that it opens comes to stand in their place; reading and
 * writing them fails. */
void streams_take(void);

#endif
