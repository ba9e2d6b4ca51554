// The recorder's end over any ByteSink: encoding and compression outside the lock, one append a
// record inside it, group commit for `durable`.
//
// Constraint: an acknowledged interaction must survive kill -9, so the bytes are with the kernel
// when `append` returns.  Rejected: a queue with a writer thread (the answer's last piece would wait
// for a wake-up), and a buffer of our own (lost with the process).
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

#include "cassette/records.h"
#include "cvr/cassette.h"

namespace cvr::cassette {

// `existing`: what the sink holds already (empty for a new cassette), as bytes.  A torn tail is cut,
// a seal is taken off.  Errors: kDamaged, and those of scan().
Result<std::unique_ptr<Writer>> make_writer(std::unique_ptr<ByteSink> sink, std::string_view existing, const std::string& name,
                                            const WriterOptions& options, OpenReport* report);

}  // namespace cvr::cassette
