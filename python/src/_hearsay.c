/* hearsay._hearsay: what the Python package needs of hearsay.h, and nothing else.
 *
 * A record crosses as its line of JSON, the same bytes that `hearsay read -f jsonl` prints, so that Python cannot see
 * another record than the command line does. Whatever takes time runs without the GIL. Python's stable ABI alone is
 * used: one module serves every version from 3.10 on. Failures become hearsay.errors.HearsayError. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdlib.h>
#include <string.h>

#include "hearsay.h"

typedef struct module_state {
    PyObject *error; /* hearsay.errors.HearsayError */
} module_state;

static const char *const CODES[] = {
    [HS_OK] = "ok",           [HS_ERR_ARGUMENT] = "argument", [HS_ERR_MISSING] = "missing",
    [HS_ERR_IO] = "io",       [HS_ERR_EMPTY] = "empty",       [HS_ERR_BINARY] = "binary",
    [HS_ERR_LIMIT] = "limit", [HS_ERR_FORMAT] = "format",     [HS_ERR_REFUSED] = "refused",
};

/* Raises HearsayError(code, message, name); `name` may be NULL. `self` is an object of one of this module's types. */
static PyObject *fail(PyObject *self, const hs_error *error, const char *name) {
    module_state *state = PyType_GetModuleState(Py_TYPE(self));
    const char *code = (size_t)error->code < sizeof CODES / sizeof *CODES ? CODES[error->code] : "unknown";
    PyObject *message = PyUnicode_DecodeUTF8(error->message, (Py_ssize_t)strlen(error->message), "replace");
    PyObject *named = name ? PyUnicode_DecodeFSDefault(name) : Py_NewRef(Py_None);
    PyObject *raised = message && named ? PyObject_CallFunction(state->error, "sOO", code, message, named) : NULL;
    if (raised) PyErr_SetObject(state->error, raised);
    Py_XDECREF(raised);
    Py_XDECREF(named);
    Py_XDECREF(message);
    return NULL;
}

/* Frees an object of a heap type, whose type it holds a reference to. */
static void release(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    freefunc free_object = (freefunc)PyType_GetSlot(type, Py_tp_free);
    free_object(self);
    Py_DECREF(type);
}

/* ---- Reader ---- */

typedef struct reader {
    PyObject_HEAD hs_reader *reader;
} reader;

static PyObject *reader_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"weights", "claims", "max_bytes", "max_memory", NULL};
    hs_reader_options options;
    hs_reader_options_init(&options);
    PyObject *weights = NULL;
    int claims;
    Py_ssize_t max_bytes, max_memory;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O&pnn", names, PyUnicode_FSConverter, &weights, &claims, &max_bytes,
                                     &max_memory))
        return NULL;
    PyObject *self = NULL;
    if (max_bytes < 1 || max_memory < 1) {
        PyErr_SetString(PyExc_ValueError, "max_bytes and max_memory must be positive");
    } else if ((self = ((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0))) {
        options.weights = PyBytes_AsString(weights);
        options.claims = claims;
        options.max_bytes = (size_t)max_bytes;
        options.max_memory = (size_t)max_memory;
        hs_error error;
        hs_status status;
        Py_BEGIN_ALLOW_THREADS status = hs_reader_open(&((reader *)self)->reader, &options, &error);
        Py_END_ALLOW_THREADS if (status != HS_OK) {
            fail(self, &error, options.weights);
            Py_CLEAR(self);
        }
    }
    Py_XDECREF(weights);
    return self;
}

static void reader_dealloc(PyObject *self) {
    hs_reader_free(((reader *)self)->reader);
    release(self);
}

typedef struct line {
    char *bytes;
    size_t n, cap;
} line;

static bool append(void *state, const char *bytes, size_t n) {
    line *line = state;
    if (n > line->cap - line->n) {
        size_t cap = line->cap * 2 > line->n + n ? line->cap * 2 : line->n + n + 4096;
        char *grown = realloc(line->bytes, cap);
        if (!grown) return false;
        line->bytes = grown;
        line->cap = cap;
    }
    memcpy(line->bytes + line->n, bytes, n);
    line->n += n;
    return true;
}

static hs_status read_into(line *line, const hs_reader *reader, const hs_page *page, hs_error *error) {
    hs_record *record;
    hs_status status = hs_read(&record, reader, page, error);
    if (status != HS_OK) return status;
    status = hs_write(append, line, record, HS_FORMAT_JSONL, false, error);
    hs_record_free(record);
    return status;
}

/* A string that the arguments hold; absent where it is empty: Python's "" would otherwise be a known, empty value. */
static hs_str known(const char *p, Py_ssize_t n) {
    return p && n ? (hs_str){p, (size_t)n} : (hs_str){0};
}

static PyObject *reader_read(PyObject *self, PyObject *args) {
    PyObject *content, *name = NULL;
    int kind;
    const char *charset, *url, *published, *language;
    Py_ssize_t n_charset, n_url, n_published, n_language;
    if (!PyArg_ParseTuple(args, "SO&iz#z#z#z#", &content, PyUnicode_FSConverter, &name, &kind, &charset, &n_charset,
                          &url, &n_url, &published, &n_published, &language, &n_language))
        return NULL;
    char *bytes;
    Py_ssize_t n;
    PyBytes_AsStringAndSize(content, &bytes, &n);
    hs_page page = {.name = PyBytes_AsString(name),
                    .bytes = bytes,
                    .n = (size_t)n,
                    .kind = (hs_kind)kind,
                    .charset = known(charset, n_charset),
                    .url = known(url, n_url),
                    .published = known(published, n_published),
                    .language = known(language, n_language)};
    line line = {0};
    hs_error error;
    hs_status status;
    Py_BEGIN_ALLOW_THREADS status = read_into(&line, ((reader *)self)->reader, &page, &error);
    Py_END_ALLOW_THREADS PyObject *result = NULL;
    if (status == HS_ERR_IO) PyErr_NoMemory(); /* the sink's only failure */
    else if (status != HS_OK) fail(self, &error, page.name);
    else result = PyBytes_FromStringAndSize(line.bytes, (Py_ssize_t)(line.n - 1)); /* without the line's end */
    free(line.bytes);
    Py_DECREF(name);
    return result;
}

static PyMethodDef reader_methods[] = {
    {"read", reader_read, METH_VARARGS,
     "read(content, name, kind, charset, url, published, language) -> the record's line of JSON, as bytes"},
    {0},
};

static PyType_Slot reader_slots[] = {
    {Py_tp_new, (void *)reader_new},
    {Py_tp_dealloc, (void *)reader_dealloc},
    {Py_tp_methods, reader_methods},
    {Py_tp_doc, (void *)"Reader(weights, claims, max_bytes, max_memory): may be used from several threads at once"},
    {0, NULL},
};

static PyType_Spec reader_spec = {
    .name = "hearsay._hearsay.Reader",
    .basicsize = sizeof(reader),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = reader_slots,
};

/* ---- Inputs ---- */

typedef struct inputs {
    PyObject_HEAD hs_inputs *inputs;
    PyObject *input; /* the name it was opened by, as bytes */
    bool busy;       /* another thread is waiting for a page; changed under the GIL alone */
} inputs;

static PyObject *inputs_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"input", "max_bytes", "timeout", "allow_private", NULL};
    PyObject *input = NULL;
    Py_ssize_t max_bytes;
    unsigned timeout;
    int allow_private;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O&nIp", names, PyUnicode_FSConverter, &input, &max_bytes, &timeout,
                                     &allow_private))
        return NULL;
    PyObject *self = NULL;
    if (max_bytes < 1) {
        PyErr_SetString(PyExc_ValueError, "max_bytes must be positive");
    } else if ((self = ((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0))) {
        inputs *opened = (inputs *)self;
        opened->input = Py_NewRef(input);
        hs_inputs_options options;
        hs_inputs_options_init(&options);
        options.max_bytes = (size_t)max_bytes;
        options.timeout = timeout;
        options.allow_private = allow_private;
        hs_error error;
        hs_status status;
        Py_BEGIN_ALLOW_THREADS status = hs_inputs_open(&opened->inputs, PyBytes_AsString(input), &options, &error);
        Py_END_ALLOW_THREADS if (status != HS_OK) {
            fail(self, &error, PyBytes_AsString(input));
            Py_CLEAR(self);
        }
    }
    Py_XDECREF(input);
    return self;
}

static void inputs_dealloc(PyObject *self) {
    hs_inputs_free(((inputs *)self)->inputs);
    Py_XDECREF(((inputs *)self)->input);
    release(self);
}

/* A known string, or None. Charsets and the like come from archives: any bytes. */
static PyObject *text_of(hs_str s) {
    return s.p ? PyUnicode_DecodeUTF8(s.p, (Py_ssize_t)s.n, "replace") : Py_NewRef(Py_None);
}

static PyObject *page_of(const hs_page *page) {
    PyObject *name = PyUnicode_DecodeFSDefault(page->name ? page->name : "-");
    PyObject *content = PyBytes_FromStringAndSize(page->bytes, (Py_ssize_t)page->n);
    PyObject *strings[] = {text_of(page->charset), text_of(page->url), text_of(page->published),
                           text_of(page->language)};
    bool ok = name && content && strings[0] && strings[1] && strings[2] && strings[3];
    PyObject *tuple =
        ok ? Py_BuildValue("(OOiOOOO)", content, name, (int)page->kind, strings[0], strings[1], strings[2], strings[3])
           : NULL;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) Py_XDECREF(strings[i]);
    Py_XDECREF(content);
    Py_XDECREF(name);
    return tuple;
}

static PyObject *inputs_next(PyObject *object, PyObject *none) {
    (void)none;
    inputs *self = (inputs *)object;
    if (self->busy) {
        PyErr_SetString(PyExc_ValueError, "these inputs are being read by another thread");
        return NULL;
    }
    hs_page page;
    bool more;
    hs_error error;
    hs_status status;
    self->busy = true;
    Py_BEGIN_ALLOW_THREADS status = hs_inputs_next(&page, &more, self->inputs, &error);
    Py_END_ALLOW_THREADS PyObject *result = NULL;
    if (status != HS_OK) fail(object, &error, PyBytes_AsString(self->input));
    else result = more ? page_of(&page) : Py_NewRef(Py_None);
    self->busy = false;
    return result;
}

static PyMethodDef inputs_methods[] = {
    {"next", inputs_next, METH_NOARGS,
     "next() -> (content, name, kind, charset, url, published, language), or None at the end. An error is about one "
     "page: the next call goes on with the one after it."},
    {0},
};

static PyType_Slot inputs_slots[] = {
    {Py_tp_new, (void *)inputs_new},
    {Py_tp_dealloc, (void *)inputs_dealloc},
    {Py_tp_methods, inputs_methods},
    {Py_tp_doc, (void *)"Inputs(input, max_bytes, timeout, allow_private): belongs to one thread at a time"},
    {0, NULL},
};

static PyType_Spec inputs_spec = {
    .name = "hearsay._hearsay.Inputs",
    .basicsize = sizeof(inputs),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = inputs_slots,
};

/* ---- the module ---- */

static PyObject *version(PyObject *module, PyObject *none) {
    (void)module, (void)none;
    return PyUnicode_FromString(hs_version());
}

static PyMethodDef module_methods[] = {
    {"version", version, METH_NOARGS, "version() -> the library's version"},
    {0},
};

static int add_type(PyObject *module, PyType_Spec *spec) {
    PyObject *type = PyType_FromModuleAndSpec(module, spec, NULL);
    int status = type ? PyModule_AddType(module, (PyTypeObject *)type) : -1;
    Py_XDECREF(type);
    return status;
}

static int module_exec(PyObject *module) {
    module_state *state = PyModule_GetState(module);
    PyObject *errors = PyImport_ImportModule("hearsay.errors");
    state->error = errors ? PyObject_GetAttrString(errors, "HearsayError") : NULL;
    Py_XDECREF(errors);
    if (!state->error) return -1;
    return add_type(module, &reader_spec) < 0 || add_type(module, &inputs_spec) < 0 ? -1 : 0;
}

static int module_traverse(PyObject *module, visitproc visit, void *arg) {
    Py_VISIT(((module_state *)PyModule_GetState(module))->error);
    return 0;
}

static int module_clear(PyObject *module) {
    Py_CLEAR(((module_state *)PyModule_GetState(module))->error);
    return 0;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, (void *)module_exec}, {0, NULL}};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,   .m_name = "hearsay._hearsay",  .m_size = sizeof(module_state), .m_methods = module_methods,
    .m_slots = module_slots, .m_traverse = module_traverse, .m_clear = module_clear,
};

PyMODINIT_FUNC PyInit__hearsay(void);
PyMODINIT_FUNC PyInit__hearsay(void) {
    return PyModuleDef_Init(&definition);
}
