/* Connections and their deadlines: see connections.h. One thread looks over all of them twice a second. */
#include "connections.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { RECEIVE_SECONDS = 30, SCARCE_SECONDS = 4, SEND_SECONDS = 60, SCARCE = WEB_MOST_CONNECTIONS * 3 / 4 };

struct web_connection {
    web_connection *before, *next;
    int descriptor;
    web_phase phase;
    double since;
};

struct web_connections {
    pthread_mutex_t lock;
    pthread_cond_t stop;
    pthread_t thread;
    web_connection *first;
    size_t n;
    bool ending;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool too_late(const web_connections *connections, const web_connection *connection, double at) {
    double taken = at - connection->since;
    switch (connection->phase) {
    case WEB_RECEIVING: return taken > (connections->n > SCARCE ? SCARCE_SECONDS : RECEIVE_SECONDS);
    case WEB_SENDING: return taken > SEND_SECONDS;
    case WEB_WORKING: break;
    }
    return false;
}

/* A socket that is shut down reads as ended: the server then closes it itself. */
static void *watch(void *state) {
    web_connections *connections = state;
    pthread_mutex_lock(&connections->lock);
    while (!connections->ending) {
        double at = now();
        for (web_connection *one = connections->first; one; one = one->next)
            if (too_late(connections, one, at)) shutdown(one->descriptor, SHUT_RDWR);
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 500000000;
        if (until.tv_nsec >= 1000000000) until = (struct timespec){until.tv_sec + 1, until.tv_nsec - 1000000000};
        pthread_cond_timedwait(&connections->stop, &connections->lock, &until);
    }
    pthread_mutex_unlock(&connections->lock);
    return NULL;
}

web_connections *web_connections_start(void) {
    web_connections *connections = calloc(1, sizeof *connections);
    if (!connections) return NULL;
    pthread_mutex_init(&connections->lock, NULL);
    pthread_cond_init(&connections->stop, NULL);
    if (pthread_create(&connections->thread, NULL, watch, connections) == 0) return connections;
    free(connections);
    return NULL;
}

void web_connections_end(web_connections *connections) {
    if (!connections) return;
    pthread_mutex_lock(&connections->lock);
    connections->ending = true;
    pthread_cond_signal(&connections->stop);
    pthread_mutex_unlock(&connections->lock);
    pthread_join(connections->thread, NULL);
    pthread_mutex_destroy(&connections->lock);
    pthread_cond_destroy(&connections->stop);
    free(connections);
}

web_connection *web_connections_add(web_connections *connections, int descriptor) {
    web_connection *connection = calloc(1, sizeof *connection);
    if (!connection) return NULL;
    connection->descriptor = descriptor;
    connection->since = now();
    pthread_mutex_lock(&connections->lock);
    connection->next = connections->first;
    if (connection->next) connection->next->before = connection;
    connections->first = connection;
    connections->n++;
    pthread_mutex_unlock(&connections->lock);
    return connection;
}

void web_connections_remove(web_connections *connections, web_connection *connection) {
    if (!connection) return;
    pthread_mutex_lock(&connections->lock);
    if (connection->next) connection->next->before = connection->before;
    if (connection->before) connection->before->next = connection->next;
    else connections->first = connection->next;
    connections->n--;
    pthread_mutex_unlock(&connections->lock);
    free(connection);
}

void web_connections_phase(web_connections *connections, web_connection *connection, web_phase phase) {
    if (!connection) return;
    pthread_mutex_lock(&connections->lock);
    connection->phase = phase;
    connection->since = now();
    pthread_mutex_unlock(&connections->lock);
}
