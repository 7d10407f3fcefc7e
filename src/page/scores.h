/* How likely each block is the article's: a small forest of decision trees over the measures of features.h, learned from pages whose
 * text people marked (train/page). It corrects what the rules of body.c made of the page. */
#ifndef HS_PAGE_SCORES_H
#define HS_PAGE_SCORES_H

#include "page/features.h"

/* Rewrites body->verdicts; from and to stay as they are. */
void hs_scores_apply(const hs_html_page *page, hs_rough_body *body);

#endif
