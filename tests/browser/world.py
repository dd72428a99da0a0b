"""The demo's content as a world to test on, and the address of every page in it; those of the yearly follow-up are in `year`."""

from collections.abc import Iterator

from django.contrib import admin
from django.core.management import call_command
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver, reverse
from django.utils import translation

from affiliation.models import Affiliation, AffiliationEvent, Application, Ceremony, Confirmation, Follower, Invitation
from affiliation.models.sections import SECTIONS
from agreement.models import Commitment, Membership, Party, Principle, Representative, Version
from followup.models import Report, Round
from idekom.demo import content
from idekom.lib.dated import today
from idekom.users.models import User
from tests.browser import around_meetings, meetings, of_knowledge, of_the_agreement, of_the_council, plans, texts, year
from tests.browser.place import Place


def build() -> None:
    """Founding data and demo content."""
    call_command("demo", verbosity=0)


def places(language: str) -> list[Place]:
    """Every kind of page, once, in one language."""
    with translation.override(language):
        return [
            *_public(),
            *of_the_agreement.places(),
            *_secret(),
            *_account(),
            *_following(),
            *_office(),
            *_drafts(),
            *_ceremony(),
            *_decisions(),
            *_register(),
            *_people(),
            *plans.places(),
            *of_the_council.places(),
            *around_meetings.places(),
            *year.places(),
            *meetings.places(),
            *texts.places(),
            *of_knowledge.places(),
        ]


def _public() -> Iterator[Place]:
    names = [
        "start",
        "about",
        "accessibility",
        "privacy",
        "equal_treatment",
        "agreement:agreement",
        "agreement:matrix",
        "agreement:glossary",
        "council:council",
        "affiliation:register",
        "affiliation:map",
    ]
    names += ["accessibility_report", "affiliation:apply", "affiliation:all_questions", "affiliation:begin", "followup:years", "demo_mail"]
    yield from (Place(reverse(name)) for name in names)
    version = Version.objects.get(status=Version.Status.IN_FORCE)
    yield Place(reverse("agreement:principle", args=[Principle.objects.filter(version=version)[0].slug]))
    yield Place(reverse("agreement:commitment", args=[Commitment.objects.filter(version=version)[0].slug]))
    yield Place(reverse("council:council") + "?datum=2010-03-05")
    yield Place(reverse("council:council") + "?datum=igar")
    yield Place(reverse("affiliation:register") + "?q=raddning")
    yield Place(reverse("affiliation:register") + "?q=finnsinte")
    yield from (
        Place(party.get_absolute_url())
        for party in (Party.objects.get(name="Barnens Lanterna"), Party.objects.get(kind="umbrella", name__startswith="Samordningen"))
    )
    yield from (Place(round.get_absolute_url()) for round in Round.objects.public())
    yield Place(reverse("start") + "finns-inte/", status=404)


def _register() -> Iterator[Place]:
    """The register as a whole."""
    register, party = reverse("affiliation:register"), Party.objects.get(name="Barnens Lanterna")
    umbrella = Party.objects.get(kind="umbrella", name__startswith="Samordningen")
    for query in ("?q=lanetrna", f"?paraply={umbrella.slug}", "?datum=2016-05-05", "?datum=igar"):
        yield Place(register + query)
    for name in ("former", "development", "embedded", "embed"):
        yield Place(reverse(f"affiliation:{name}"))
    yield Place(reverse("affiliation:development") + "?datum=2016-05-05")
    yield Place(reverse("affiliation:development") + "?datum=1999-01-01")
    yield Place(reverse("affiliation:embed") + f"?part={party.slug}")
    yield Place(reverse("affiliation:embed") + "?part=finns-inte&q=lanterna")
    yield Place(reverse("open_data"))


def _secret() -> Iterator[Place]:
    for status in Application.Status:
        case = Application.objects.filter(status=status)[0]
        if status != Application.Status.DRAFT:
            yield Place(case.get_absolute_url())
        if status in {Application.Status.DRAFT, Application.Status.NEEDS_COMPLETION}:
            yield Place(reverse("affiliation:check", args=[case.token]))
            pages = [section.slug for section in SECTIONS if case.open_fields & set(section.fields)]
            yield from (Place(reverse("affiliation:section", args=[case.token, slug])) for slug in pages)


def _drafts() -> Iterator[Place]:
    draft = Application.objects.filter(status=Application.Status.DRAFT)[0]
    yield Place(reverse("affiliation:resume", args=[draft.token]))
    forgotten = Application.objects.exclude(anonymised_on=None)[0]
    yield Place(forgotten.get_absolute_url())


def _following() -> Iterator[Place]:
    """Following the register, suggesting a correction, and reading a file in."""
    yield Place(reverse("affiliation:follow"))
    yield from (Place(follower.get_absolute_url()) for follower in Follower.objects.all())
    yield from (Place(reverse("affiliation:suggest", args=[one.party.slug])) for one in Affiliation.objects.order_by("pk")[:1])
    yield from (Place(reverse("affiliation:suggest", args=[one.party.slug])) for one in Affiliation.objects.former(today())[:1])
    yield Place(reverse("admin:affiliation_affiliation_import"), content.SECRETARY)
    yield Place(reverse("admin:affiliation_correction_changelist") + "?lage=alla", content.SECRETARY)


def _account() -> Iterator[Place]:
    yield from (Place(reverse(name)) for name in ("account_login", "account_request_login_code", "account_signup", "account_inactive"))
    names = ("account_logout", "account_email", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "usersessions_list")
    yield from (Place(reverse(name), content.REPORTER) for name in names)


def _people() -> Iterator[Place]:
    """A party's own place, and the pages behind the secrets that it mails."""
    party = Party.objects.get(name="Barnens Lanterna")
    other = Representative.objects.of(party, today()).exclude(user__email=content.REPORTER)[0]
    for name in ("own_party", "own_details", "own_people", "own_leave", "hand_over"):
        yield Place(reverse(f"affiliation:{name}", args=[party.slug]), content.REPORTER)
        yield Place(reverse(f"affiliation:{name}", args=[party.slug]), other.user.email, 404 if name == "hand_over" else 200)
    yield Place(reverse("affiliation:own_person", args=[party.slug, other.pk]), content.REPORTER)
    umbrella = Representative.objects.filter(party__kind=Party.Kind.UMBRELLA, party__memberships__isnull=False)[0]
    for name in ("own_party", "own_members"):
        yield Place(reverse(f"affiliation:{name}", args=[umbrella.party.slug]), umbrella.user.email)
    leaving = AffiliationEvent.objects.filter(action="leave")[0]
    assert leaving.actor
    yield Place(reverse("affiliation:own_party", args=[leaving.subject.party.slug]), leaving.actor.email)
    yield Place(reverse("affiliation:invitation", args=[Invitation.objects.waiting(today())[0].token]))
    yield from (Place(reverse("affiliation:confirmation", args=[one.token])) for one in Confirmation.objects.all())
    for is_silent in (True, False):
        yield Place(reverse("affiliation:membership", args=[Membership.objects.filter(denied_at__isnull=is_silent)[0].token]))
    yield from (Place(one.party.get_absolute_url()) for one in Affiliation.objects.exclude(unconfirmed_since=None))


def _office() -> Iterator[Place]:
    """The secretary's pages: the list, the empty form and one row of every model, and the steps of a case."""
    office = User.objects.get(email=content.SECRETARY)
    request = RequestFactory().get("/")
    request.user = office
    yield Place(reverse("admin:index"), office.email)
    for model, its_admin in admin.site._registry.items():
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        if not its_admin.has_view_permission(request):
            continue
        yield Place(reverse(f"{base}_changelist"), office.email)
        if its_admin.has_add_permission(request):
            yield Place(reverse(f"{base}_add"), office.email)
        row = its_admin.get_queryset(request).exclude(status="draft").first() if model is Report else its_admin.get_queryset(request).first()
        if row is not None:
            yield Place(reverse(f"{base}_change", args=[row.pk]), office.email)
    case = Application.objects.filter(status=Application.Status.UNDER_REVIEW)[0]
    for verb in ("approve", "decline", "ask_for_completion", "put_on_agenda"):
        yield Place(reverse("admin:affiliation_application_step", args=[case.pk, verb]), office.email)
    yield Place(reverse("admin:affiliation_application_decide") + f"?ids={case.pk}", office.email)


def _ceremony() -> Iterator[Place]:
    """Signing together: open, over, invited and not; and what the secretary shows and prints."""
    over, running = Ceremony.objects.order_by("starts_at")
    yield from (Place(evening.get_absolute_url()) for evening in (over, running))
    yield Place(running.invitations.all()[0].get_absolute_url())
    yield from (Place(reverse("admin:affiliation_ceremony_change", args=[evening.pk]), content.SECRETARY) for evening in (over, running))
    yield from (Place(reverse(f"admin:affiliation_ceremony_{page}", args=[over.pk]), content.SECRETARY) for page in ("poster", "invite"))
    yield Place(reverse("admin:affiliation_ceremony_screen", args=[over.pk]) + "?stilla=1", content.SECRETARY)


def _decisions() -> Iterator[Place]:
    """What the secretary does with several cases, on paper, and with a party that leaves."""
    base, ids = "admin:affiliation_application", ",".join(str(pk) for pk in Application.objects.open().values_list("pk", flat=True))
    on_agenda = Application.objects.filter(status=Application.Status.ON_AGENDA)[0]
    paths = [reverse(f"{base}_paper"), reverse(f"{base}_hand_over"), reverse(f"{base}_hand_over") + f"?ids={ids}"]
    paths += [reverse(f"{base}_decide") + f"?mote={on_agenda.meeting_id}", reverse(f"{base}_decided") + f"?ids={ids}"]
    paths += [reverse(f"{base}_change", args=[Application.objects.get(source=Application.Source.PAPER).pk])]
    paths += [reverse(f"{base}_changelist") + "?lage=beslut&alder=over-14&handlaggare=mina"]
    paths += [reverse("admin:affiliation_affiliation_leave", args=[Affiliation.objects.on(today())[0].pk])]
    yield from (Place(path, content.SECRETARY) for path in paths)


def user(email: str) -> User | None:
    """The account of a place."""
    return User.objects.get(email=email) if email else None


def addresses() -> set[str]:
    """The names of all addresses of our own."""
    return {name for name in _names(get_resolver()) if not name.startswith(("account_", "mfa_", "usersessions_", "admin:"))}


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"
