// What only the start of a program needs: code that ran once, and memory that was freed.
#pragma once

namespace cvr::os {

// Gives both back to the system (madvise(2), MADV_DONTNEED on mapped code; malloc_trim(3)).  Code that is needed again
// is mapped again from the page cache, a minor fault for each 64 KiB: a tenth of a millisecond in all.  Without it a
// third of an idle proxy is code that it will never run.  Any thread; other threads may run meanwhile.  Never fails.
void give_back_start_pages();

}  // namespace cvr::os
