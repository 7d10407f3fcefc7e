"""Three questions to a folder of pages, asked in SQL.

usage: three_questions.py INPUT...        files, folders, archives: whatever `hearsay read` takes
"""

from __future__ import annotations

import sys
from itertools import chain

import duckdb
import hearsay
from hearsay import tables

QUESTIONS = {
    "Whom do the pages rely on?": """
        SELECT speaker_name AS speaker, count(*) AS claims, count(DISTINCT page) AS pages
        FROM claims WHERE speaker_name IS NOT NULL
        GROUP BY speaker_name ORDER BY pages DESC, claims DESC, speaker LIMIT 8""",
    "How near to the speaker does each outlet stay?": """
        SELECT coalesce(outlet, path) AS outlet, count(*) AS claims,
               round(100 * avg((manner <> 'indirect')::int)) AS "quoted, %",
               round(100 * avg((parent IS NOT NULL)::int)) AS "second hand, %"
        FROM claims JOIN pages USING (input, page)
        GROUP BY ALL ORDER BY claims DESC, outlet""",
    "What reached the page through somebody else?": """
        SELECT inner_claim.source_text AS "first source", outer_claim.source_text AS "through",
               inner_claim.content_text[:60] AS claim
        FROM claims AS inner_claim
        JOIN claims AS outer_claim
          ON inner_claim.parent = outer_claim.id
         AND inner_claim.input = outer_claim.input AND inner_claim.page = outer_claim.page
        WHERE inner_claim.source_text <> ''
        ORDER BY inner_claim.confidence DESC LIMIT 8""",
}


def main(inputs: list[str]) -> None:
    made = tables.of(hearsay.read_many(chain.from_iterable(map(hearsay.pages, inputs))))
    database = duckdb.connect()
    database.register("pages", made.pages)
    database.register("claims", made.claims)
    for number, (question, query) in enumerate(QUESTIONS.items(), 1):
        print(f"{number}. {question}")
        print(database.sql(query))


if __name__ == "__main__":
    main(sys.argv[1:])
