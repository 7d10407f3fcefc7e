/* The server: one thread speaks HTTP with all clients, a few others do the work; see web.h.
 *
 * An exchange is a request and its reply. It belongs to the connection's thread, but for the time in which the connection is suspended
 * and a job works on it.
 */
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "connections.h"
#include "guard.h"
#include "jobs.h"
#include "routes.h"

enum {
    MOST_WAITING = 32,
    IDLE_SECONDS = 15,
    HEADER_BYTES = 32 << 10,
    LEAST_TOKEN = 16,
    STOP_TRIES = 100,
    BUSY_SECONDS = 2
};

typedef struct server {
    web_site site;
    struct MHD_Daemon *daemon;
    web_jobs *jobs;
    web_connections *connections;
    atomic_bool stopping;
    atomic_size_t exchanges;
} server;

typedef struct exchange {
    web_job job; /* first: a job's address is its exchange's */
    server *server;
    struct MHD_Connection *connection;
    web_connection *deadline;
    const web_route *route; /* NULL: the reply is there already */
    web_request request;
    web_reply reply;
    bool worked;
} exchange;

static void headers(const exchange *exchange, struct MHD_Response *response) {
    char policy[256], etag[128], wait[16];
    const web_reply *reply = &exchange->reply;
    if (reply->style)
        snprintf(
            policy, sizeof policy,
            "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            reply->style);
    MHD_add_response_header(response, "Content-Security-Policy",
                            reply->style
                                ? policy
                                : "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
                                  "connect-src 'self'; base-uri 'none'; form-action 'none'; "
                                  "frame-ancestors 'none'");
    MHD_add_response_header(response, "Content-Type", reply->type);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    MHD_add_response_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(response, "Cache-Control", reply->etag ? "no-cache" : "no-store");
    if (reply->etag && snprintf(etag, sizeof etag, "\"%s\"", reply->etag) < (int)sizeof etag)
        MHD_add_response_header(response, "ETag", etag);
    if (reply->status == 401) MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
    if (reply->status == 503 || reply->wait) {
        snprintf(wait, sizeof wait, "%u", reply->wait ? reply->wait : BUSY_SECONDS);
        MHD_add_response_header(response, "Retry-After", wait);
    }
    if (*reply->allow) MHD_add_response_header(response, "Allow", reply->allow);
    if (exchange->server->stopping) MHD_add_response_header(response, "Connection", "close");
}

static enum MHD_Result send_reply(exchange *exchange) {
    web_reply *reply = &exchange->reply;
    struct MHD_Response *response =
        reply->fixed || !reply->out.v
            ? MHD_create_response_from_buffer(reply->n_fixed, (void *)(uintptr_t)(reply->fixed ? reply->fixed : ""),
                                              MHD_RESPMEM_PERSISTENT)
            : MHD_create_response_from_buffer(reply->out.n, reply->out.v, MHD_RESPMEM_MUST_FREE);
    if (!response) return MHD_NO;
    if (!reply->fixed) reply->out.v = NULL; /* the response's now */
    headers(exchange, response);
    web_connections_phase(exchange->server->connections, exchange->deadline, WEB_SENDING);
    enum MHD_Result result = MHD_queue_response(exchange->connection, reply->status, response);
    MHD_destroy_response(response);
    return result;
}

/* On a thread of the jobs, while the connection is suspended. */
static void work(web_job *job, bool dropped) {
    exchange *exchange = (struct exchange *)job;
    if (dropped) web_reply_problem(&exchange->reply, WEB_STOPPING, "the server is stopping; nothing was done");
    else exchange->route->run(&exchange->reply, &exchange->request, &exchange->server->site);
    exchange->worked = true;
    MHD_resume_connection(exchange->connection); /* the exchange may be gone afterwards */
}

static enum MHD_Result begin_work(exchange *exchange) {
    server *server = exchange->server;
    if (exchange->route->needs & WEB_AT_ONCE) {
        exchange->route->run(&exchange->reply, &exchange->request, &server->site);
        return send_reply(exchange);
    }
    exchange->job = (web_job){.slow = exchange->route->needs & WEB_SLOW, .run = work};
    web_connections_phase(server->connections, exchange->deadline, WEB_WORKING);
    MHD_suspend_connection(exchange->connection);
    if (web_jobs_add(server->jobs, &exchange->job)) return MHD_YES;
    web_reply_problem(&exchange->reply, server->stopping ? WEB_STOPPING : WEB_BUSY,
                      server->stopping ? "the server is stopping; nothing was done" : "too many requests wait");
    exchange->worked = true;
    MHD_resume_connection(exchange->connection);
    return MHD_YES;
}

static const char *header(const exchange *exchange, const char *name) {
    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

static const char *bearer(const exchange *exchange) {
    const char *given = header(exchange, "Authorization");
    return given && strncmp(given, "Bearer ", 7) == 0 ? given + 7 : NULL;
}

/* What the route needs. False: the reply says what is missing. */
static bool may_run(exchange *exchange, const char *method) {
    const web_site *site = &exchange->server->site;
    const web_route *route = exchange->route;
    web_reply *reply = &exchange->reply;
    const char *given = bearer(exchange);
    bool does_something = strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0;
    bool open_to_all = route->needs & WEB_PUBLIC && site->gate && !given; /* a token that is given is to be right */
    exchange->request.owner = !site->options->token || web_guard_token(given, site->options->token);
    if (does_something &&
        !web_guard_origin(header(exchange, "Origin"), header(exchange, "Sec-Fetch-Site"), header(exchange, "Host")))
        web_reply_problem(reply, WEB_CROSS_SITE, "a page of another site may not ask for this");
    else if (route->needs & WEB_OPENED && !exchange->request.owner && !open_to_all)
        web_reply_problem(reply, WEB_TOKEN_MISSING, "this needs the server's token: \"Authorization: Bearer …\"");
    else if (route->needs & WEB_FROM_HERE && !web_guard_token(header(exchange, "X-Hearsay-Token"), site->token))
        web_reply_problem(reply, WEB_NOT_FROM_HERE, "this needs the token of /api/session: \"X-Hearsay-Token: …\"");
    else return true;
    return false;
}

/* From where a request comes; where that cannot be told, from the same place as all others of the kind. */
static web_client client_of(struct MHD_Connection *connection) {
    unsigned char address[16] = {0};
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *from = info ? info->client_addr : NULL;
    if (from && from->sa_family == AF_INET) {
        memset(address + 10, 0xFF, 2);
        memcpy(address + 12, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
    } else if (from && from->sa_family == AF_INET6) {
        memcpy(address, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, sizeof address);
    }
    return web_client_of(address);
}

/* Looks at the head of a request. A body that is not wanted is still taken in, so that the client gets to read the answer; one that
 * says that it is too large is not. */
static enum MHD_Result begin(exchange *exchange, const char *path, const char *method) {
    server *server = exchange->server;
    const char *length = header(exchange, "Content-Length"), *host = header(exchange, "Host");
    web_reply_clear(&exchange->reply);
    if (!web_request_take(&exchange->request, exchange->connection, path)) return MHD_NO;
    exchange->request.client = client_of(exchange->connection);
    if (server->stopping) {
        web_reply_problem(&exchange->reply, WEB_STOPPING, "the server is stopping; nothing was done");
    } else if (!web_guard_host(host, server->site.options->name)) {
        web_reply_problem(&exchange->reply, WEB_WRONG_HOST, "the server is not asked by this name");
    } else {
        exchange->route = web_route_find(&exchange->reply, &exchange->request, method);
        if (exchange->route && !may_run(exchange, method)) exchange->route = NULL;
    }
    size_t most = exchange->route ? exchange->route->most_body : WEB_MOST_PAGE;
    if (!length || strtoull(length, NULL, 10) <= most) return MHD_YES;
    web_reply_problem(&exchange->reply, WEB_TOO_LARGE, "the body is larger than is taken here");
    return send_reply(exchange);
}

static void take_body(exchange *exchange, const char *bytes, size_t n) {
    if (!exchange->route) return;
    bool fits = n <= exchange->route->most_body - exchange->request.body.n;
    if (fits && hs_memory_append(&exchange->request.body, bytes, n)) return;
    exchange->route = NULL;
    web_reply_problem(&exchange->reply, fits ? WEB_FAILED : WEB_TOO_LARGE,
                      fits ? "no memory for the body" : "the body is larger than is taken here");
}

static exchange *make_exchange(server *server, struct MHD_Connection *connection) {
    exchange *exchange = calloc(1, sizeof *exchange);
    if (!exchange) return NULL;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    exchange->server = server;
    exchange->connection = connection;
    exchange->deadline = info ? info->socket_context : NULL;
    server->exchanges++;
    return exchange;
}

/* libmicrohttpd calls this for the head of a request, for each piece of its body, at its end, and when it is resumed. */
static enum MHD_Result answer(void *state, struct MHD_Connection *connection, const char *path, const char *method,
                              const char *version, const char *bytes, size_t *n, void **slot) {
    (void)version;
    exchange *exchange = *slot;
    if (!exchange) {
        exchange = *slot = make_exchange(state, connection);
        return exchange ? begin(exchange, path, method) : MHD_NO;
    }
    if (*n) {
        take_body(exchange, bytes, *n);
        *n = 0;
        return MHD_YES;
    }
    return exchange->route && !exchange->worked ? begin_work(exchange) : send_reply(exchange);
}

static void completed(void *state, struct MHD_Connection *connection, void **slot,
                      enum MHD_RequestTerminationCode why) {
    (void)connection;
    (void)why;
    exchange *exchange = *slot;
    server *server = state;
    if (!exchange) return;
    web_connections_phase(server->connections, exchange->deadline, WEB_RECEIVING);
    web_request_clear(&exchange->request);
    free(exchange->reply.out.v);
    free(exchange);
    *slot = NULL;
    server->exchanges--;
}

static void connected(void *state, struct MHD_Connection *connection, void **slot,
                      enum MHD_ConnectionNotificationCode what) {
    server *server = state;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *slot = info ? web_connections_add(server->connections, info->connect_fd) : NULL;
    } else {
        web_connections_remove(server->connections, *slot);
        *slot = NULL;
    }
}

static bool is_loopback(const struct sockaddr *address) {
    if (address->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr) >> 24 == 127;
    return address->sa_family == AF_INET6 &&
           IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
}

static hs_status fail(hs_error *error, hs_status code, const char *what, const char *host, const char *why) {
    error->code = code;
    snprintf(error->message, sizeof error->message, "%s %.200s: %.200s", what, host, why);
    return code;
}

/* A socket that listens, and the address by which it is reached. */
static hs_status listen_on(int *out, char address[128], const web_options *options, hs_error *error) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV}, *found;
    int wrong = getaddrinfo(options->host, options->port, &hints, &found), on = 1;
    if (wrong) return fail(error, HS_ERR_IO, "cannot listen on", options->host, gai_strerror(wrong));
    bool open = !is_loopback(found->ai_addr) || options->public_notes;
    if (open && (!options->token || strlen(options->token) < LEAST_TOKEN)) {
        freeaddrinfo(found);
        return fail(error, HS_ERR_ARGUMENT, "others can reach", options->host,
                    "that needs a --token of at least 16 characters");
    }
    int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bool ok = fd >= 0 && bind(fd, found->ai_addr, found->ai_addrlen) == 0 && listen(fd, 128) == 0;
    int why = errno;
    struct sockaddr_storage own;
    socklen_t n = sizeof own;
    char host[64], port[16];
    if (ok && getsockname(fd, (struct sockaddr *)&own, &n) == 0 &&
        getnameinfo((struct sockaddr *)&own, n, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) == 0)
        snprintf(address, 128, own.ss_family == AF_INET6 ? "http://[%s]:%s/" : "http://%s:%s/", host, port);
    freeaddrinfo(found);
    *out = fd;
    if (ok) return HS_OK;
    if (fd >= 0) close(fd);
    return fail(error, HS_ERR_IO, "cannot listen on", options->host, strerror(why));
}

static bool start(server *server, int fd) {
    server->connections = web_connections_start();
    server->jobs = web_jobs_start(server->site.options->jobs, MOST_WAITING);
    if (!server->connections || !server->jobs) return false;
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, answer, server,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT, (unsigned)WEB_MOST_CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_BYTES,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, completed, server, MHD_OPTION_NOTIFY_CONNECTION,
        connected, server, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
    return server->daemon;
}

/* No new connections; what waits is refused, what runs is finished; answers get some seconds to arrive. */
static void stop(server *server, int fd) {
    server->stopping = true;
    if (server->daemon) MHD_quiesce_daemon(server->daemon);
    close(fd);
    web_jobs_end(server->jobs);
    for (int i = 0; i < STOP_TRIES && server->exchanges; i++) usleep(50000);
    if (server->daemon) MHD_stop_daemon(server->daemon);
    web_connections_end(server->connections);
}

hs_status web_serve(const web_options *options, hs_error *error) {
    server server = {.site.options = options};
    char address[128] = "";
    int fd, signal_number;
    sigset_t signals;
    if (!web_guard_make_token(server.site.token))
        return fail(error, HS_ERR_IO, "no", "random numbers", strerror(errno));
    if (options->public_notes && (!options->token || !options->ledger))
        return fail(error, HS_ERR_ARGUMENT, "public notes", "are released by the owner",
                    "that needs a --token and a ledger");
    if (options->public_notes && !(server.site.gate = web_gate_make()))
        return fail(error, HS_ERR_LIMIT, "no", "memory", strerror(errno));
    hs_status status = HS_OK;
    if (options->ledger) status = web_ledgers_open(&server.site.ledgers, options->ledger, error);
    if (status == HS_OK) status = listen_on(&fd, address, options, error);
    if (status != HS_OK) {
        web_ledgers_free(server.site.ledgers);
        web_gate_free(server.site.gate);
        return status;
    }
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* for all threads: one waits for them */
    if (start(&server, fd)) {
        options->ready(address);
        sigwait(&signals, &signal_number);
        pthread_sigmask(SIG_UNBLOCK, &signals, NULL); /* a second one ends the program at once */
    } else {
        status = fail(error, HS_ERR_LIMIT, "cannot serve", options->host, "no memory or no threads");
    }
    stop(&server, fd);
    web_ledgers_free(server.site.ledgers);
    web_gate_free(server.site.gate);
    return status;
}
