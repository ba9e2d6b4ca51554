#include "cvr/certificate_authority.h"

#include <openssl/rand.h>

#include <algorithm>
#include <mutex>

#include "base/base64.h"
#include "certs/inspect.h"
#include "certs/issue.h"
#include "certs/leaf_cache.h"
#include "certs/names.h"
#include "certs/server_context.h"
#include "certs/store.h"
#include "cvr/http.h"

namespace cvr::certs {
namespace {

constexpr std::size_t kMaxLeaves = 1024;

std::int64_t now_s(const Clock& clock) { return clock.utc_us() / 1'000'000; }

std::string join(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

class AuthorityImpl : public Authority {
 public:
  AuthorityImpl(Pair pair, KeyPtr leaf_key, TicketKeys tickets, const Clock& clock)
      : pair_(std::move(pair)),
        leaf_key_(std::move(leaf_key)),
        tickets_(tickets),
        clock_(clock),
        facts_(facts_of(pair_.root.get())),
        leaves_(kMaxLeaves) {}
  ~AuthorityImpl() override { OPENSSL_cleanse(tickets_.bytes.data(), tickets_.bytes.size()); }

  const AuthorityFacts& facts() const override { return facts_; }
  std::string certificate_pem() const override { return pem_of(pair_.root.get()); }
  bool covers(const std::string& host) const override {
    return lies_within_any(http::to_lower(host), facts_.permitted_hosts);
  }
  Result<ContextPtr> server_context(const std::string& host) override;

 private:
  Result<LeafCache::Leaf> make_usable_leaf(const std::string& host, std::int64_t now) const;

  const Pair pair_;
  const KeyPtr leaf_key_;
  TicketKeys tickets_;
  const Clock& clock_;
  const AuthorityFacts facts_;
  std::mutex mutex_;
  LeafCache leaves_;
};

Result<ContextPtr> AuthorityImpl::server_context(const std::string& given_host) {
  const std::string host = http::to_lower(given_host);
  const std::int64_t now = now_s(clock_);
  const std::lock_guard lock(mutex_);
  if (auto context = leaves_.find(host, now)) return context;
  if (auto fit = check_leaf_host(host); !fit) return std::unexpected(fit.error());
  if (!covers(host)) {
    auto domains = facts_.permitted_hosts;
    domains.push_back(host);
    return fail(ErrorCode::kRefused, "the CA is bound to " + join(facts_.permitted_hosts) + " and not made for " +
                                         host + "; a CA that is: " + rotate_command(domains));
  }
  if (now >= facts_.not_after_utc_s) {
    return fail(ErrorCode::kEnvironment, "the CA has expired; a new one: " + rotate_command(facts_.permitted_hosts));
  }
  auto leaf = make_usable_leaf(host, now);
  if (!leaf) return std::unexpected(leaf.error());
  auto context = leaf->context;
  leaves_.put(host, std::move(*leaf));
  return context;
}

Result<LeafCache::Leaf> AuthorityImpl::make_usable_leaf(const std::string& host, std::int64_t now) const {
  auto leaf = make_leaf(host, leaf_key_.get(), pair_.root.get(), pair_.key.get(), now);
  if (!leaf) return std::unexpected(leaf.error());
  auto context = make_server_context(host, leaf->get(), leaf_key_.get(), tickets_, pair_.root.get());
  if (!context) return std::unexpected(context.error());
  const Validity validity = validity_of(leaf->get());
  // Made anew past half its life, unless the CA ends so soon that nothing would be gained.
  const bool is_last = validity.not_after_utc_s >= facts_.not_after_utc_s;
  const std::int64_t until = is_last ? validity.not_after_utc_s : now + (validity.not_after_utc_s - now) / 2;
  return LeafCache::Leaf{std::move(*context), validity.not_before_utc_s, until};
}

Result<std::shared_ptr<Authority>> authority_of(Pair pair, const Clock& clock) {
  auto leaf_key = make_key();
  if (!leaf_key) return std::unexpected(leaf_key.error());
  auto tickets = make_ticket_keys();
  if (!tickets) return std::unexpected(tickets.error());
  return std::make_shared<AuthorityImpl>(std::move(pair), std::move(*leaf_key), *tickets, clock);
}

Result<Pair> new_pair(const std::string& common_name, const std::vector<std::string>& domains, const Clock& clock) {
  auto key = make_key();
  if (!key) return std::unexpected(key.error());
  auto root = make_root(key->get(), common_name, domains, now_s(clock));
  if (!root) return std::unexpected(root.error());
  return Pair{std::move(*root), std::move(*key)};
}

// Trust stores tell CAs apart by their names: two with one name and different keys confuse NSS.
Result<std::string> unique_name() {
  unsigned char bytes[4];
  if (RAND_bytes(bytes, sizeof bytes) != 1) return openssl_failed("no random numbers");
  return "CVR local CA " + hex_encode({reinterpret_cast<const char*>(bytes), sizeof bytes});
}

Result<std::shared_ptr<Authority>> make_in(Store& store, const std::vector<std::string>& domains, const Clock& clock) {
  auto name = unique_name();
  if (!name) return std::unexpected(name.error());
  auto pair = new_pair(*name, domains, clock);
  if (!pair) return std::unexpected(pair.error());
  if (auto saved = store.save(*pair); !saved) return std::unexpected(saved.error());
  return authority_of(std::move(*pair), clock);
}

Result<void> check_in_time(const Pair& pair, const std::string& dir, const Clock& clock) {
  const Validity validity = validity_of(pair.root.get());
  const std::int64_t now = now_s(clock);
  const auto domains = facts_of(pair.root.get()).permitted_hosts;
  if (now < validity.not_before_utc_s) {
    return fail(ErrorCode::kEnvironment,
                "the CA in " + dir + " is not valid yet: is the clock right? A new CA: " + rotate_command(domains));
  }
  if (now < validity.not_after_utc_s - kDay) return {};
  const char* words = now < validity.not_after_utc_s ? " expires within a day" : " has expired";
  return fail(ErrorCode::kEnvironment, "the CA in " + dir + words + "; a new one: " + rotate_command(domains));
}

Result<void> check_covers(const Pair& pair, const std::vector<std::string>& domains) {
  const auto permitted = facts_of(pair.root.get()).permitted_hosts;
  std::vector<std::string> missing;
  for (const auto& domain : domains) {
    if (!lies_within_any(domain, permitted)) missing.push_back(domain);
  }
  if (missing.empty()) return {};
  auto all = permitted;
  all.insert(all.end(), missing.begin(), missing.end());
  return fail(ErrorCode::kUsage, "the CA is bound to " + join(permitted) + " and does not cover " + join(missing) +
                                     "; make one that does: " + rotate_command(all));
}

}  // namespace

Result<std::shared_ptr<Authority>> Authority::open(const std::string& dir, const std::vector<std::string>& hosts,
                                                   const Clock& clock) {
  const auto domains = permitted_domains(hosts);
  if (!domains) return std::unexpected(domains.error());
  auto store = Store::open(dir);
  if (!store) return std::unexpected(store.error());
  if (store->is_empty()) return make_in(*store, *domains, clock);
  auto pair = store->load();
  if (!pair) return std::unexpected(pair.error());
  if (auto in_time = check_in_time(*pair, dir, clock); !in_time) return std::unexpected(in_time.error());
  if (auto covered = check_covers(*pair, *domains); !covered) return std::unexpected(covered.error());
  return authority_of(std::move(*pair), clock);
}

Result<std::shared_ptr<Authority>> Authority::rotate(const std::string& dir, const std::vector<std::string>& hosts,
                                                     const Clock& clock) {
  const auto domains = permitted_domains(hosts);
  if (!domains) return std::unexpected(domains.error());
  auto store = Store::open(dir);
  if (!store) return std::unexpected(store.error());
  return make_in(*store, *domains, clock);
}

Result<std::shared_ptr<Authority>> Authority::ephemeral(const std::string& common_name,
                                                        const std::vector<std::string>& hosts, const Clock& clock) {
  const auto domains = permitted_domains(hosts);
  if (!domains) return std::unexpected(domains.error());
  auto pair = new_pair(common_name, *domains, clock);
  if (!pair) return std::unexpected(pair.error());
  return authority_of(std::move(*pair), clock);
}

}  // namespace cvr::certs
