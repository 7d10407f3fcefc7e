/* hearsay._hearsay.Ledger: a ledger's calls, one for one. Answers become tuples whose parts stand in the order of hearsay.h's structs; the records
 * that they cite go along once each, as their lines of JSON by their pages' ids. hearsay/_ledger.py makes dataclasses of both. */
#include "module.h"

#include <stdlib.h>
#include <string.h>

typedef struct ledger {
    PyObject_HEAD hs_ledger *ledger; /* NULL: closed */
    char *name;                      /* for errors; never an address, which may hold a password */
} ledger;

static PyObject *ledger_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"location", "write", "max_memory", NULL};
    PyObject *location = NULL;
    int write;
    Py_ssize_t max_memory;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O&pn", names, PyUnicode_FSConverter, &location, &write,
                                     &max_memory))
        return NULL;
    const char *place = PyBytes_AsString(location);
    ledger *self = NULL;
    if (max_memory < 1) {
        PyErr_SetString(PyExc_ValueError, "max_memory must be positive");
    } else if ((self = (ledger *)make(type))) {
        hs_ledger_options options;
        hs_ledger_options_init(&options);
        options.write = write;
        options.max_memory = (size_t)max_memory;
        self->name = strdup(strstr(place, "://") ? "the shared ledger" : place);
        hs_error error;
        hs_status status;
        Py_BEGIN_ALLOW_THREADS status = hs_ledger_open(&self->ledger, place, &options, &error);
        Py_END_ALLOW_THREADS if (status != HS_OK) {
            fail((PyObject *)self, status, &error, self->name);
            Py_CLEAR(self);
        }
    }
    Py_XDECREF(location);
    return (PyObject *)self;
}

static void ledger_dealloc(PyObject *self) {
    hs_ledger_free(((ledger *)self)->ledger);
    free(((ledger *)self)->name);
    release(self);
}

/* The handle, or NULL with an exception where it has been closed. */
static hs_ledger *opened(PyObject *self) {
    hs_ledger *handle = ((ledger *)self)->ledger;
    if (!handle) PyErr_SetString(PyExc_ValueError, "the ledger is closed");
    return handle;
}

static PyObject *ledger_close(PyObject *self, PyObject *none) {
    (void)none;
    hs_ledger *handle = ((ledger *)self)->ledger;
    ((ledger *)self)->ledger = NULL;
    Py_BEGIN_ALLOW_THREADS hs_ledger_free(handle);
    Py_END_ALLOW_THREADS Py_RETURN_NONE;
}

/* ---- adding ---- */

static PyObject *transact(PyObject *self, hs_status (*step)(hs_ledger *, hs_error *)) {
    hs_ledger *handle = opened(self);
    if (!handle) return NULL;
    hs_error error;
    hs_status status;
    Py_BEGIN_ALLOW_THREADS status = step(handle, &error);
    Py_END_ALLOW_THREADS if (status != HS_OK) return fail(self, status, &error, ((ledger *)self)->name);
    Py_RETURN_NONE;
}

static PyObject *ledger_begin(PyObject *self, PyObject *none) {
    (void)none;
    return transact(self, hs_ledger_begin);
}

static PyObject *ledger_commit(PyObject *self, PyObject *none) {
    (void)none;
    return transact(self, hs_ledger_commit);
}

static hs_status rollback(hs_ledger *handle, hs_error *error) {
    (void)error;
    hs_ledger_rollback(handle);
    return HS_OK;
}

static PyObject *ledger_rollback(PyObject *self, PyObject *none) {
    (void)none;
    return transact(self, rollback);
}

static PyObject *ledger_add(PyObject *self, PyObject *args) {
    static const char *const ADDED[] = {
        [HS_ADDED_NEW] = "new", [HS_ADDED_CHANGED] = "changed", [HS_ADDED_KNOWN] = "known"};
    const char *json;
    Py_ssize_t n;
    PyObject *name = NULL;
    hs_ledger *handle = opened(self);
    if (!handle || !PyArg_ParseTuple(args, "y#O&", &json, &n, PyUnicode_FSConverter, &name)) return NULL;
    hs_addition addition = {.json = json, .n = (size_t)n, .name = PyBytes_AsString(name)};
    hs_added added;
    hs_error error;
    hs_status status;
    Py_BEGIN_ALLOW_THREADS status = hs_ledger_add(&added, handle, &addition, &error);
    Py_END_ALLOW_THREADS PyObject *result =
        status == HS_OK ? PyUnicode_FromString(ADDED[added]) : fail(self, status, &error, addition.name);
    Py_DECREF(name);
    return result;
}

static PyObject *ledger_count(PyObject *self, PyObject *none) {
    (void)none;
    hs_ledger *handle = opened(self);
    if (!handle) return NULL;
    hs_ledger_counts counts;
    hs_error error;
    hs_status status;
    Py_BEGIN_ALLOW_THREADS status = hs_ledger_count(&counts, handle, &error);
    Py_END_ALLOW_THREADS if (status != HS_OK) return fail(self, status, &error, ((ledger *)self)->name);
    return Py_BuildValue("(nnnn)", (Py_ssize_t)counts.pages, (Py_ssize_t)counts.claims, (Py_ssize_t)counts.notes,
                         (Py_ssize_t)counts.held);
}

/* ---- answers ---- */

/* Makes the i-th of an array's members; `records` is the answer's dict of records. */
typedef PyObject *(*member_of)(PyObject *records, const void *array, size_t i);

static PyObject *tuple_of(PyObject *records, member_of member, const void *array, size_t n) {
    PyObject *tuple = PyTuple_New((Py_ssize_t)n);
    for (size_t i = 0; tuple && i < n; i++) {
        PyObject *made = member(records, array, i);
        if (!made || PyTuple_SetItem(tuple, (Py_ssize_t)i, made) < 0) Py_CLEAR(tuple);
    }
    return tuple;
}

static PyObject *string_of(PyObject *records, const void *array, size_t i) {
    (void)records;
    return text_of(((const hs_str *)array)[i]);
}

static PyObject *index_of(size_t index) {
    return index == HS_NONE ? Py_NewRef(Py_None) : PyLong_FromSize_t(index);
}

static bool hold(PyObject *records, PyObject *page, const hs_record *record) {
    hs_memory line = {0};
    int held = PyDict_Contains(records, page);
    if (held) return held > 0;
    if (hs_write(hs_memory_append, &line, record, HS_FORMAT_JSONL, false, NULL) != HS_OK) PyErr_NoMemory();
    PyObject *made = PyErr_Occurred() ? NULL : PyBytes_FromStringAndSize(line.v, (Py_ssize_t)line.n);
    bool ok = made && PyDict_SetItem(records, page, made) == 0;
    Py_XDECREF(made);
    free(line.v);
    return ok;
}

static PyObject *cited_of(PyObject *records, const void *array, size_t i) {
    const hs_cited *c = (const hs_cited *)array + i;
    PyObject *page = text_of(c->page);
    if (!page || !hold(records, page, c->record)) {
        Py_XDECREF(page);
        return NULL;
    }
    return Py_BuildValue("(NNnNNN)", text_of(c->id), page, (Py_ssize_t)c->claim, text_of(c->speaker),
                         text_of(c->outlet), PyBool_FromLong(c->old));
}

static PyObject *note_of(PyObject *records, const void *array, size_t i) {
    const hs_note *n = (const hs_note *)array + i;
    const char *verdict = n->verdict == HS_VERDICT_NONE ? NULL : hs_verdict_name(n->verdict);
    return Py_BuildValue("(NNNNNzNN)", text_of(n->id), cited_of(records, &n->cited, 0), text_of(n->text),
                         text_of(n->link), text_of(n->author), verdict, text_of(n->reply_to), text_of(n->made));
}

static PyObject *hit_of(PyObject *records, const void *array, size_t i) {
    const hs_hit *h = (const hs_hit *)array + i;
    return Py_BuildValue("(Nnnd)", cited_of(records, &h->cited, 0), (Py_ssize_t)h->n_same, (Py_ssize_t)h->n_notes,
                         h->score);
}

static PyObject *count_of(PyObject *records, const void *array, size_t i) {
    (void)records;
    const hs_count *c = (const hs_count *)array + i;
    return Py_BuildValue("(Nn)", text_of(c->name), (Py_ssize_t)c->n);
}

static PyObject *person_of(PyObject *records, const void *array, size_t i) {
    const hs_person *p = (const hs_person *)array + i;
    return Py_BuildValue(
        "(NNNNnnNNNN)", text_of(p->id), text_of(p->name), tuple_of(records, string_of, p->roles, p->n_roles),
        tuple_of(records, cited_of, p->claims, p->n_claims), (Py_ssize_t)p->n_pages, (Py_ssize_t)p->n_denials,
        tuple_of(records, count_of, p->outlets, p->n_outlets), tuple_of(records, count_of, p->stances, p->n_stances),
        tuple_of(records, count_of, p->days, p->n_days), PyBool_FromLong(p->maybe));
}

static PyObject *carrier_of(PyObject *records, const void *array, size_t i) {
    const hs_carrier *c = (const hs_carrier *)array + i;
    return Py_BuildValue("(NsNNdnNN)", cited_of(records, &c->cited, 0), hs_how_name(c->how), index_of(c->from),
                         text_of(c->from_name), c->shared, (Py_ssize_t)c->origin,
                         tuple_of(records, string_of, c->chain, c->n_chain),
                         tuple_of(records, string_of, c->evidence, c->n_evidence));
}

static PyObject *origin_of(PyObject *records, const void *array, size_t i) {
    (void)records;
    const hs_origin *o = (const hs_origin *)array + i;
    return Py_BuildValue("(NnNN)", text_of(o->label), (Py_ssize_t)o->n_carriers, PyBool_FromLong(o->outside),
                         PyBool_FromLong(o->circular));
}

/* (records, answer): takes the second; NULL where either could not be made. */
static PyObject *with_records(PyObject *records, PyObject *answer) {
    return Py_BuildValue("(NN)", records, answer);
}

static PyObject *ledger_find(PyObject *self, PyObject *args) {
    hs_query query = {.size = sizeof query};
    int old;
    Py_ssize_t limit;
    hs_ledger *handle = opened(self);
    if (!handle || !PyArg_ParseTuple(args, "zzzzzzzzpn", &query.words, &query.speaker, &query.outlet, &query.stance,
                                     &query.manner, &query.since, &query.until, &query.code, &old, &limit))
        return NULL;
    query.old = old;
    query.limit = (size_t)limit;
    hs_hits *hits;
    hs_error error;
    hs_status status;
    Py_BEGIN_ALLOW_THREADS status = hs_ledger_find(&hits, handle, &query, &error);
    Py_END_ALLOW_THREADS if (status != HS_OK) return fail(self, status, &error, ((ledger *)self)->name);
    PyObject *records = PyDict_New(), *found = records ? tuple_of(records, hit_of, hits->v, hits->n) : NULL;
    PyObject *result = with_records(records, Py_BuildValue("(NN)", found, PyBool_FromLong(hits->more)));
    hs_hits_free(hits);
    return result;
}

static PyObject *ledger_who(PyObject *self, PyObject *args) {
    const char *name;
    Py_ssize_t limit;
    hs_ledger *handle = opened(self);
    if (!handle || !PyArg_ParseTuple(args, "sn", &name, &limit)) return NULL;
    hs_who *who;
    hs_error error;
    hs_status status;
    Py_BEGIN_ALLOW_THREADS status = hs_ledger_who(&who, handle, name, (size_t)limit, &error);
    Py_END_ALLOW_THREADS if (status != HS_OK) return fail(self, status, &error, name);
    PyObject *records = PyDict_New();
    PyObject *result = with_records(records, records ? tuple_of(records, person_of, who->v, who->n) : NULL);
    hs_who_free(who);
    return result;
}

static PyObject *trace_of(PyObject *records, const hs_trace *t) {
    return Py_BuildValue(
        "(NNNNNn)", cited_of(records, &t->claim, 0), tuple_of(records, carrier_of, t->carriers, t->n_carriers),
        tuple_of(records, origin_of, t->origins, t->n_origins), tuple_of(records, cited_of, t->disputes, t->n_disputes),
        tuple_of(records, note_of, t->notes, t->n_notes), (Py_ssize_t)t->n_outlets);
}

static PyObject *ledger_trace(PyObject *self, PyObject *args) {
    const char *claim;
    hs_ledger *handle = opened(self);
    if (!handle || !PyArg_ParseTuple(args, "s", &claim)) return NULL;
    hs_trace *trace;
    hs_error error;
    hs_status status;
    Py_BEGIN_ALLOW_THREADS status = hs_ledger_trace(&trace, handle, claim, &error);
    Py_END_ALLOW_THREADS if (status != HS_OK) return fail(self, status, &error, claim);
    PyObject *records = PyDict_New();
    PyObject *result = with_records(records, records ? trace_of(records, trace) : NULL);
    hs_trace_free(trace);
    return result;
}

/* ---- notes ---- */

static bool verdict_of(hs_verdict_kind *verdict, const char *name) {
    *verdict = HS_VERDICT_NONE;
    for (int i = HS_VERDICT_CONFIRMED; name && i <= HS_VERDICT_MISLEADING; i++)
        if (strcmp(name, hs_verdict_name((hs_verdict_kind)i)) == 0) *verdict = (hs_verdict_kind)i;
    if (name && *verdict == HS_VERDICT_NONE) PyErr_Format(PyExc_ValueError, "there is no verdict %s", name);
    return !name || *verdict != HS_VERDICT_NONE;
}

static PyObject *ledger_note(PyObject *self, PyObject *args) {
    hs_new_note note = {.size = sizeof note};
    const char *verdict;
    hs_ledger *handle = opened(self);
    if (!handle ||
        !PyArg_ParseTuple(args, "sszzzz", &note.claim, &note.text, &verdict, &note.link, &note.author,
                          &note.reply_to) ||
        !verdict_of(&note.verdict, verdict))
        return NULL;
    char id[16];
    hs_error error;
    hs_status status;
    Py_BEGIN_ALLOW_THREADS status = hs_ledger_note(id, handle, &note, &error);
    Py_END_ALLOW_THREADS if (status != HS_OK) return fail(self, status, &error, note.claim);
    return PyUnicode_FromString(id);
}

typedef struct collecting {
    PyObject *records, *notes; /* a dict, a list */
    PyThreadState *thread;     /* while the library runs */
    bool failed;
} collecting;

static bool collect(void *state, const hs_note *note) {
    collecting *c = state;
    PyEval_RestoreThread(c->thread);
    PyObject *made = note_of(c->records, note, 0);
    c->failed = !made || PyList_Append(c->notes, made) < 0;
    Py_XDECREF(made);
    c->thread = PyEval_SaveThread();
    return !c->failed;
}

static PyObject *ledger_notes(PyObject *self, PyObject *none) {
    (void)none;
    hs_ledger *handle = opened(self);
    if (!handle) return NULL;
    collecting c = {.records = PyDict_New(), .notes = PyList_New(0)};
    hs_error error;
    hs_status status = HS_OK;
    c.failed = !c.records || !c.notes;
    if (!c.failed) {
        c.thread = PyEval_SaveThread();
        status = hs_ledger_each_note(handle, HS_NOTE_SHOWN, NULL, collect, &c, &error);
        PyEval_RestoreThread(c.thread);
    }
    if (status == HS_OK && !c.failed) return with_records(c.records, c.notes);
    if (!c.failed) fail(self, status, &error, ((ledger *)self)->name);
    Py_XDECREF(c.records);
    Py_XDECREF(c.notes);
    return NULL;
}

static PyMethodDef methods[] = {
    {"close", ledger_close, METH_NOARGS, "close(): all other calls fail from then on"},
    {"begin", ledger_begin, METH_NOARGS, "begin(): what is added from here on is one transaction"},
    {"commit", ledger_commit, METH_NOARGS, "commit(): makes it lasting"},
    {"rollback", ledger_rollback, METH_NOARGS, "rollback(): drops it"},
    {"add", ledger_add, METH_VARARGS, "add(json, name) -> \"new\", \"changed\" or \"known\""},
    {"count", ledger_count, METH_NOARGS, "count() -> (pages, claims, notes, held)"},
    {"find", ledger_find, METH_VARARGS,
     "find(words, speaker, outlet, stance, manner, since, until, code, old, limit) -> (records, (hits, more))"},
    {"who", ledger_who, METH_VARARGS, "who(name, limit) -> (records, persons)"},
    {"trace", ledger_trace, METH_VARARGS, "trace(claim) -> (records, trace)"},
    {"note", ledger_note, METH_VARARGS, "note(claim, text, verdict, link, author, reply_to) -> the note's id"},
    {"notes", ledger_notes, METH_NOARGS, "notes() -> (records, notes)"},
    {0},
};

static PyType_Slot slots[] = {
    {Py_tp_new, (void *)ledger_new},
    {Py_tp_dealloc, (void *)ledger_dealloc},
    {Py_tp_methods, methods},
    {Py_tp_doc, (void *)"Ledger(location, write, max_memory): belongs to one thread at a time"},
    {0, NULL},
};

PyType_Spec ledger_spec = {
    .name = "hearsay._hearsay.Ledger",
    .basicsize = sizeof(ledger),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = slots,
};
