"""What a therapist can do about an entry: write a comment, send it again, take it back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from bot.messages.pack import units
from bot.store import comments, people
from bot.store.comments import Comment
from bot.store.ids import new_id
from bot.usecases.comments import LONGEST, State, send, stands
from bot.usecases.comments import take_back as remove
from bot.usecases.kit import Kit
from bot.usecases.office.entry import Draft, EntryPage, entry_of, ready, shown
from bot.usecases.office.reader import NotYoursError, Reader, reads_words, record
from bot.usecases.scene import Scene


def write(
    session: Session,
    kit: Kit,
    reader: Reader,
    person: UUID,
    run: UUID,
    form: Mapping[str, str],
    now: datetime,
) -> EntryPage | None:
    """Keeps a comment and sends it on its way: the ready sentence that was chosen, if one was,
    and what was typed. The page once more, with all that was typed, where it was not taken.

    The form names the comment's id (`comment`), so that the same form sent twice is one comment;
    so are the same words sent once more after going back. Raises NotYoursError.
    """
    member, _ = entry_of(session, kit, reader, person, run)
    them = people.get(session, person)
    draft = _draft(kit, them.language if them is not None else "en", form, now)
    allowed = reads_words(session, kit, person)
    if draft.refused or them is None or not allowed:
        return shown(session, kit, reader, person, run, now, draft=draft)
    text = _whole(kit, them.language, draft)
    comment = Comment(draft.id, run, person, reader.id, text, now)
    known = comments.of_run(session, kit.vault, run)
    if any(_same(each, comment) and each.stopped is None for each in known):
        return None  # gone back to a page that was loaded anew: its id is new, its words are not
    if comments.get(session, kit.vault, draft.id) is not None:
        comment = replace(comment, id=new_id(now))  # another text on a page that was gone back to
    if comments.add(session, kit.vault, comment):
        record(session, reader, person, "comment.written", now, group=member.group, about=run)
        send(Scene(session, kit, them, now, comment.key), comment)
    return None


def _same(before: Comment, comment: Comment) -> bool:
    return (before.run, before.by, before.text) == (comment.run, comment.by, comment.text)


def again(
    session: Session,
    kit: Kit,
    reader: Reader,
    person: UUID,
    run: UUID,
    comment: UUID,
    now: datetime,
) -> None:
    """Tries once more with one of the reader's that was not sent. Raises NotYoursError."""
    found = _own(session, kit, reader, person, run, comment)
    them = people.get(session, person)
    stopped = found is not None and stands(session, kit, found, now).state is State.STOPPED
    if found is not None and them is not None and stopped:
        send(Scene(session, kit, them, now, found.key), found)


def take_back(
    session: Session,
    kit: Kit,
    reader: Reader,
    person: UUID,
    run: UUID,
    comment: UUID,
    now: datetime,
) -> bool:
    """It was never written; False where it is on its way already, or a colleague's. Raises
    NotYoursError."""
    member, _ = entry_of(session, kit, reader, person, run)
    found = _own(session, kit, reader, person, run, comment)
    if found is None or not remove(session, found):
        return False
    record(session, reader, person, "comment.taken_back", now, group=member.group, about=run)
    return True


def _own(
    session: Session, kit: Kit, reader: Reader, person: UUID, run: UUID, comment: UUID
) -> Comment | None:
    """A comment on this entry, None where a colleague wrote it. Raises NotYoursError."""
    entry_of(session, kit, reader, person, run)
    found = comments.get(session, kit.vault, comment)
    if found is None or found.run != run:
        raise NotYoursError("comment")
    return found if found.by == reader.id else None


def _draft(kit: Kit, language: str, form: Mapping[str, str], now: datetime) -> Draft:
    text, chosen = form.get("text", "").strip(), form.get("ready", "")
    try:
        named = UUID(form.get("comment", ""))
    except ValueError:
        named = new_id(now)
    known = chosen if chosen in ready(kit, language) else ""
    draft = Draft(named, text, known)
    length = units(_whole(kit, language, draft))
    refused = "empty" if length == 0 else "long" if length > LONGEST else ""
    return replace(draft, refused=refused, units=length)


def _whole(kit: Kit, language: str, draft: Draft) -> str:
    sentence = ready(kit, language).get(draft.ready, "")
    return "\n\n".join(each for each in (sentence, draft.text) if each)
