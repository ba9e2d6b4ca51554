// The recorder's end on any ByteSink; Writer::open puts a locked file under it (open.cpp).
//
// An append of a 1 KiB JSON body costs 10 us of a busy core (FORMAT.md, "What it costs").  Encoding, compressing,
// checksumming and hashing happen in the caller's thread before the mutex; under it are 80 bytes of SHA-256 and one
// append to the sink.
//
// What fails is cut back to the last sound byte and counted; the gap's record goes in front of the
// next record that can be written, or before the seal.  When even the cutting back fails, or a sync
// failed (`durable`), the writer stops for good: later appends are counted and nothing is written,
// except, after a failed sync, gap and seal (which then promise nothing about power loss; what was
// appended and not acknowledged may or may not be there).
#pragma once

#include <memory>
#include <string>

#include "cassette/scan.h"
#include "cvr/cassette.h"
#include "cvr/system.h"

namespace cvr::cassette {

// Where a writer goes on.
struct WriterStart {
  std::uint64_t count = 0;
  Digest chain{};
  TableDraft table;         // what the next table has to list
  HintsDraft hints;         // of what was appended since the hints before
  Digest last{};            // chain of the last interaction, once one was appended
  bool has_header = false;  // otherwise the writer begins with one
  bool sealed = false;
  std::uint32_t version = kVersion;  // of the file: in one of version 1 no record leans on another
};
WriterStart start_from(const Scan& found);

// What `discard` goes back to.
struct Before {
  bool existed = true;
  std::uint64_t sound_bytes = 0;         // of the file that is appended to
  std::unique_ptr<ByteSource> replaced;  // the file that `overwrite` took the name of; a mapping outlives its name
};

// The sink holds the sound bytes and nothing else.  `name` is for error texts.
Result<std::unique_ptr<Writer>> make_writer(std::unique_ptr<ByteSink> sink, WriterStart start, WriterOptions options,
                                            std::string name, Before before = {});

}  // namespace cvr::cassette
