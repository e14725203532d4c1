#!/bin/sh
# Makes ./configure from configure.ac, for a checkout; a release has it.
set -e
cd "$(dirname "$0")"
mkdir -p build-aux
exec autoreconf --install --force
