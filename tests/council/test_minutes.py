"""Minutes: what they are drawn from, who adjusts them, and that they stand."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from pypdf import PdfReader

from council import minutes as drawing
from council.models import AgendaItem, Assignment, Minutes, MinutesEvent, Paper
from council.models.minutes import NoAdjuster, NotHeld, OneSided
from idekom.lib.canonical import digest
from idekom.lib.history import WrongStatus
from tests import builders
from tests.council.sitting import Sitting, sitting
from tests.together import together

CANARY = "hemlighet-som-ingen-ska-se"


@pytest.fixture
def here(db: None) -> Sitting:
    """A meeting with everything, an internal item and an internal paper among it."""
    made = sitting(city=1, civil_society=2)
    made.came(0)
    made.came(1, capacity="substitute", person=builders.person(name="Ersättare Påhittad", title="kassör"))
    item = made.add("Lokaler", discussion="Flera ville ha större lokaler.")
    item.conclude("assigned", by=made.by, words="Kansliet letar lokaler.")
    Assignment.objects.create(item=item, what="Leta lokaler", doer="Kansliet", due_on=date(2026, 5, 1))
    Paper.objects.create(item=item, name=f"Underlag {CANARY}", is_internal=True)
    secret = made.add(CANARY, is_internal=True, description=CANARY, discussion=CANARY)
    secret.conclude("decided", by=made.by, words=CANARY)
    Assignment.objects.create(item=secret, what=CANARY, doer=CANARY)
    made.add(f"del {CANARY}", parent=item, is_internal=True)
    return made


def item_of(document: dict[str, Any], title: str) -> dict[str, Any]:
    return next(item for item in document["items"] if item["title"] == title)


def test_the_document_is_drawn_from_the_meeting(here: Sitting) -> None:
    document = drawing.of_meeting(here.meeting, note="Alla hälsades välkomna.")
    city, civil_society = document["present"]
    assert [one["name"] for one in city["people"]] == [here.holders[0].name]
    (substitute,) = civil_society["people"]
    assert (substitute["name"], substitute["title"], substitute["role"]) == ("Ersättare Påhittad", "kassör", "ersättare")
    assert (substitute["voice"], substitute["serves_for"]) == ("Civilsamhället 1", here.holders[1].name)
    assert [one["name"] for one in document["absent"][1]["people"]] == [here.holders[1].name, here.holders[2].name]
    assert (document["served"], document["seats"], document["missing"]) == (2, 3, ["Civilsamhället 2"])
    item = item_of(document, "Lokaler")
    assert (item["number"], item["outcome"], item["outcome_words"]) == ("4", "assigned", "Kansliet letar lokaler.")
    assert item["assignments"] == [{"what": "Leta lokaler", "who": "Kansliet", "for_whom": "", "due_on": "2026-05-01"}]
    assert (document["note"], document["starts_at"]) == ("Alla hälsades välkomna.", "2026-03-12T18:00+01:00")


def test_the_public_document_leaves_out_what_is_internal_and_keeps_the_numbers(here: Sitting) -> None:
    whole = drawing.of_meeting(here.meeting)
    public = drawing.public(whole)
    assert CANARY in str(whole)
    assert CANARY not in str(public)
    assert [item["number"] for item in public["items"]] == ["1", "2", "3", "4", "6"]
    assert public["left_out"] == 2


def test_what_is_lacking_is_told(here: Sitting) -> None:
    lacking = drawing.unfinished(here.meeting)
    assert "§ 4.1 del hemlighet-som-ingen-ska-se har inget utfall." in lacking
    assert "Det står inte vem som var ordförande." in lacking
    assert not any("§ 4 " in one for one in lacking)


def test_minutes_are_sent_after_the_meeting_and_to_both_sides(here: Sitting) -> None:
    minutes = Minutes.objects.begin(here.meeting)
    with pytest.raises(NotHeld):
        minutes.send({"a": 1}, by=here.by)
    here.held()
    with pytest.raises(OneSided):
        Minutes.objects.begin(here.meeting).send({"a": 1}, by=here.by)
    with pytest.raises(OneSided):
        here.minutes(1, 2).send({"a": 1}, by=here.by)


def test_the_last_adjuster_locks_them(here: Sitting) -> None:
    minutes = here.held().minutes(0, 2)
    minutes.send(drawing.of_meeting(here.meeting), by=here.by)
    first, last = [adjuster.person.user for adjuster in minutes.adjusters.select_related("person__user")]
    assert first
    assert last
    assert minutes.approve(by=first, digest=minutes.digest) is False
    with pytest.raises(NoAdjuster):
        minutes.approve(by=first, digest=minutes.digest)
    with pytest.raises(NoAdjuster):
        minutes.approve(by=here.by, digest=minutes.digest)
    assert minutes.approve(by=last, digest=minutes.digest) is True
    assert list(minutes.events.values_list("action", flat=True)) == ["send", "approve", "approve", "lock"]


def test_an_adjuster_approves_what_they_have_read(here: Sitting) -> None:
    minutes = here.held().minutes(0, 2)
    minutes.send(drawing.of_meeting(here.meeting), by=here.by)
    read = minutes.digest
    minutes.take_back(by=here.by, note="Ett namn var fel.")
    minutes.write("Rättat.")
    minutes.send(drawing.of_meeting(here.meeting, note="Rättat."), by=here.by)
    adjuster = minutes.adjusters.select_related("person__user")[0]
    assert adjuster.person.user
    with pytest.raises(WrongStatus):
        minutes.approve(by=adjuster.person.user, digest=read)


def test_who_has_approved_reads_again_what_was_taken_back(here: Sitting) -> None:
    minutes = here.held().minutes(0, 2)
    minutes.send(drawing.of_meeting(here.meeting), by=here.by)
    user = minutes.adjusters.select_related("person__user")[0].person.user
    assert user
    minutes.approve(by=user, digest=minutes.digest)
    minutes.take_back(by=here.by, note="Ett namn var fel.")
    assert not minutes.adjusters.exclude(approved_at=None).exists()
    assert (minutes.status, minutes.document) == ("draft", {})


def test_what_the_adjusters_read_stays_as_it_is_until_it_is_taken_back(here: Sitting) -> None:
    item = here.held().meeting.items.get(title="Lokaler")
    minutes = here.minutes(0, 2)
    drawing.send(minutes, by=here.by)
    with pytest.raises(WrongStatus):
        item.conclude("decided", by=here.by, words="Något annat.")
    for change in (lambda: here.came(2), lambda: AgendaItem.objects.filter(pk=item.pk).update(outcome_words="Något annat.")):
        with pytest.raises(DatabaseError, match="sent_minutes_stand"), transaction.atomic():
            change()
    minutes.take_back(by=here.by, note="Ett utfall var fel.")
    item.conclude("decided", by=here.by, words="Något annat.")
    assert here.meeting.items.get(title="Lokaler").outcome_words == "Något annat."


def test_adjusted_minutes_and_what_they_tell_of_never_change(here: Sitting) -> None:
    here.held()
    minutes, item = here.adjusted(), here.meeting.items.get(title="Lokaler")
    changes: list[Callable[[], object]] = [
        lambda: AgendaItem.objects.filter(pk=item.pk).update(title="Annat"),
        lambda: here.add("Ny punkt"),
        lambda: here.came(2),
        lambda: here.meeting.attendances.update(words="x"),
        lambda: here.meeting.attendances.all().delete(),
        lambda: Minutes.objects.filter(pk=minutes.pk).update(document={"a": 1}),
        lambda: Minutes.objects.filter(pk=minutes.pk).update(status="draft"),
        lambda: Minutes.objects.filter(pk=minutes.pk).update(note="x"),
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match=r"sent_minutes_stand|what_is_adjusted_stands|Invalid transition"), transaction.atomic():
            change()
    with pytest.raises(WrongStatus):
        minutes.take_back(by=here.by, note="x")


def test_the_database_wants_both_sides(here: Sitting) -> None:
    minutes = here.held().minutes(0, 2)
    minutes.send({"a": 1}, by=here.by)
    with pytest.raises(IntegrityError, match="both_sides_have_adjusted"), transaction.atomic():
        Minutes.objects.filter(pk=minutes.pk).update(status="adjusted", adjusted_at=here.meeting.ends_at)


def test_a_name_that_changes_later_keeps_its_old_form_in_the_minutes(here: Sitting) -> None:
    here.held()
    minutes, seat = here.adjusted(), here.seats[2]
    seat.label = "Funktionsrätt"
    seat.save()
    assert "Civilsamhället 2" in str(Minutes.objects.get(pk=minutes.pk).document)


def test_addenda_are_added_to_minutes_that_stand_and_stand_too(here: Sitting) -> None:
    here.held()
    with pytest.raises(WrongStatus):
        here.minutes().add("För tidigt", by=here.by)
    addendum = here.adjusted().add("Kostnaden var 400 kronor.", by=here.by)
    with pytest.raises(Exception, match="an_addendum_stands"), transaction.atomic():
        addendum.delete()


@pytest.mark.django_db(transaction=True)
def test_two_adjusters_at_once_lock_them_once(here: Sitting) -> None:
    minutes = here.held().minutes(0, 2)
    minutes.send(drawing.of_meeting(here.meeting), by=here.by)
    users = [adjuster.person.user for adjuster in minutes.adjusters.select_related("person__user")]
    read = minutes.digest
    got = together(2, lambda which: Minutes.objects.get(pk=minutes.pk).approve(by=users[which], digest=read))  # type: ignore[arg-type]
    assert sorted(got) == [False, True]  # type: ignore[type-var]
    assert MinutesEvent.objects.filter(action="lock").count() == 1


def test_the_files_are_made_once_and_hide_what_is_internal(here: Sitting) -> None:
    here.held()
    minutes = here.adjusted()
    assert list(Minutes.objects.unprinted()) == [minutes]
    drawing.print_files(minutes)
    first = (minutes.sha256, minutes.public_sha256)
    drawing.print_files(Minutes.objects.get(pk=minutes.pk))
    assert (minutes.sha256, minutes.public_sha256) == first
    assert not Minutes.objects.unprinted().exists()
    for file, checksum, has_secrets in ((minutes.file, first[0], True), (minutes.public_file, first[1], False)):
        content = file.read_bytes()
        assert digest(content) == checksum
        reader = PdfReader(BytesIO(content))
        told = " ".join(page.extract_text() for page in reader.pages) + str(dict(reader.attachments.items()))
        assert (CANARY in told.replace("\n", "")) is has_secrets
        assert "Leta lokaler" in told


def test_unadjusted_minutes_say_so(here: Sitting) -> None:
    pages = PdfReader(BytesIO(drawing.draft(here.held().minutes(0, 2)))).pages
    assert "Protokollet är inte justerat" in pages[0].extract_text()


def test_late_and_early_are_told(here: Sitting) -> None:
    here.meeting.attendances.filter(person=here.holders[0]).update(
        arrived_at=here.meeting.starts_at + timedelta(minutes=15), left_at=here.meeting.starts_at + timedelta(minutes=75)
    )
    (one,) = drawing.of_meeting(here.meeting)["present"][0]["people"]
    assert (one["arrived"], one["left"]) == ("18.15", "19.15")
