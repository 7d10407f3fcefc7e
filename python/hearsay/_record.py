"""The record: what hearsay makes of one page. The classes mirror docs/record.schema.json field by field, in its order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

__all__ = [
    "Claim",
    "Comment",
    "Entity",
    "EntityType",
    "Evidence",
    "EvidenceKind",
    "Manner",
    "Record",
    "Span",
    "Stance",
]

Manner = Literal["direct", "mixed", "indirect"]
Stance = Literal[
    "declines", "denies", "accuses", "speculates", "intends", "urges", "asks", "shows", "believes", "asserts"
]
EvidenceKind = Literal["eyewitness", "footage", "document", "data", "intelligence", "unnamed-source", "other"]
EntityType = Literal["person", "organization", "government", "group", "document", "media", "unnamed"]

_Json = Mapping[str, Any]

# What hearsay's own writer escapes beyond JSON's rules: no terminal or log should act on DEL or a C1 control.
_CONTROLS = re.compile("[\x7f-\x9f]")


class Span(NamedTuple):
    """A piece of a record's text, [start, end), in code points: `record.text[span.start:span.end]`."""

    start: int
    end: int


def _spans(pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def _cut(text: str, spans: Iterable[Span]) -> str:
    """The spans' words, in one line; pieces that other words stand between are joined by an ellipsis."""
    return " … ".join(" ".join(text[start:end].split()) for start, end in spans)


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment."""

    id: str
    author: str | None
    date: str | None
    text: str | None
    reply_to: str | None


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that the page cites."""

    id: str
    name: str
    aliases: tuple[str, ...]
    type: EntityType | None
    role: str | None
    affiliation: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that a claim rests on."""

    mention: Span
    kind: EvidenceKind
    status: str | None
    _text: str = field(default="", repr=False, compare=False)

    @property
    def mention_text(self) -> str:
        """The words that mention it."""
        return _cut(self._text, [self.mention])


@dataclass(frozen=True, slots=True)
class Claim:
    """One attribution: the page ties `content` to `source` by `cue`."""

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None
    manner: Manner
    stance: Stance
    hedged: bool
    medium: str | None
    parent: str | None
    disputes: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    confidence: float
    _text: str = field(default="", repr=False, compare=False)

    @property
    def source_text(self) -> str:
        """The words of whom it is attributed to; "" where the page does not say."""
        return _cut(self._text, self.source)

    @property
    def cue_text(self) -> str:
        """The words that signal the attribution."""
        return _cut(self._text, self.cue)

    @property
    def content_text(self) -> str:
        """The words of what is claimed, as one line; " … " stands where the page interrupts them."""
        return _cut(self._text, self.content)


@dataclass(frozen=True, slots=True)
class Record:
    """One page as hearsay reads it. Two records are equal when all of their fields are.

    >>> import hearsay
    >>> record = hearsay.read("Bridge is safe\\n\\nAna Brock said that the bridge is safe.\\n", url="https://post.example/7")
    >>> record.url, record.text[:14]
    ('https://post.example/7', 'Bridge is safe')
    >>> hearsay.Record.from_json(record.to_json()) == record
    True
    """

    path: str
    url: str | None
    outlet: str | None
    title: str | None
    authors: tuple[str, ...]
    published: str | None
    language: str | None
    codes: Mapping[str, str] = field(hash=False)
    credit: str | None
    comments: tuple[Comment, ...]
    text: str
    why: str | None
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...] | None

    @classmethod
    def from_json(cls, line: str | bytes) -> Record:
        """The record that a line of `hearsay read -f jsonl` describes."""
        return cls.from_dict(json.loads(line))

    @classmethod
    def from_dict(cls, json: _Json) -> Record:
        """The record that a parsed line describes. KeyError or TypeError where it is no record."""
        text = json["text"]
        claims = json["claims"]
        return cls(
            path=json["path"],
            url=json["url"],
            outlet=json["outlet"],
            title=json["title"],
            authors=tuple(json["authors"]),
            published=json["published"],
            language=json["language"],
            codes=dict(json["codes"]),
            credit=json["credit"],
            comments=tuple(Comment(**comment) for comment in json["comments"]),
            text=text,
            why=json.get("why"),
            entities=tuple(_entity(entity) for entity in json["entities"]),
            claims=None if claims is None else tuple(_claim(claim, text) for claim in claims),
        )

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON's types, as docs/record.schema.json describes it."""
        return {
            "path": self.path,
            "url": self.url,
            "outlet": self.outlet,
            "title": self.title,
            "authors": list(self.authors),
            "published": self.published,
            "language": self.language,
            "codes": dict(self.codes),
            "credit": self.credit,
            "comments": [_fields(comment) for comment in self.comments],
            "text": self.text,
            **({} if self.why is None else {"why": self.why}),
            "entities": [{**_fields(entity), "aliases": list(entity.aliases)} for entity in self.entities],
            "claims": None if self.claims is None else [_claim_fields(claim) for claim in self.claims],
        }

    def to_json(self) -> str:
        """The record as one line: the same that `hearsay read -f jsonl` prints, without the line's end."""
        line = json.dumps(self.to_dict(), ensure_ascii=False)
        return _CONTROLS.sub(lambda control: f"\\u{ord(control[0]):04x}", line)

    def slice(self, *spans: Span) -> str:
        """The words that the spans mark, as one line."""
        return _cut(self.text, spans)

    def entity(self, id: str) -> Entity:
        """The entity of that id ("e1"). KeyError where there is none."""
        return self.entities[_index(id, "e", len(self.entities))]

    def claim(self, id: str) -> Claim:
        """The claim of that id ("c1"). KeyError where there is none."""
        claims = self.claims or ()
        return claims[_index(id, "c", len(claims))]

    def speaker(self, claim: Claim) -> Entity | None:
        """Whom a claim of this record is attributed to, where the page says."""
        return None if claim.speaker is None else self.entity(claim.speaker)

    def chain(self, claim: Claim) -> tuple[Claim, ...]:
        """Through whom a claim reached the page: the claim itself, then the one whose content holds it, and so on
        outwards. The last is what the page itself reports.

        >>> import hearsay
        >>> record = hearsay.read("Ana Brock said that the harbour master told her that the cable was cut.")
        >>> inner = record.claims[-1]
        >>> " told ".join(link.source_text for link in record.chain(inner)) + " told the page"
        'the harbour master told Ana Brock told the page'
        """
        links = [claim]
        while links[-1].parent is not None and len(links) <= len(self.claims or ()):
            links.append(self.claim(links[-1].parent))
        return tuple(links)


def _index(id: str, kind: str, n: int) -> int:
    number = int(id[1:]) if id[:1] == kind and id[1:].isdecimal() else 0
    if not 1 <= number <= n:
        raise KeyError(id)
    return number - 1


def _entity(json: _Json) -> Entity:
    return Entity(
        json["id"], json["name"], tuple(json["aliases"]), json["type"], json["role"], json["affiliation"]
    )


def _evidence(json: _Json, text: str) -> Evidence:
    return Evidence(Span(*json["mention"]), json["kind"], json["status"], text)


def _claim(json: _Json, text: str) -> Claim:
    return Claim(
        id=json["id"],
        source=_spans(json["source"]),
        cue=_spans(json["cue"]),
        content=_spans(json["content"]),
        speaker=json["speaker"],
        manner=json["manner"],
        stance=json["stance"],
        hedged=json["hedged"],
        medium=json["medium"],
        parent=json["parent"],
        disputes=tuple(json["disputes"]),
        evidence=tuple(_evidence(evidence, text) for evidence in json["evidence"]),
        confidence=float(json["confidence"]),
        _text=text,
    )


def _fields(value: Comment | Entity | Evidence | Claim) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__ if not name.startswith("_")}


def _claim_fields(claim: Claim) -> dict[str, Any]:
    fields = _fields(claim)
    for name in ("source", "cue", "content"):
        fields[name] = [list(span) for span in fields[name]]
    fields["disputes"] = list(claim.disputes)
    if claim.confidence.is_integer():
        fields["confidence"] = int(claim.confidence)  # as hearsay's own writer prints 0 and 1
    fields["evidence"] = [{**_fields(evidence), "mention": list(evidence.mention)} for evidence in claim.evidence]
    return fields
