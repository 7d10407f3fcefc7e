/* robots.txt: RFC 9309. */
#ifndef HS_INPUT_ROBOTS_H
#define HS_INPUT_ROBOTS_H

#include "base/str.h"

/* May `agent` read `path` (with its query) by the rules in `robots`? The longest rule that fits decides, allowing where two are as long. */
bool hs_robots_allow(hs_str robots, hs_str agent, hs_str path);

#endif
