/* What the files of hearsay._hearsay share. */
#ifndef HEARSAY_PYTHON_MODULE_H
#define HEARSAY_PYTHON_MODULE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "hearsay.h"

typedef struct module_state {
    PyObject *error; /* hearsay.errors.HearsayError */
} module_state;

/* Raises HearsayError(code, message, name) for what a call returned; `name` may be NULL. `self` is an object of one of this module's types. */
PyObject *fail(PyObject *self, hs_status status, const hs_error *error, const char *name);

/* A new object of a heap type, all zero but for its head; and the end of one. */
PyObject *make(PyTypeObject *type);
void release(PyObject *self);

/* A string of the library's, or None where it is absent. Charsets and the like come from archives: any bytes. */
PyObject *text_of(hs_str s);

extern PyType_Spec ledger_spec;

#endif
