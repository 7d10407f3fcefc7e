/* The open connections and how long each may take: a client that dawdles is cut off, so that slow ones do not use up the places. */
#ifndef HEARSAY_WEB_CONNECTIONS_H
#define HEARSAY_WEB_CONNECTIONS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct web_connections web_connections;
typedef struct web_connection web_connection;

typedef enum web_phase {
    WEB_RECEIVING, /* its next request: RECEIVE_SECONDS from the first phase on, fewer when the places get scarce */
    WEB_WORKING,   /* we are at work: no limit here */
    WEB_SENDING    /* the client takes the answer: SEND_SECONDS */
} web_phase;

enum { WEB_MOST_CONNECTIONS = 256 };

/* NULL when there is no memory or no thread can be started. */
web_connections *web_connections_start(void);
void web_connections_end(web_connections *connections); /* after the last was removed */

web_connection *web_connections_add(web_connections *connections, int descriptor); /* NULL when there is no memory */
void web_connections_remove(web_connections *connections, web_connection *connection);
void web_connections_phase(web_connections *connections, web_connection *connection, web_phase phase);

#endif
