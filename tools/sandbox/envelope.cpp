#include "sandbox/envelope.h"

#include "base/json_writer.h"

namespace cvr::sandbox {
namespace {

void write_error(json::Writer& out, std::string_view title, std::string_view code, std::string_view path) {
  out.begin_object().member("title", title).member("code", code);
  if (!path.empty()) out.member("path", path);
  out.end_object();
}

void write_notices(json::Writer& out) {
  out.key("warnings").begin_array().end_array();
  out.key("infos").begin_array().end_array();
}

}  // namespace

std::string success_body(const Catalogue& catalogue, std::string_view data, const std::vector<SoftError>& errors,
                         const std::optional<Pagination>& pagination) {
  json::Writer out;
  out.begin_object().key("meta").begin_object().key("errors").begin_array();
  for (const SoftError& error : errors) {
    write_error(out, row(catalogue, error.kind).title, row(catalogue, error.kind).code, error.path);
  }
  out.end_array();
  write_notices(out);
  if (pagination) {
    out.key("pagination").begin_object();
    out.member("pageNumber", pagination->page_number);
    out.member("batchSize", pagination->batch_size);
    out.member("totalCount", pagination->total_count).end_object();
  }
  out.end_object().key("data").raw(data).end_object();
  return out.take();
}

std::string error_body(std::string_view title, std::string_view code) {
  json::Writer out;
  out.begin_object().key("meta").begin_object().key("errors").begin_array();
  write_error(out, title, code, {});
  out.end_array();
  write_notices(out);
  out.end_object().end_object();
  return out.take();
}

Answer error_answer(const Catalogue& catalogue, ErrorKind kind, std::string_view argument) {
  const ErrorRow& found = row(catalogue, kind);
  std::string title = found.title;
  if (const std::size_t at = title.find("{}"); at != std::string::npos) title.replace(at, 2, argument);
  Answer answer;
  answer.status = found.status;
  answer.body = error_body(title, found.code);
  return answer;
}

}  // namespace cvr::sandbox
