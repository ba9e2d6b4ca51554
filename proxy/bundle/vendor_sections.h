// Sections of the vendor report about the account, and what is asked of the vendor.  Pure.
#pragma once

#include "bundle/document.h"
#include "bundle/evidence.h"

namespace cvr::bundle {

void authentication_results(const Evidence& evidence, Document& out);
void decoded_claims(const Evidence& evidence, Document& out);
void account_configuration(const Evidence& evidence, Document& out);
void questions(const Evidence& evidence, Document& out);
void attachments(const Evidence& evidence, Document& out);

}  // namespace cvr::bundle
