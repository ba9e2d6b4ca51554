// Which values are those of people: under names that forms, messages and catalogues have as well ("email", "mobile",
// "displayName").  Pure.
#pragma once

#include <string_view>

namespace cvr::redact {

// An address, whole or half ("ada.lovelace"); no word of a form, no message.
bool can_be_mail(std::string_view value);

// Five to twenty digits and what stands between those of phone numbers.
bool can_be_phone(std::string_view value);

// A first or last name: anything but prose ("is required", "Enter your name.").
bool can_be_name_part(std::string_view value);

// Two to five words with capitals, none of them of companies, places and interfaces.
bool can_be_person(std::string_view value);

// A street and a number.
bool can_be_street(std::string_view value);

// A key whose object is no person, although it has a name and an address: "company", "products".
bool is_name_of_thing(std::string_view key);

// A key whose object holds words of an interface: "labels", "i18n".
bool is_name_of_labels(std::string_view key);

}  // namespace cvr::redact
