/* Which network addresses belong to the public Internet: the special-purpose registries of IANA (RFC 6890 and its additions). */
#ifndef HS_INPUT_ADDRESS_H
#define HS_INPUT_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* False for private, loopback, link-local, shared, multicast, reserved and documentation addresses, also where they stand inside an IPv6
 * address, and for whatever is neither IPv4 nor IPv6. */
bool hs_address_public(const struct sockaddr *address);

#endif
