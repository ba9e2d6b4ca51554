# What tools/setup, tools/cvr and tools/test share; sourced, not run.  Expects $root.
# Everything here speaks on stderr: stdout belongs to the program that is run in the end.

say() { printf '%s\n' "$*" >&2; }
die() { local status=$1; shift; say "$*"; exit "$status"; }

# run_quietly LOG CMD...: output goes to LOG, and its end to stderr when CMD fails.
run_quietly() {
  local log=$1; shift
  "$@" >"$log" 2>&1 </dev/null && return 0
  local status=$?
  grep -nE '(error|Error|E):' "$log" | head -n 20 >&2 || true
  say "--- the end of $log:"
  tail -n 25 "$log" >&2
  return "$status"
}

# Compilers at once: one a core, and no more than fit into memory (Asio takes about 1 GB each).
build_jobs() {
  local cores memory
  cores=$(nproc 2>/dev/null || echo 1)
  memory=$(awk '/^MemAvailable:/ {print int($2 / 1200000)}' /proc/meminfo 2>/dev/null || echo 1)
  [ "$memory" -ge 1 ] || memory=1
  if [ "$memory" -lt "$cores" ]; then echo "$memory"; else echo "$cores"; fi
}

# build PRESET TARGET WORDS: configures once, then lets ninja decide.  WORDS are said only when there
# is work.  One build a folder at a time; who comes second waits and finds nothing left to do.
build() {
  local preset=$1 target=$2 words=$3 dir=$root/build/$1 began=$SECONDS
  mkdir -p "$dir"
  exec 9>"$dir/.lock"
  flock 9
  # A checkout that was moved takes its build tree along, and CMake refuses it.
  if [ -f "$dir/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$dir/CMakeCache.txt"; then
    rm -rf "$dir/CMakeCache.txt" "$dir/CMakeFiles" "$dir/build.ninja"
  fi
  if [ ! -f "$dir/build.ninja" ]; then
    say "cvr: configuring (preset $preset, usually 5 s)"
    (cd "$root" && run_quietly "$dir/configure.log" cmake --preset "$preset") ||
      die 3 "cvr: configuring failed; tools/setup installs what may be missing"
  fi
  case $(ninja -C "$dir" -n "$target" 2>/dev/null || true) in
    *"no work to do"*) ;;
    *)
      say "cvr: $words"
      run_build "$dir" "$target" || die 3 "cvr: the build failed"
      say "cvr: built in $((SECONDS - began)) s"
      ;;
  esac
  exec 9>&-
}

# On a terminal ninja shows its own line of progress; else nothing is shown unless it fails.
run_build() {
  local dir=$1 target=$2
  if [ -t 2 ]; then
    NINJA_STATUS='[%f/%t] ' ninja -C "$dir" -j "$(build_jobs)" "$target" >&2 </dev/null 9>&-
  else
    run_quietly "$dir/build.log" ninja -C "$dir" -j "$(build_jobs)" "$target" 9>&-
  fi
}
