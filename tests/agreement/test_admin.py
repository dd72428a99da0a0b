"""The agreement and its parties in the secretary's office."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreement.models import Commitment, Goal, Membership, Party, Principle, Representative, Sector, Version
from idekom.lib.dated import period, today

MODELS = ["version", "principle", "commitment", "sector", "district", "party", "representative", "membership"]
PERIOD = {"period_0": "2026-01-01", "period_1": ""}


def url(name: str, view: str, *args: Any) -> str:
    return reverse(f"admin:agreement_{name}_{view}", args=args)


@pytest.mark.parametrize("name", MODELS)
def test_the_lists_and_the_empty_forms_open(founded: Version, secretary_client: Client, name: str) -> None:
    listed = secretary_client.get(url(name, "changelist"), {"q": "a"})
    assert listed.status_code == 200
    assert 'id="changelist"' in listed.text
    assert 'name="_save"' in secretary_client.get(url(name, "add")).text


@pytest.mark.parametrize("name", MODELS)
def test_the_lists_are_for_the_secretariat(founded: Version, outsider_client: Client, name: str) -> None:
    assert outsider_client.get(url(name, "changelist")).status_code == 302


@pytest.mark.parametrize("model", [Version, Principle, Commitment])
def test_a_text_in_force_is_only_read(founded: Version, secretary_client: Client, model: Any) -> None:
    row = model.objects.filter(**{"pk": founded.pk} if model is Version else {"version": founded}).first()
    address = url(model._meta.model_name, "change", row.pk)
    page = secretary_client.get(address)
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert 'name="_save"' not in page.text
    assert secretary_client.post(address, {"name_sv": "Annat"}).status_code == 403
    assert secretary_client.post(url(model._meta.model_name, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def test_a_draft_is_written_with_its_goals_and_parts(founded: Version, secretary_client: Client) -> None:
    goal = {"goals-TOTAL_FORMS": "1", "goals-INITIAL_FORMS": "0", "goals-0-number": "1", "goals-0-text_sv": "Ett mål.", "goals-0-text_en": ""}
    texts = {"name_sv": "Nästa", "vision_sv": "En stad.", "aim_sv": "Mer.", "text_sv": "## Värden"}
    made = secretary_client.post(url("version", "add"), {"slug": "2027", **texts, **goal})
    assert made.status_code == 302
    draft = Version.objects.get(slug="2027")
    assert (draft.status, draft.vision, draft.goals.get().text) == ("draft", "En stad.", "Ett mål.")
    assert "<textarea" in secretary_client.get(url("version", "change", draft.pk)).text
    part = {"version": str(draft.pk), "number": "1", "slug": "ny", "name_sv": "Ny", "short_name_sv": "Ny", "text_sv": "Text."}
    assert secretary_client.post(url("principle", "add"), part).status_code == 302
    principle = draft.principles.get()
    texts = {"title_sv": "Göra", "summary_sv": "Vi gör.", "text_sv": "Text.", "owner": "both", "principles": str(principle.pk)}
    assert secretary_client.post(url("commitment", "add"), {"version": str(draft.pk), "number": "1", "slug": "gora", **texts}).status_code == 302
    assert [str(one) for one in draft.commitments.get().principles.all()] == ["Ny"]


def test_a_commitment_is_tagged_with_principles_of_drafts_only(founded: Version, secretary_client: Client) -> None:
    form = secretary_client.get(url("commitment", "add")).context["adminform"].form
    assert not form.fields["principles"].queryset.exists()
    assert not form.fields["version"].queryset.exists()


def test_a_commitment_is_tagged_with_its_own_drafts_principles(founded: Version, secretary_client: Client) -> None:
    drafts = [Version.objects.create(slug=year, name=f"Utkast {year}", vision="…", aim="…") for year in ("2027", "2031")]
    own, other = (Principle.objects.create(version=one, number=1, slug="ny", name="Ny", short_name="Ny", text="…") for one in drafts)
    new = {
        "version": str(drafts[0].pk),
        "number": "1",
        "slug": "gora",
        "title_sv": "Göra",
        "summary_sv": "Vi gör.",
        "text_sv": "Text.",
        "owner": "both",
    }
    refused = secretary_client.post(url("commitment", "add"), {**new, "principles": [str(own.pk), str(other.pk)]})
    assert refused.status_code == 200
    assert list(refused.context["adminform"].form.errors) == ["principles"]
    assert "Göra" in refused.text
    assert "Ny (Utkast 2031)" in refused.text
    assert secretary_client.post(url("commitment", "add"), {**new, "principles": str(own.pk)}).status_code == 302
    form = secretary_client.get(url("commitment", "change", drafts[0].commitments.get().pk)).context["adminform"].form
    assert list(form.fields["principles"].queryset) == [own]
    assert "version" not in form.fields


def test_a_new_part_can_only_belong_to_a_draft(founded: Version, secretary_client: Client) -> None:
    part = {"version": str(founded.pk), "number": "7", "slug": "ny", "name_sv": "Ny", "short_name_sv": "Ny", "text_sv": "Text."}
    response = secretary_client.post(url("principle", "add"), part)
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["version"]
    assert founded.principles.count() == 6


def test_a_goal_cannot_be_added_to_a_version_in_force(founded: Version, secretary_client: Client) -> None:
    goal = {"goals-TOTAL_FORMS": "1", "goals-INITIAL_FORMS": "0", "goals-0-number": "4", "goals-0-text_sv": "Ett till.", "goals-0-text_en": ""}
    assert secretary_client.post(url("version", "change", founded.pk), goal).status_code == 403
    assert Goal.objects.filter(version=founded).count() == 3


def test_a_sector_gets_its_days_and_a_wrong_period_is_told(db: None, secretary_client: Client) -> None:
    fields = {"slug": "musik", "name_sv": "Musik", "name_en": "Music"}
    backwards = secretary_client.post(url("sector", "add"), fields | {"period_0": "2026-01-01", "period_1": "2025-01-01"})
    assert backwards.status_code == 200
    assert list(backwards.context["adminform"].form.errors) == ["period"]
    assert secretary_client.post(url("sector", "add"), fields | PERIOD).status_code == 302
    assert Sector.objects.get().period == period(today().replace(2026, 1, 1))


def test_a_city_body_needs_a_form_of_the_city(db: None, secretary_client: Client) -> None:
    fields = {"name": "Hamnen", "slug": "hamnen", "kind": "city_body", "legal_form": "association"}
    refused = secretary_client.post(url("party", "add"), fields)
    assert "Nämnd, förvaltning och kommunalt bolag är former för stadens delar" in refused.text
    assert secretary_client.post(url("party", "add"), fields | {"legal_form": "company"}).status_code == 302
    assert Party.objects.get().name == "Hamnen"


def test_a_representative_is_found_by_name_and_not_deleted(make: Any, secretary_client: Client) -> None:
    representative = make.representative()
    make.representative()
    page = secretary_client.get(url("representative", "changelist"), {"q": representative.party.name})
    assert (representative.user.email in page.text, page.context["cl"].result_count) == (True, 1)
    assert secretary_client.post(url("representative", "delete", representative.pk), {"post": "yes"}).status_code == 403
    assert Representative.objects.count() == 2


def test_a_member_that_changes_its_mind_stands_again_by_the_secretariats_hand(make: Any, secretary_client: Client) -> None:
    membership = Membership.name_member(make.party(kind="umbrella"), "Medlemmen", from_on=today())
    assert membership is not None
    membership.deny()
    chosen = {"action": "affirm", "_selected_action": [str(membership.pk)]}
    assert secretary_client.get(url("membership", "changelist")).context["cl"].result_count == 1
    secretary_client.post(url("membership", "changelist"), chosen)
    membership.refresh_from_db()
    assert not membership.is_denied
    assert secretary_client.post(url("membership", "delete", membership.pk), {"post": "yes"}).status_code == 403


def test_the_party_list_asks_as_often_however_many_there_are(make: Any, secretary_client: Client) -> None:
    secretary_client.get(url("party", "changelist"))
    counts = []
    for rows in (1, 3, 300):
        for _row in range(rows - Party.objects.count()):
            make.party(sector=Sector.objects.first() or make.sector())
        with CaptureQueriesContext(connection) as captured:
            assert secretary_client.get(url("party", "changelist")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]
