/* Jobs and their threads: see jobs.h. */
#include "jobs.h"

#include <pthread.h>
#include <stdlib.h>

struct web_jobs {
    pthread_mutex_t lock;
    pthread_cond_t work;
    web_job *first, **end; /* waiting */
    size_t waiting, most_waiting, slow, most_slow;
    pthread_t *threads;
    size_t n_threads;
    bool ending;
};

/* The first that may run now, taken off the list; NULL: none. */
static web_job *take(web_jobs *jobs) {
    web_job **at = &jobs->first;
    while (*at && (*at)->slow && jobs->slow == jobs->most_slow && !jobs->ending) at = &(*at)->next;
    web_job *job = *at;
    if (!job) return NULL;
    *at = job->next;
    if (jobs->end == &job->next) jobs->end = at;
    jobs->waiting--;
    return job;
}

static void *worker(void *state) {
    web_jobs *jobs = state;
    pthread_mutex_lock(&jobs->lock);
    for (;;) {
        web_job *job = take(jobs);
        if (!job && jobs->ending) break;
        if (!job) {
            pthread_cond_wait(&jobs->work, &jobs->lock);
            continue;
        }
        bool slow = job->slow, dropped = jobs->ending;
        jobs->slow += slow;
        pthread_mutex_unlock(&jobs->lock);
        job->run(job, dropped); /* the job may be gone afterwards */
        pthread_mutex_lock(&jobs->lock);
        jobs->slow -= slow;
        if (slow) pthread_cond_broadcast(&jobs->work);
    }
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

web_jobs *web_jobs_start(size_t threads, size_t most_waiting) {
    web_jobs *jobs = calloc(1, sizeof *jobs);
    if (!jobs) return NULL;
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->work, NULL);
    jobs->end = &jobs->first;
    jobs->most_waiting = most_waiting;
    jobs->threads = calloc(threads, sizeof *jobs->threads);
    while (jobs->threads && jobs->n_threads < threads &&
           pthread_create(&jobs->threads[jobs->n_threads], NULL, worker, jobs) == 0)
        jobs->n_threads++;
    pthread_mutex_lock(&jobs->lock);
    jobs->most_slow = jobs->n_threads > 1 ? jobs->n_threads - 1 : 1;
    pthread_mutex_unlock(&jobs->lock);
    if (jobs->n_threads) return jobs;
    web_jobs_end(jobs);
    return NULL;
}

bool web_jobs_add(web_jobs *jobs, web_job *job) {
    pthread_mutex_lock(&jobs->lock);
    bool ok = !jobs->ending && jobs->waiting < jobs->most_waiting;
    if (ok) {
        job->next = NULL;
        *jobs->end = job;
        jobs->end = &job->next;
        jobs->waiting++;
        pthread_cond_signal(&jobs->work);
    }
    pthread_mutex_unlock(&jobs->lock);
    return ok;
}

void web_jobs_end(web_jobs *jobs) {
    if (!jobs) return;
    pthread_mutex_lock(&jobs->lock);
    jobs->ending = true;
    pthread_cond_broadcast(&jobs->work);
    pthread_mutex_unlock(&jobs->lock);
    for (size_t i = 0; i < jobs->n_threads; i++) pthread_join(jobs->threads[i], NULL);
    pthread_mutex_destroy(&jobs->lock);
    pthread_cond_destroy(&jobs->work);
    free(jobs->threads);
    free(jobs);
}
