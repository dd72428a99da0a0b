"""Triggers that keep the parts within the whole: a mandate within its seat, a seat within its body, an office within a mandate.

Each takes a shared lock on the row above, so that the whole cannot shrink while a part grows.
"""

import pgtrigger

SEAT_WITHIN_BODY = "a_seat_is_within_its_body"
MANDATE_WITHIN_SEAT = "a_mandate_is_within_its_seat"
OFFICE_WITHIN_MANDATE = "an_office_is_within_its_mandate"
OFFICE_OF_ITS_SIDE = "an_office_has_the_body_and_side_of_its_seat"


def refuse(rule: str) -> str:
    """SQL that stops what is being done; the rule's name is in the error, as a constraint's is."""
    return f"RAISE EXCEPTION '{rule}' USING ERRCODE = 'check_violation', CONSTRAINT = '{rule}';"


def _trigger(
    name: str, operation: pgtrigger.Operation | pgtrigger.Operations, func: str, declare: list[tuple[str, str]] | None = None
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=operation, declare=declare, func=f"{func} RETURN NEW;")


def seat_within_body() -> pgtrigger.Trigger:
    """On a seat: its period is within its body's."""
    return _trigger(
        "seat_within_body",
        pgtrigger.Insert | pgtrigger.Update,
        f"""
            SELECT period INTO whole FROM council_body WHERE id = NEW.body_id FOR SHARE;
            IF NOT whole @> NEW.period THEN {refuse(SEAT_WITHIN_BODY)} END IF;
        """,  # noqa: S608 - no value of anybody's is in it
        [("whole", "daterange")],
    )


def body_around_seats() -> pgtrigger.Trigger:
    """On a body: its period covers its seats."""
    return _trigger(
        "body_around_seats",
        pgtrigger.Update,
        f"""
            IF EXISTS (SELECT 1 FROM council_seat WHERE body_id = NEW.id AND NOT NEW.period @> period) THEN {refuse(SEAT_WITHIN_BODY)} END IF;
        """,  # noqa: S608
    )


def mandate_within_seat() -> pgtrigger.Trigger:
    """On a mandate: its period is within its seat's, and covers the offices that rest on it."""
    return _trigger(
        "mandate_within_seat",
        pgtrigger.Insert | pgtrigger.Update,
        f"""
            SELECT period INTO whole FROM council_seat WHERE id = NEW.seat_id FOR SHARE;
            IF NEW.voided_at IS NULL AND NOT whole @> NEW.period THEN {refuse(MANDATE_WITHIN_SEAT)} END IF;
            IF EXISTS (
                SELECT 1 FROM council_office WHERE mandate_id = NEW.id AND voided_at IS NULL
                AND (NEW.voided_at IS NOT NULL OR NOT NEW.period @> period)
            ) THEN {refuse(OFFICE_WITHIN_MANDATE)} END IF;
        """,  # noqa: S608
        [("whole", "daterange")],
    )


def seat_around_mandates() -> pgtrigger.Trigger:
    """On a seat: its period covers its mandates."""
    return _trigger(
        "seat_around_mandates",
        pgtrigger.Update,
        f"""
            IF EXISTS (
                SELECT 1 FROM council_mandate WHERE seat_id = NEW.id AND voided_at IS NULL AND NOT NEW.period @> period
            ) THEN {refuse(MANDATE_WITHIN_SEAT)} END IF;
        """,  # noqa: S608
    )


def office_on_mandate() -> pgtrigger.Trigger:
    """On an office: it rests on an ordinary mandate in force, and its stored body and side are those of the seat."""
    return _trigger(
        "office_on_mandate",
        pgtrigger.Insert | pgtrigger.Update,
        f"""
            SELECT m.period, m.role, m.voided_at IS NOT NULL AS is_void, s.body_id, g.side INTO held
            FROM council_mandate m JOIN council_seat s ON s.id = m.seat_id JOIN council_seatgroup g ON g.id = s.group_id
            WHERE m.id = NEW.mandate_id FOR SHARE OF m;
            IF (NEW.body_id, NEW.side) IS DISTINCT FROM (held.body_id, held.side) THEN {refuse(OFFICE_OF_ITS_SIDE)} END IF;
            IF NEW.voided_at IS NULL AND (held.is_void OR held.role <> 'ordinary' OR NOT held.period @> NEW.period)
            THEN {refuse(OFFICE_WITHIN_MANDATE)} END IF;
        """,  # noqa: S608
        [("held", "record")],
    )


def stays(name: str, *columns: str) -> pgtrigger.Trigger:
    """A trigger that keeps `columns` as they were first written."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update, condition=pgtrigger.Condition(changed))
