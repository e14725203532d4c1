/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/xapian/guard.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>

/* Xapian keeps an error's errno to itself and shows only its text. */
static bool
same_errno(const char *text, int errnum)
{
	return std::strcmp(text, std::strerror(errnum)) == 0;
}

static enum status
status_of_system(const char *text, enum status otherwise)
{
	if (text == nullptr)
		return otherwise;
	if (same_errno(text, ENOSPC) || same_errno(text, EDQUOT))
		return ST_NOSPACE;
	if (same_errno(text, ENOMEM))
		return ST_NOMEM;
	if (same_errno(text, ENOENT))
		return ST_NOTFOUND;
	return ST_IO;
}

/* The words of E. They may hold a term's bytes: control bytes become blanks,
 * since an error is one line. */
static enum status
report(struct error *err, enum status status, const Xapian::Error &e)
{
	const char *system = nullptr;
	const char *context = e.get_context().c_str();

	try {
		system = e.get_error_string();
	} catch (...) {
		system = nullptr;   /* no memory for the text: do without */
	}
	if (status == ST_CORRUPT || status == ST_IO)
		status = status_of_system(system, status);
	/* "Modifications failed (...), and couldn't open ...": the cause stands
	 * in the words only. */
	if (status == ST_CORRUPT && std::strstr(e.get_msg().c_str(), std::strerror(ENOSPC)) != nullptr)
		status = ST_NOSPACE;
	error_set(err, status, "%s%s%s%s%s%s", e.get_msg().c_str(),
		  *context ? " (" : "", context, *context ? ")" : "",
		  system ? ": " : "", system ? system : "");
	if (err != nullptr)
		for (char *p = err->text; *p != '\0'; p++)
			if (static_cast<unsigned char>(*p) < ' ')
				*p = ' ';
	return status;
}

/* Most derived first. A DatabaseError without an errno means that what was
 * read makes no sense. */
static enum status
caught_xapian(struct error *err)
{
	try {
		throw;
	} catch (const Xapian::DatabaseModifiedError &e) {
		return report(err, ST_STALE, e);
	} catch (const Xapian::DatabaseLockError &e) {
		/* Thrown as well where the lock's file cannot be opened. */
		return report(err, std::strstr(e.get_msg().c_str(), "already locked") != nullptr ? ST_LOCKED : ST_IO, e);
	} catch (const Xapian::DatabaseNotFoundError &e) {
		return report(err, ST_NOTFOUND, e);
	} catch (const Xapian::DatabaseVersionError &e) {
		return report(err, ST_VERSION, e);
	} catch (const Xapian::DatabaseCorruptError &e) {
		return report(err, ST_CORRUPT, e);
	} catch (const Xapian::DatabaseClosedError &e) {
		return report(err, ST_INTERNAL, e);
	} catch (const Xapian::DatabaseCreateError &e) {
		return report(err, ST_IO, e);
	} catch (const Xapian::DatabaseOpeningError &e) {
		return report(err, ST_IO, e);
	} catch (const Xapian::DatabaseError &e) {
		return report(err, ST_CORRUPT, e);
	} catch (const Xapian::DocNotFoundError &e) {
		return report(err, ST_NOTFOUND, e);
	} catch (const Xapian::WildcardError &e) {
		return report(err, ST_TOO_BROAD, e);
	} catch (const Xapian::SerialisationError &e) {
		return report(err, ST_CORRUPT, e);
	} catch (const Xapian::RangeError &e) {
		return report(err, ST_CORRUPT, e);
	} catch (const Xapian::NetworkError &e) {
		return report(err, ST_IO, e);
	} catch (const Xapian::FeatureUnavailableError &e) {
		return report(err, ST_UNSUPPORTED, e);
	} catch (const Xapian::UnimplementedError &e) {
		return report(err, ST_UNSUPPORTED, e);
	} catch (const Xapian::InvalidArgumentError &e) {
		return report(err, ST_INVALID, e);
	} catch (const Xapian::InvalidOperationError &e) {
		return report(err, ST_INVALID, e);
	} catch (const Xapian::Error &e) {
		return report(err, ST_INTERNAL, e);
	}
}

enum status
xap_guard_caught(struct error *err) noexcept
{
	try {
		throw;
	} catch (const xap_stop &stop) {
		if (err != nullptr)
			*err = stop.error;
		return stop.error.status;
	} catch (const Xapian::Error &) {
		return caught_xapian(err);
	} catch (const std::bad_alloc &) {
		return error_nomem(err);
	} catch (const std::length_error &e) {
		/* libxapian believes the lengths that it reads. */
		return error_set(err, ST_CORRUPT, "a length that cannot be (%s)", e.what());
	} catch (const std::out_of_range &e) {
		return error_set(err, ST_CORRUPT, "a length that cannot be (%s)", e.what());
	} catch (const std::exception &e) {
		return error_set(err, ST_INTERNAL, "%s", e.what());
	} catch (...) {
		return error_set(err, ST_INTERNAL, "an exception of unknown type");
	}
}

/* What the terminate handler needs: it is given nothing, so this cannot be
 * anybody's own. */
static struct {
	void (*fn)(void *arg, const struct error *err);
	void *arg;
	std::terminate_handler before;
} last_words;

/* What libxapian gives up after in a commit is a call that failed; the
 * exception that told of it may be gone, errno is still there. */
static void
gave_up(int errnum, struct error *err)
{
	static const int told[] = { EIO, ENOSPC, EDQUOT, EMFILE, ENFILE, EROFS, EACCES, ENOMEM };

	for (int each : told)
		if (errnum == each) {
			(void)error_errno(err, errnum, "libxapian gave up");
			return;
		}
	(void)error_set(err, ST_INTERNAL, "libxapian gave up after a failure of its own");
}

[[noreturn]] static void
terminated() noexcept
{
	int errnum = errno;
	struct error err;

	if (std::current_exception() != nullptr)
		(void)xap_guard_caught(&err);
	else
		gave_up(errnum, &err);
	last_words.fn(last_words.arg, &err);
	last_words.before();
	std::abort();
}

void
xap_last_words(void (*fn)(void *arg, const struct error *err), void *arg)
{
	if (last_words.fn != nullptr)
		std::set_terminate(last_words.before);
	last_words = { fn, arg, nullptr };
	if (fn != nullptr)
		last_words.before = std::set_terminate(terminated);
}

/* Large enough for what unwinds and for the next results; costs address space only. */
#define RESERVE_BYTES (4u << 20)

static std::atomic<void *> reserve;
static std::atomic<bool> reserve_kept;

static void
spend_reserve()
{
	void *all = reserve.exchange(nullptr);

	if (all == nullptr)
		throw std::bad_alloc();
	std::free(all);
}

void
xap_guard_fill_reserve() noexcept
{
	void *none = nullptr, *all;

	if (!reserve_kept.load(std::memory_order_relaxed) || reserve.load(std::memory_order_relaxed) != nullptr)
		return;
	all = std::malloc(RESERVE_BYTES);
	if (all != nullptr && !reserve.compare_exchange_strong(none, all))
		std::free(all);
}

void
xap_keep_reserve(void)
{
	reserve_kept = true;
	xap_guard_fill_reserve();
	std::set_new_handler(spend_reserve);
}

enum status
xap_guard_check_term(const char *term, size_t len, struct error *err) noexcept
{
	size_t size = len;

	if (len <= XAP_TERM_MAX)
		for (size_t i = 0; i < len; i++)
			size += term[i] == '\0';
	if (size > XAP_TERM_MAX)
		return error_set(err, ST_INVALID, "a term of %zu bytes, %d is the limit",
				 size, XAP_TERM_MAX);
	return ST_OK;
}

enum status
xap_guard_append(struct buf *out, const std::string &s, struct error *err) noexcept
{
	buf_add(out, s.data(), s.size());
	if (buf_status(out) != ST_OK)
		return error_nomem(err);
	return ST_OK;
}
