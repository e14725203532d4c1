/* SPDX-License-Identifier: MIT
 *
 * count.
 */
#include <stdio.h>

#include "client/commands.h"
#include "client/plain.h"

int
cmd_count(struct cli *cli)
{
	struct dragoman_option pair[CLI_PAIRS];
	struct buf query = BUF_INIT;
	struct dragoman_reply *reply = NULL;
	int code = CLI_TROUBLE;

	cli_pairs(cli, pair);
	if (cli_join(cli, &query))
		reply = cli_ask(cli, cli->command->verb, pair, buf_str(&query), &code);
	if (reply != NULL) {
		long long total = dragoman_number(reply, "total", 0);

		code = total > 0 ? CLI_HITS : CLI_NONE;
		if (cli->face == FACE_JSON) {
			plain_json(reply);
		} else {
			cli_notes(reply);
			printf("%lld\n", total);
		}
	}
	dragoman_reply_free(reply);
	buf_fini(&query);
	return code;
}
