/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/fault.h"

#include <cerrno>
#include <cstdlib>
#include <exception>
#include <new>

#include <sys/syscall.h>
#include <unistd.h>

static unsigned countdown;       /* 0: nothing is to fail */
static enum fault_kind how;
static bool refused, disk_full;

void
fault_arm(unsigned nth, enum fault_kind kind)
{
	std::set_terminate(std::abort);      /* where a test expects it, without words */
	refused = false;
	how = kind;
	countdown = nth;
}

bool
fault_disarm(void)
{
	countdown = 0;
	return refused;
}

void
fault_disk_full(bool full)
{
	disk_full = full;
}

static bool
refuse()
{
	if (countdown == 0)
		return false;
	if (countdown > 1) {
		countdown--;
		return false;
	}
	if (how == FAULT_ONCE)
		countdown = 0;
	refused = true;
	return true;
}

void *
operator new(std::size_t size)
{
	void *p = refuse() ? nullptr : std::malloc(size ? size : 1);

	if (p == nullptr)
		throw std::bad_alloc();
	return p;
}

void *
operator new[](std::size_t size)
{
	return operator new(size);
}

void
operator delete(void *p) noexcept
{
	std::free(p);
}

void
operator delete[](void *p) noexcept
{
	std::free(p);
}

void
operator delete(void *p, std::size_t) noexcept
{
	std::free(p);
}

void
operator delete[](void *p, std::size_t) noexcept
{
	std::free(p);
}

extern "C" {

void *__real_realloc(void *p, size_t size);
void *__wrap_realloc(void *p, size_t size);

void *
__wrap_realloc(void *p, size_t size)
{
	return refuse() ? nullptr : __real_realloc(p, size);
}

ssize_t
pwrite(int fd, const void *data, size_t size, off_t at)
{
	if (disk_full) {
		errno = ENOSPC;
		return -1;
	}
	return syscall(SYS_pwrite64, fd, data, size, at);
}

}
