#include "redact/providers.h"

namespace cvr::redact {
namespace {

constexpr Provider kProviders[] = {
    // Amazon: access key ids (the secret beside one has a name).
    {"AKIA", Tail::kUpper, 16},
    {"ASIA", Tail::kUpper, 16},
    {"ABIA", Tail::kUpper, 16},
    {"ACCA", Tail::kUpper, 16},
    // GitHub, GitLab, Bitbucket, Atlassian
    {"ghp_", Tail::kAlnum, 30},
    {"gho_", Tail::kAlnum, 30},
    {"ghu_", Tail::kAlnum, 30},
    {"ghs_", Tail::kAlnum, 30},
    {"ghr_", Tail::kAlnum, 30},
    {"github_pat_", Tail::kAlnumUnderscore, 22},
    {"glpat-", Tail::kWordDot, 20},
    {"gldt-", Tail::kWord, 20},
    {"glrt-", Tail::kWordDot, 20},
    {"glcbt-", Tail::kWord, 20},
    {"glptt-", Tail::kWord, 40},
    {"glft-", Tail::kWord, 20},
    {"glsoat-", Tail::kWord, 20},
    {"glimt-", Tail::kWord, 20},
    {"glagent-", Tail::kWord, 40},
    {"gloas-", Tail::kHex, 40},
    {"GR1348941", Tail::kWord, 20},
    {"ATATT3", Tail::kBase64, 60},
    {"ATCTT3", Tail::kBase64, 60},
    {"ATBB", Tail::kAlnum, 28},
    // Slack
    {"xoxb-", Tail::kWord, 16},
    {"xoxp-", Tail::kWord, 16},
    {"xoxa-", Tail::kWord, 16},
    {"xoxr-", Tail::kWord, 16},
    {"xoxs-", Tail::kWord, 16},
    {"xoxe-", Tail::kWord, 16},
    {"xoxe.xox", Tail::kWord, 16},
    {"xapp-", Tail::kWord, 16},
    {"hooks.slack.com/services/", Tail::kBase64, 20},
    // Payments
    {"sk_live_", Tail::kAlnum, 16},
    {"sk_test_", Tail::kAlnum, 16},
    {"rk_live_", Tail::kAlnum, 16},
    {"rk_test_", Tail::kAlnum, 16},
    {"ek_live_", Tail::kAlnumUnderscore, 16},
    {"ek_test_", Tail::kAlnumUnderscore, 16},
    {"whsec_", Tail::kBase64, 20},
    {"sq0csp-", Tail::kWord, 30},
    {"sq0atp-", Tail::kWord, 20},
    {"EAAA", Tail::kWord, 56},
    // Google, Microsoft
    {"AIza", Tail::kWord, 35},
    {"ya29.", Tail::kWordDot, 20},
    {"GOCSPX-", Tail::kWord, 24},
    {"1//0", Tail::kWord, 36},
    // Twilio, SendGrid and other mail
    {"SG.", Tail::kWordDot, 40},
    {"key-", Tail::kHex, 32},
    {"xkeysib-", Tail::kWord, 64},
    // Registries
    {"npm_", Tail::kAlnum, 36},
    {"pypi-", Tail::kWord, 50},
    {"rubygems_", Tail::kHex, 40},
    {"dckr_pat_", Tail::kWord, 20},
    {"dckr_oat_", Tail::kWord, 20},
    {"oy2", Tail::kAlnum, 43},  // NuGet
    {"NuGet-", Tail::kAlnum, 40},
    // Models
    {"sk-ant-", Tail::kWord, 24},
    {"sk-proj-", Tail::kWord, 24},
    {"sk-svcacct-", Tail::kWord, 24},
    {"sk-admin-", Tail::kWord, 24},
    {"sk-", Tail::kAlnum, 40},
    {"hf_", Tail::kAlnum, 30},
    {"r8_", Tail::kAlnum, 37},
    {"gsk_", Tail::kAlnum, 48},
    {"pplx-", Tail::kAlnum, 40},
    // Shops
    {"shpat_", Tail::kAlnum, 32},
    {"shpss_", Tail::kAlnum, 32},
    {"shpca_", Tail::kAlnum, 32},
    {"shppa_", Tail::kAlnum, 32},
    // Clouds and tools
    {"dop_v1_", Tail::kAlnum, 40},
    {"doo_v1_", Tail::kAlnum, 40},
    {"dor_v1_", Tail::kAlnum, 40},
    {"dapi", Tail::kHex, 32},
    {"hvs.", Tail::kWord, 24},
    {"hvb.", Tail::kWord, 24},
    {"pscale_tkn_", Tail::kWordDot, 30},
    {"pscale_pw_", Tail::kWordDot, 30},
    {"PMAK-", Tail::kWord, 50},
    {"NRAK-", Tail::kUpper, 27},
    {"NRII-", Tail::kWord, 27},
    {"sntrys_", Tail::kBase64, 40},
    {"sntryu_", Tail::kHex, 40},
    {"sbp_", Tail::kHex, 40},
    {"lin_api_", Tail::kAlnum, 40},
    {"ntn_", Tail::kAlnum, 40},
    {"secret_", Tail::kAlnum, 43},
    {"glc_", Tail::kBase64, 32},
    {"glsa_", Tail::kAlnumUnderscore, 32},
    {"dp.pt.", Tail::kAlnum, 40},
    {"dp.st.", Tail::kWordDot, 40},
    {"figd_", Tail::kWord, 40},
    {"nfp_", Tail::kAlnum, 36},
    {"CCIPAT_", Tail::kAlnumUnderscore, 40},
    {"rnd_", Tail::kAlnum, 28},
    {"sl.B", Tail::kWord, 60},
    {"AGE-SECRET-KEY-1", Tail::kUpper, 50},
    {"access-production-", Tail::kWord, 36},
    {"access-sandbox-", Tail::kWord, 36},
};

constexpr Parameter kParameters[] = {
    // Connection strings
    {"AccountKey=", Kind::kToken, 16},
    {"SharedAccessKey=", Kind::kToken, 16},
    {"SharedSecretValue=", Kind::kToken, 16},
    {"Password=", Kind::kPassword, 4},
    {"PASSWORD=", Kind::kPassword, 4},
    {"password=", Kind::kPassword, 4},
    {"Pwd=", Kind::kPassword, 4},
    {"PWD=", Kind::kPassword, 4},
    {"pwd=", Kind::kPassword, 4},
    // Signed URLs
    {"X-Amz-Signature=", Kind::kSignature, 16},
    {"X-Amz-Security-Token=", Kind::kToken, 16},
    {"X-Amz-Credential=", Kind::kToken, 16},
    {"X-Goog-Signature=", Kind::kSignature, 16},
    {"X-Goog-Credential=", Kind::kToken, 16},
    {"AWSAccessKeyId=", Kind::kToken, 16},
    {"Signature=", Kind::kSignature, 16},
    {"signature=", Kind::kSignature, 16},
    {"sig=", Kind::kSignature, 16},
    // What links carry
    {"access_token=", Kind::kToken, 8},
    {"refresh_token=", Kind::kToken, 8},
    {"id_token=", Kind::kToken, 8},
    {"auth_token=", Kind::kToken, 8},
    {"client_secret=", Kind::kPassword, 8},
    {"api_key=", Kind::kToken, 8},
    {"apikey=", Kind::kToken, 8},
    {"apiKey=", Kind::kToken, 8},
    {"token=", Kind::kToken, 16},
    {"secret=", Kind::kPassword, 16},
};

}  // namespace

std::span<const Provider> providers() { return kProviders; }
std::span<const Parameter> parameters() { return kParameters; }

}  // namespace cvr::redact
