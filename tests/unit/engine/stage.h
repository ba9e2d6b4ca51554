// The stage of the playbooks: plays one line after the other on the engine alone, with a cassette on
// disk, no sockets and a clock that stands still.  The language of a line:
//
//   mode WORD [on-end WORD] [max-age AGE WARN|FAIL|RECORD]         begins a session on the cassette; the one before
//                                  is sealed
//   fault METHOD PATH: ACTION      of the sessions from here on; `no faults`
//   match query|json NAME COMPARISON   a rule of [match], of the sessions from here on that play
//   stateful                       these go by the writes in between
//   later AGE                      the clock goes on: 8d
//   discard                        ends the session: its command failed
//   REQUEST => DECISION            asks the session
//   upstream ANSWER                what the upstream said to what was just forwarded
//   record REQUEST -> ANSWER       the two in one: on record before the story begins
//   nearest => #2 query, #1 path   of the last miss: recordings, and the part in which each differs
//   differs => query: asked X, recorded Y        of the nearest of them
//   summary => 1 hits, 0 misses, 2 unused        of the session so far
//   unused => #2 GET URL, ...      what --strict would list; `none`
//   faults => 1 of 2, 0 of 3       how often each fired, of the requests that matched it
//   stale => 2, oldest #1          interactions that were met; `none`
//   cassette => 2 interactions     what stands in the file now; `absent`
//   another machine                from here on another pseudonym key: no identity is known
//
//   REQUEST   [tunnel | absolute | reverse] METHOD TARGET [as NAME] [with BODY]
//             tunnel (when nothing is said): inside CONNECT to the vendor's host.  absolute: TARGET is a
//             URL.  reverse: at the reverse listener, http://127.0.0.1:8877.
//             NAME: a credential, made up at run time; the same name is the same credential.
//             BODY: JSON when it begins with { or [, else a form.
//   ANSWER    STATUS BODY | STATUS too large | failure KIND
//   DECISION  hit ANSWER[, N ms late][, cut after N] | forward | forward, record | miss: REASON | fault STATUS |
//             fault reset
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "engine/session.h"
#include "support/fakes.h"
#include "unit/engine/kit.h"

namespace cvr::engine {

class Stage {
 public:
  // Empty: as the line says.  Else what is the matter.
  std::string play(std::string_view line);

 private:
  struct Asked {
    http::Request request;
    Arrival arrival = Arrival::kConnect;
  };
  std::string obey(std::string_view line);
  std::string observed(std::string_view question);
  std::string begin(std::string_view mode, std::string_view on_end, std::string_view max_age = {});
  void end();
  std::string add_rule(std::string_view part, std::string_view name, std::string_view comparison);
  Asked parse_request(std::string_view text);
  void answer_from_upstream(std::string_view answer, bool record);
  std::string decide(std::string_view request);
  std::string nearest() const;
  std::string differs() const;
  std::string summary() const;
  std::string unused() const;
  std::string faults() const;
  std::string stale() const;
  std::string cassette() const;

  Tape tape_;
  std::uint8_t machine_ = 0;
  std::shared_ptr<const Redactor> redactor_ = make_redactor();
  std::map<std::string, std::string, std::less<>> credentials_;
  test::FakeClock clock_;
  std::vector<Fault> faults_;
  match::MatchRules rules_ = usual_rules();
  bool stateful_ = false;
  std::unique_ptr<Session> session_;
  Asked asked_;
  bool record_ = false;
  match::MissReport miss_;
};

}  // namespace cvr::engine
