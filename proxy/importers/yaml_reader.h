// YAML texts as Nodes: plain scalars, lists and maps, one document (libyaml reads the events).  Aliases are refused,
// and of tags all that mean more than text, bytes, numbers, lists and maps: nothing is ever made or expanded.  Pure.
#pragma once

#include <string_view>

#include "importers/node.h"

namespace cvr::importers {

// As read_json; Node::at is the line, Node::raw is empty.  Errors name the line.
Result<Node> read_yaml(std::string_view text, const Streamed& streamed = {{}, nullptr}, const NodeLimits& limits = {});

}  // namespace cvr::importers
