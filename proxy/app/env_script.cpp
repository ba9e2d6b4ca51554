#include "app/env_script.h"

#include <algorithm>

#include "base/json_writer.h"

namespace cvr::app {
namespace {

std::string replaced(std::string_view text,
                     std::initializer_list<std::pair<std::string_view, std::string_view>> table) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto hit = std::find_if(table.begin(), table.end(),
                                  [&](const auto& pair) { return text.substr(at).starts_with(pair.first); });
    if (hit == table.end()) {
      out += text[at++];
    } else {
      out += hit->second;
      at += hit->first.size();
    }
  }
  return out;
}

std::string listed(const std::vector<std::string>& names, std::string_view before, std::string_view behind) {
  std::string out;
  for (const std::string& name : names) out.append(before).append(name).append(behind);
  return out;
}

// POSIX: nothing is special between single quotes but the quote itself.
std::string sh_set(const std::string& name, const std::string& value) {
  return "export " + name + "='" + replaced(value, {{"'", "'\\''"}}) + "'\n";
}
std::string sh_unset(const std::string& name) { return "unset " + name + "\n"; }

std::string fish_set(const std::string& name, const std::string& value) {
  return "set -gx " + name + " '" + replaced(value, {{"\\", "\\\\"}, {"'", "\\'"}}) + "';\n";
}
std::string fish_unset(const std::string& name) { return "set -e " + name + ";\n"; }

// PowerShell takes the four typographic single quotes for quotes too; each is doubled.
std::string powershell_set(const std::string& name, const std::string& value) {
  return "$env:" + name + " = '" +
         replaced(value, {{"'", "''"},
                          {"\xe2\x80\x98", "\xe2\x80\x98\xe2\x80\x98"},
                          {"\xe2\x80\x99", "\xe2\x80\x99\xe2\x80\x99"},
                          {"\xe2\x80\x9a", "\xe2\x80\x9a\xe2\x80\x9a"},
                          {"\xe2\x80\x9b", "\xe2\x80\x9b\xe2\x80\x9b"}}) +
         "'\n";
}
std::string powershell_unset(const std::string& name) {
  return "Remove-Item Env:" + name + " -ErrorAction SilentlyContinue\n";
}

// As dotenv.h reads it.  Nothing can be unset there, so it is said.
std::string dotenv_set(const std::string& name, const std::string& value) {
  if (value.find_first_of("'\n\r") == value.npos) return name + "='" + value + "'\n";
  return name + "=\"" + replaced(value, {{"\\", "\\\\"}, {"\"", "\\\""}, {"\n", "\\n"}}) + "\"\n";
}
std::string dotenv_unset(const std::string& name) { return "# " + name + " must not be set\n"; }

// What the shell has is kept by itself, in variables of its own, and only once: a second script finds CVR's own
// values there (child_environment.h, kSaved).
std::string sh_save(const std::vector<std::string>& names) {
  return "for cvr_name in" + listed(names, " ", "") +
         "; do\n"
         "  case \" ${CVR_SAVED-} \" in\n"
         "    *\" $cvr_name \"*) ;;\n"
         "    *) eval \"if [ -n \\\"\\${$cvr_name+x}\\\" ]; then export CVR_SAVED_$cvr_name=\\\"\\$$cvr_name\\\"; "
         "fi\"\n"
         "       export CVR_SAVED=\"${CVR_SAVED-} $cvr_name\" ;;\n"
         "  esac\n"
         "done\n"
         "unset cvr_name\n";
}
std::string sh_restore(const std::string& name) { return "export " + name + "=\"$CVR_SAVED_" + name + "\"\n"; }

std::string fish_save(const std::vector<std::string>& names) {
  return "for cvr_name in" + listed(names, " ", "") +
         ";\n"
         "  if not string match -q -- \"* $cvr_name *\" \" $CVR_SAVED \";\n"
         "    if set -q $cvr_name; set -gx CVR_SAVED_$cvr_name \"$$cvr_name\"; end;\n"
         "    set -gx CVR_SAVED \"$CVR_SAVED $cvr_name\";\n"
         "  end;\n"
         "end;\n"
         "set -e cvr_name;\n";
}
std::string fish_restore(const std::string& name) { return "set -gx " + name + " \"$CVR_SAVED_" + name + "\";\n"; }

std::string powershell_save(const std::vector<std::string>& names) {
  std::string list = listed(names, " '", "',");
  list.pop_back();
  return "foreach ($cvrName in" + list +
         ") {\n"
         "  if (\" $env:CVR_SAVED \" -cnotlike \"* $cvrName *\") {\n"
         "    if (Test-Path \"Env:$cvrName\") { Set-Item \"Env:CVR_SAVED_$cvrName\" (Get-Item \"Env:$cvrName\").Value "
         "}\n"
         "    $env:CVR_SAVED = \"$env:CVR_SAVED $cvrName\"\n"
         "  }\n"
         "}\n";
}
std::string powershell_restore(const std::string& name) { return "$env:" + name + " = $env:CVR_SAVED_" + name + "\n"; }

// A file keeps nothing of the shell that reads it.
std::string dotenv_save(const std::vector<std::string>&) { return ""; }
std::string dotenv_restore(const std::string& name) { return "# " + name + " is the caller's own again\n"; }

struct Shell {
  std::string_view name;
  std::string (*set)(const std::string& name, const std::string& value);
  std::string (*unset)(const std::string& name);
  std::string (*save)(const std::vector<std::string>& names);
  std::string (*restore)(const std::string& name);
};

constexpr Shell kShells[] = {{"sh", sh_set, sh_unset, sh_save, sh_restore},
                             {"bash", sh_set, sh_unset, sh_save, sh_restore},
                             {"zsh", sh_set, sh_unset, sh_save, sh_restore},
                             {"fish", fish_set, fish_unset, fish_save, fish_restore},
                             {"powershell", powershell_set, powershell_unset, powershell_save, powershell_restore},
                             {"dotenv", dotenv_set, dotenv_unset, dotenv_save, dotenv_restore}};

}  // namespace

std::optional<std::string> env_script(const ChildEnvironment& changes, std::string_view shell) {
  const auto known =
      std::find_if(std::begin(kShells), std::end(kShells), [&](const Shell& s) { return s.name == shell; });
  if (known == std::end(kShells)) return std::nullopt;
  std::string out = changes.save.empty() ? "" : known->save(changes.save);
  for (const std::string& name : changes.restore) out += known->restore(name);
  for (const auto& [name, value] : changes.set) out += known->set(name, value);
  for (const std::string& name : changes.unset) out += known->unset(name);
  return out;
}

std::string env_json(const ChildEnvironment& changes) {
  json::Writer w;
  w.begin_object().key("set").begin_object();
  for (const auto& [name, value] : changes.set) w.member(name, value);
  w.end_object().key("unset").begin_array();
  for (const std::string& name : changes.unset) w.value(name);
  w.end_array().key("save").begin_array();
  for (const std::string& name : changes.save) w.value(name);
  w.end_array().key("restore").begin_array();
  for (const std::string& name : changes.restore) w.value(name);
  w.end_array().key("notes").begin_array();
  for (const std::string& note : changes.notes) w.value(note);
  w.end_array().end_object();
  return w.take() + "\n";
}

}  // namespace cvr::app
