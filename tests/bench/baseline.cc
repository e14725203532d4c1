/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What Dragoman is measured against: libxapian alone, in one process, used
 * the way its own documents show.
 *
 *   baseline build DB FILE...        JSON Lines -> one WritableDatabase, one thread,
 *                                    TermGenerator, default flush threshold, DB_NO_SYNC
 *   baseline search DB [snippets]    a query a line on stdin -> "microseconds hits" a line:
 *                                    QueryParser, match, get_data of ten hits (and MSet::snippet)
 */
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>

#include <jansson.h>
#include <xapian.h>

namespace {

std::string
member(const json_t *article, const char *key)
{
	const json_t *v = json_object_get(article, key);

	return json_is_string(v) ? std::string(json_string_value(v), json_string_length(v)) : std::string();
}

void
add(Xapian::WritableDatabase &db, Xapian::TermGenerator &generator, const json_t *article)
{
	std::string id = member(article, "id"), title = member(article, "title"), body = member(article, "body");
	Xapian::Document doc;

	if (title.empty() && body.empty())
		return;
	generator.set_document(doc);
	generator.set_termpos(0);
	generator.index_text(title);
	generator.increase_termpos();
	generator.index_text(body);
	doc.add_boolean_term("Q" + id);
	doc.set_data(title + "\n" + body);
	db.add_document(doc);
}

int
build(int argc, char **argv)
{
	Xapian::WritableDatabase db(argv[2], Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC);
	Xapian::TermGenerator generator;

	generator.set_stemmer(Xapian::Stem("en"));
	for (int i = 3; i < argc; i++) {
		std::ifstream in(argv[i]);
		std::string line;

		while (std::getline(in, line)) {
			json_t *article = json_loadb(line.data(), line.size(), 0, nullptr);

			if (article != nullptr)
				add(db, generator, article);
			json_decref(article);
		}
	}
	db.commit();
	std::printf("%u\n", db.get_doccount());
	return 0;
}

int
search(const char *path, bool snippets)
{
	Xapian::Database db(path);
	Xapian::Enquire enquire(db);
	Xapian::QueryParser parser;
	Xapian::Stem stem("en");
	std::string line;
	size_t bytes = 0;

	parser.set_database(db);
	parser.set_stemmer(stem);
	parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
	while (std::getline(std::cin, line)) {
		auto begin = std::chrono::steady_clock::now();

		enquire.set_query(parser.parse_query(line));
		Xapian::MSet mset = enquire.get_mset(0, 10);
		for (auto i = mset.begin(); i != mset.end(); ++i) {
			std::string data = i.get_document().get_data();

			bytes += snippets ? mset.snippet(data, 240, stem).size() : data.size();
		}
		std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
		std::printf("%.1f %u\n", took.count(), mset.size());
	}
	return bytes == SIZE_MAX;
}

}

int
main(int argc, char **argv)
{
	try {
		if (argc > 3 && std::strcmp(argv[1], "build") == 0)
			return build(argc, argv);
		if (argc > 2 && std::strcmp(argv[1], "search") == 0)
			return search(argv[2], argc > 3);
	} catch (const Xapian::Error &e) {
		std::fprintf(stderr, "baseline: %s\n", e.get_description().c_str());
		return 1;
	}
	std::fprintf(stderr, "usage: baseline build DB FILE... | baseline search DB [snippets]\n");
	return 64;
}
