/* What a form sends: application/x-www-form-urlencoded. Knows nothing of HTTP. */
#ifndef HEARSAY_WEB_FORM_H
#define HEARSAY_WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>

typedef struct web_field {
    const char *key, *value; /* terminated; slices of the form */
} web_field;

typedef struct web_fields {
    web_field *v;
    size_t n, most;
} web_fields;

/* Takes `form` apart in place; form[n] is to be writable too. False: a "%" without two digits, a byte of zero, or too many fields. */
bool web_form_read(web_fields *out, char *form, size_t n);

/* NULL where there is none, or it is empty. */
const char *web_form_value(const web_fields *fields, const char *key);

/* Is it UTF-8 without characters that nobody types? */
bool web_form_is_text(const char *value);

#endif
