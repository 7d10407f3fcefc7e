/* hearsay._hearsay: what the Python package needs of hearsay.h, and nothing else.
 *
 * A record crosses as its line of JSON, the same bytes that `hearsay read -f jsonl` prints, so that Python cannot see
 * another record than the command line does. Whatever takes time runs without the GIL. Python's stable ABI alone is
 * used: one module serves every version from 3.10 on. Failures become hearsay.errors.HearsayError. */
#include "module.h"

#include <stdlib.h>
#include <string.h>

static const char *const CODES[] = {
    [HS_OK] = "ok",           [HS_ERR_ARGUMENT] = "argument", [HS_ERR_MISSING] = "missing",
    [HS_ERR_IO] = "io",       [HS_ERR_EMPTY] = "empty",       [HS_ERR_BINARY] = "binary",
    [HS_ERR_LIMIT] = "limit", [HS_ERR_FORMAT] = "format",     [HS_ERR_REFUSED] = "refused",
};

PyObject *fail(PyObject *self, hs_status status, const hs_error *error, const char *name) {
    module_state *state = PyType_GetModuleState(Py_TYPE(self));
    const char *code = (size_t)status < sizeof CODES / sizeof *CODES ? CODES[status] : "unknown";
    PyObject *message = PyUnicode_DecodeUTF8(error->message, (Py_ssize_t)strlen(error->message), "replace");
    PyObject *named = name ? PyUnicode_DecodeFSDefault(name) : Py_NewRef(Py_None);
    PyObject *raised = message && named ? PyObject_CallFunction(state->error, "sOO", code, message, named) : NULL;
    if (raised) PyErr_SetObject(state->error, raised);
    Py_XDECREF(raised);
    Py_XDECREF(named);
    Py_XDECREF(message);
    return NULL;
}

PyObject *make(PyTypeObject *type) {
    allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    return alloc(type, 0);
}

/* An object of a heap type holds a reference to it. */
void release(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    freefunc free_object = (freefunc)PyType_GetSlot(type, Py_tp_free);
    free_object(self);
    Py_DECREF(type);
}

PyObject *text_of(hs_str s) {
    return s.p ? PyUnicode_DecodeUTF8(s.p, (Py_ssize_t)s.n, "replace") : Py_NewRef(Py_None);
}

/* ---- Reader ---- */

typedef struct reader {
    PyObject_HEAD hs_reader *reader;
} reader;

static PyObject *reader_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"weights", "claims", "max_bytes", "max_memory", "min_confidence", NULL};
    hs_reader_options options;
    hs_reader_options_init(&options);
    PyObject *weights = NULL;
    int claims;
    Py_ssize_t max_bytes, max_memory;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O&pnnd", names, PyUnicode_FSConverter, &weights, &claims,
                                     &max_bytes, &max_memory, &options.min_confidence))
        return NULL;
    PyObject *self = NULL;
    if (max_bytes < 1 || max_memory < 1) {
        PyErr_SetString(PyExc_ValueError, "max_bytes and max_memory must be positive");
    } else if (!(options.min_confidence >= 0 && options.min_confidence <= 1)) {
        PyErr_SetString(PyExc_ValueError, "min_confidence must be between 0 and 1");
    } else if ((self = make(type))) {
        options.weights = PyBytes_AsString(weights);
        options.claims = claims;
        options.max_bytes = (size_t)max_bytes;
        options.max_memory = (size_t)max_memory;
        hs_error error;
        hs_status status;
        Py_BEGIN_ALLOW_THREADS status = hs_reader_open(&((reader *)self)->reader, &options, &error);
        Py_END_ALLOW_THREADS if (status != HS_OK) {
            fail(self, status, &error, options.weights);
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

static hs_status read_into(hs_memory *line, const hs_reader *reader, const hs_page *page, hs_error *error) {
    hs_record *record;
    hs_status status = hs_read(&record, reader, page, error);
    if (status != HS_OK) return status;
    status = hs_write(hs_memory_append, line, record, HS_FORMAT_JSONL, false, error);
    hs_record_free(record);
    return status;
}

/* As Python names them; what is not known is None. */
static const char *const KINDS[] = {[HS_KIND_HTML] = "html", [HS_KIND_TEXT] = "text", [HS_KIND_RECORD] = "record"};

static bool kind_of(hs_kind *kind, const char *name) {
    *kind = HS_KIND_UNKNOWN;
    for (int i = HS_KIND_HTML; name && i <= HS_KIND_RECORD; i++)
        if (strcmp(name, KINDS[i]) == 0) *kind = (hs_kind)i;
    if (name && *kind == HS_KIND_UNKNOWN) PyErr_Format(PyExc_ValueError, "there is no kind of page %s", name);
    return !name || *kind != HS_KIND_UNKNOWN;
}

/* A string that the arguments hold; absent where it is empty: Python's "" would otherwise be a known, empty value. */
static hs_str known(const char *p, Py_ssize_t n) {
    return p && n ? (hs_str){p, (size_t)n} : (hs_str){0};
}

static PyObject *reader_read(PyObject *self, PyObject *args) {
    PyObject *content, *name = NULL;
    hs_kind kind;
    const char *kind_name, *charset, *url, *published, *language;
    Py_ssize_t n_charset, n_url, n_published, n_language;
    if (!PyArg_ParseTuple(args, "SO&zz#z#z#z#", &content, PyUnicode_FSConverter, &name, &kind_name, &charset,
                          &n_charset, &url, &n_url, &published, &n_published, &language, &n_language))
        return NULL;
    if (!kind_of(&kind, kind_name)) {
        Py_DECREF(name);
        return NULL;
    }
    char *bytes;
    Py_ssize_t n;
    PyBytes_AsStringAndSize(content, &bytes, &n);
    hs_page page = {.name = PyBytes_AsString(name),
                    .bytes = bytes,
                    .n = (size_t)n,
                    .kind = kind,
                    .charset = known(charset, n_charset),
                    .url = known(url, n_url),
                    .published = known(published, n_published),
                    .language = known(language, n_language)};
    hs_memory line = {0};
    hs_error error;
    hs_status status;
    Py_BEGIN_ALLOW_THREADS status = read_into(&line, ((reader *)self)->reader, &page, &error);
    Py_END_ALLOW_THREADS PyObject *result = NULL;
    if (status == HS_ERR_IO) PyErr_NoMemory(); /* the sink's only failure */
    else if (status != HS_OK) fail(self, status, &error, page.name);
    else result = PyBytes_FromStringAndSize(line.v, (Py_ssize_t)(line.n - 1)); /* without the line's end */
    free(line.v);
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
    {Py_tp_doc,
     (void
          *)"Reader(weights, claims, max_bytes, max_memory, min_confidence): may be used from several threads at once"},
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
    static char *names[] = {"input", "max_bytes", "timeout", "allow_private", "records", NULL};
    PyObject *input = NULL;
    Py_ssize_t max_bytes;
    unsigned timeout;
    int allow_private, records;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O&nIpp", names, PyUnicode_FSConverter, &input, &max_bytes, &timeout,
                                     &allow_private, &records))
        return NULL;
    PyObject *self = NULL;
    if (max_bytes < 1) {
        PyErr_SetString(PyExc_ValueError, "max_bytes must be positive");
    } else if ((self = make(type))) {
        inputs *opened = (inputs *)self;
        opened->input = Py_NewRef(input);
        hs_inputs_options options;
        hs_inputs_options_init(&options);
        options.max_bytes = (size_t)max_bytes;
        options.timeout = timeout;
        options.allow_private = allow_private;
        options.records = records;
        hs_error error;
        hs_status status;
        Py_BEGIN_ALLOW_THREADS status = hs_inputs_open(&opened->inputs, PyBytes_AsString(input), &options, &error);
        Py_END_ALLOW_THREADS if (status != HS_OK) {
            fail(self, status, &error, PyBytes_AsString(input));
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

static PyObject *page_of(const hs_page *page) {
    PyObject *name = PyUnicode_DecodeFSDefault(page->name ? page->name : "-");
    PyObject *content = PyBytes_FromStringAndSize(page->bytes, (Py_ssize_t)page->n);
    PyObject *strings[] = {text_of(page->charset), text_of(page->url), text_of(page->published),
                           text_of(page->language)};
    bool ok = name && content && strings[0] && strings[1] && strings[2] && strings[3];
    PyObject *tuple = ok ? Py_BuildValue("(OOzOOOO)", content, name, KINDS[page->kind], strings[0], strings[1],
                                         strings[2], strings[3])
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
    if (status != HS_OK) fail(object, status, &error, PyBytes_AsString(self->input));
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
    {Py_tp_doc, (void *)"Inputs(input, max_bytes, timeout, allow_private, records): belongs to one thread at a time"},
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
    PyType_Spec *const specs[] = {&reader_spec, &inputs_spec, &ledger_spec};
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++)
        if (add_type(module, specs[i]) < 0) return -1;
    return 0;
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
