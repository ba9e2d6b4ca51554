// One forbidden line a case; CMakeLists.txt says which error each must give.  Case 0 is the control:
// everything that may be done with a RedactedInteraction.
#include <utility>

#include "cvr/cassette.h"
#include "cvr/interaction.h"

namespace cvr {

inline void try_it(cassette::Writer& writer, const Interaction& raw, RedactedParts parts,
                   RedactedInteraction redacted) {
#if CVR_CASE == 0
  static_cast<void>(writer.append(redacted));
  static_cast<void>(cassette::encode(redacted));
  static_cast<void>(redacted->request.method);
  const RedactedInteraction copy = redacted;
  static_cast<void>(copy == redacted);
  redacted.set_key(MatchKey{});
#elif CVR_CASE == 1
  const RedactedInteraction made(std::move(parts));
#elif CVR_CASE == 2
  const RedactedInteraction made;
#elif CVR_CASE == 3
  static_cast<void>(writer.append(raw));
#elif CVR_CASE == 4
  static_cast<void>(writer.append(parts));
#elif CVR_CASE == 5
  static_cast<void>(cassette::encode(raw));
#elif CVR_CASE == 6
  redacted = raw;
#elif CVR_CASE == 7
  redacted->arrival = raw.arrival;
#elif CVR_CASE == 8
  redacted.parts_ = std::move(parts);
#endif
  static_cast<void>(writer);
  static_cast<void>(raw);
  static_cast<void>(parts);
}

}  // namespace cvr
