/* The statements of every store: see db.h. Times are seconds, days are days since 1970. */
#include "ledger/db.h"

#define PAGE_COLUMNS                                                                                              \
    "id, uid, version, current, day, path, url, outlet, title, published, credit, n_claims, first_claim, added, " \
    "digest"
#define NOTE_COLUMNS "uid, claim, body, verdict, link, author, reply_to, made, state"

const char *const hs_sql_texts[HS_SQL_COUNT] = {
    [HS_SQL_PAGE_LATEST] = "SELECT " PAGE_COLUMNS " FROM page WHERE ident = ?1 ORDER BY version DESC LIMIT 1",
    [HS_SQL_PAGE_LAST] = "SELECT id, first_claim + n_claims FROM page ORDER BY id DESC LIMIT 1",
    [HS_SQL_PAGE_RETIRE] = "UPDATE page SET current = 0 WHERE id = ?1",
    [HS_SQL_SKETCH_RETIRE] = "UPDATE sketch SET first_claim = 0 WHERE page = ?1",
    [HS_SQL_PAGE_ADD] =
        "INSERT INTO page (id, uid, ident, digest, version, current, day, path, url, outlet, title, published, credit,"
        " n_claims, first_claim, added) VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    [HS_SQL_PAGE_GET] = "SELECT " PAGE_COLUMNS " FROM page WHERE id = ?1",
    [HS_SQL_PAGE_OF_CLAIM] =
        "SELECT " PAGE_COLUMNS " FROM page WHERE first_claim <= ?1 AND n_claims > 0 ORDER BY first_claim DESC LIMIT 1",
    [HS_SQL_CLAIM_PAGE] =
        "SELECT id, current FROM page WHERE first_claim <= ?1 AND n_claims > 0 ORDER BY first_claim DESC LIMIT 1",
    [HS_SQL_PAGE_BY_UID] = "SELECT " PAGE_COLUMNS " FROM page WHERE uid BETWEEN ?1 AND ?2 ORDER BY uid LIMIT 2",
    [HS_SQL_PAGE_BY_PLACE] =
        "SELECT " PAGE_COLUMNS " FROM page WHERE ident = ?1 OR path = ?2 ORDER BY version DESC LIMIT 1",
    [HS_SQL_PAGE_ALL] = "SELECT " PAGE_COLUMNS " FROM page WHERE id > ?1 ORDER BY id LIMIT 256",
    [HS_SQL_PAGE_VERSIONS] =
        "SELECT " PAGE_COLUMNS " FROM page WHERE ident = (SELECT ident FROM page WHERE id = ?1) ORDER BY version",
    [HS_SQL_PAGE_NEWEST] = "SELECT " PAGE_COLUMNS " FROM page WHERE current = 1 AND n_claims > 0"
                           " AND (?1 = 0 OR day BETWEEN ?2 AND ?3) ORDER BY id DESC LIMIT 200",
    [HS_SQL_RECORD_ADD] = "INSERT INTO record (page, data) VALUES (?1, ?2)",
    [HS_SQL_RECORD_GET] = "SELECT data FROM record WHERE page = ?1",
    [HS_SQL_SKETCH_ADD] = "INSERT INTO sketch (page, first_claim, data) VALUES (?1, ?2, ?3)",
    [HS_SQL_SKETCH_GET] = "SELECT first_claim, data FROM sketch WHERE page = ?1 AND first_claim > 0",
    [HS_SQL_CODE_ADD] = "INSERT INTO code (value, page, kind) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    [HS_SQL_CODE_FIND] = "SELECT page FROM code WHERE value = ?1 ORDER BY page DESC LIMIT 1000",
    [HS_SQL_SEARCH_ADD] =
        "INSERT INTO claim_search (rowid, content, speaker, outlet, label) VALUES (?1, ?2, ?3, ?4, ?5)",
    [HS_SQL_SEARCH] = "SELECT rowid FROM claim_search WHERE claim_search MATCH ?1 ORDER BY rowid DESC",
    [HS_SQL_EDGE_ADD] = "INSERT INTO edge (a, b, kind, score) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    [HS_SQL_EDGES_OF] = "SELECT b, kind, score FROM edge WHERE a = ?1",
    [HS_SQL_EDGES_ALL] = "SELECT a, b, score FROM edge WHERE kind = 0 AND a < b ORDER BY a, b",
    [HS_SQL_COPY_ADD] = "INSERT INTO copy (a, b, share_a, share_b) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    [HS_SQL_COPIES_OF] = "SELECT b, share_a, share_b FROM copy WHERE a = ?1 ORDER BY b",
    [HS_SQL_SEGMENT_ADD] = "INSERT INTO segment (id, level, n, fences, bloom) VALUES (?1, ?2, ?3, ?4, ?5)",
    [HS_SQL_SEGMENT_ALL] = "SELECT id, level, n, fences, bloom FROM segment WHERE id > ?1 ORDER BY id",
    [HS_SQL_SEGMENT_DROP] = "DELETE FROM segment WHERE id = ?1",
    [HS_SQL_SEGMENT_STATE] = "SELECT id FROM segment ORDER BY id",
    [HS_SQL_BLOCK_ADD] = "INSERT INTO block (id, data) VALUES (?1, ?2)",
    [HS_SQL_BLOCK_GET] = "SELECT data FROM block WHERE id = ?1",
    [HS_SQL_BLOCK_DROP] = "DELETE FROM block WHERE id BETWEEN ?1 AND ?2",
    [HS_SQL_ENTITY_FIND] = "SELECT id FROM entity WHERE name_key = ?1",
    [HS_SQL_ENTITY_ADD] =
        "INSERT INTO entity (id, name_key, name, kind) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    [HS_SQL_ENTITY_GET] = "SELECT name_key, name, kind FROM entity WHERE id = ?1",
    [HS_SQL_FORM_ADD] = "INSERT INTO form (form, entity, via) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    [HS_SQL_FORM_FIND] = "SELECT entity, via FROM form WHERE form = ?1 ORDER BY via, entity LIMIT 200",
    [HS_SQL_MENTION_ADD] = "INSERT INTO mention (entity, page, role) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    [HS_SQL_MENTIONS_OF] = "SELECT page, role FROM mention WHERE entity = ?1 ORDER BY page DESC LIMIT ?2",
    [HS_SQL_NOTE_ADD] = "INSERT INTO note (" NOTE_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [HS_SQL_NOTE_SEARCH_ADD] =
        "INSERT INTO note_search (rowid, body) VALUES ((SELECT id FROM note WHERE uid = ?1), ?2)",
    [HS_SQL_NOTE_COUNT] = "SELECT count(*) FROM note",
    [HS_SQL_NOTE_DECIDE] = "UPDATE note SET state = ?2 WHERE uid = ?1",
    [HS_SQL_NOTE_BY_UID] = "SELECT " NOTE_COLUMNS " FROM note WHERE uid BETWEEN ?1 AND ?2 LIMIT 2",
    [HS_SQL_NOTES_OF] = "SELECT " NOTE_COLUMNS " FROM note WHERE claim = ?1 AND state = ?2 ORDER BY id",
    [HS_SQL_NOTES_ALL] = "SELECT " NOTE_COLUMNS " FROM note WHERE state = ?1 ORDER BY id",
    [HS_SQL_NOTE_SEARCH] =
        "SELECT DISTINCT claim FROM note WHERE id IN (SELECT rowid FROM note_search WHERE note_search MATCH ?1)"
        " ORDER BY claim DESC LIMIT 1000",
    /* Pages and claims are numbered from 1 without gaps: the last ones tell how many there are. */
    [HS_SQL_COUNTS] = "SELECT coalesce((SELECT max(id) FROM page), 0),"
                      " coalesce((SELECT first_claim + n_claims - 1 FROM page ORDER BY id DESC LIMIT 1), 0),"
                      " (SELECT count(*) FROM note WHERE state = 0), (SELECT count(*) FROM note WHERE state = 1)",
};
