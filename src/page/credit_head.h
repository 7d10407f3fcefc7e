/* The credit that a page's head states: <meta>, <link rel=canonical> and JSON-LD. */
#ifndef HS_PAGE_CREDIT_HEAD_H
#define HS_PAGE_CREDIT_HEAD_H

#include "page/article.h"

/* An agency's name, or the domain of the page that this one is a copy of; absent where the head does not say. */
hs_str hs_credit_of_head(const hs_html_page *page);

#endif
