"""The agreement's addresses."""

from django.urls import path
from django.views.decorators.http import require_safe

from agreement.views import contacts, courses, links, parts, plan_data, plans, revision, telling, text, versions

app_name = "agreement"
urlpatterns = [
    path("overenskommelsen/", text.AgreementPage.as_view(), name="agreement"),
    path("overenskommelsen/matris/", text.matrix_page, name="matrix"),
    path("overenskommelsen/matris.csv", text.matrix_csv, name="matrix_csv"),
    path("overenskommelsen/vision/", parts.vision, name="vision"),
    path("overenskommelsen/mal/<int:number>/", parts.goal, name="goal"),
    path("overenskommelsen/principer/<slug:slug>/", parts.principle, name="principle"),
    path("overenskommelsen/ataganden/<slug:slug>/", parts.commitment, name="commitment"),
    path("overenskommelsen/versioner/", versions.versions, name="versions"),
    path("overenskommelsen/versioner/<slug:slug>/", versions.version, name="version"),
    path("overenskommelsen/versioner/<slug:slug>/overenskommelsen.pdf", versions.version_pdf, name="version_pdf"),
    path("overenskommelsen/versioner/<slug:version>/vision/", parts.vision, name="version_vision"),
    path("overenskommelsen/versioner/<slug:version>/mal/<int:number>/", parts.goal, name="version_goal"),
    path("overenskommelsen/versioner/<slug:version>/principer/<slug:slug>/", parts.principle, name="version_principle"),
    path("overenskommelsen/versioner/<slug:version>/ataganden/<slug:slug>/", parts.commitment, name="version_commitment"),
    path("overenskommelsen/versioner/<slug:slug>/synpunkter/", revision.revision, name="revision"),
    path("overenskommelsen/versioner/<slug:slug>/synpunkter/<int:position>/", revision.comment, name="comment"),
    path("overenskommelsen/versioner/<slug:slug>/synpunkter/tack/", revision.commented, name="commented"),
    path("overenskommelsen/versioner/<slug:slug>/synpunkter/svar/", revision.answers, name="revision_answers"),
    path("overenskommelsen/versioner/<slug:slug>/synpunkter/svar.csv", revision.answers_csv, name="revision_answers_csv"),
    path("overenskommelsen/jamfor/", versions.choose, name="choose"),
    path("overenskommelsen/jamfor/<slug:a>/<slug:b>/", versions.comparison, name="compare"),
    path("handlingsplan/", plans.overview, name="plans"),
    path("handlingsplan/aktiviteter/", plans.ActivitiesView.as_view(), name="activities"),
    path("handlingsplan/planer/<slug:slug>/", plans.plan, name="plan"),
    path("handlingsplan/sida-vid-sida/", plans.side_by_side, name="side_by_side"),
    path("handlingsplan/tidslinje/", plans.time_line, name="timeline"),
    path("handlingsplan/kvartal/", plans.quarter, name="quarter"),
    path("handlingsplan/feed/", require_safe(plan_data.Updates()), name="updates_feed"),
    path("handlingsplan/lage/<slug:token>/", telling.tell, name="tell"),
    path("handlingsplan/lage/<slug:token>/tack/", telling.told, name="told"),
    path("handlingsplan.csv", plan_data.activities_csv, name="activities_csv"),
    path("handlingsplan.json", plan_data.activities_json, name="activities_json"),
    path("handlingsplan.schema.json", plan_data.activities_schema, name="activities_schema"),
    path("mina-sidor/aktiviteter/<slug:slug>/", telling.own_activity, name="own_activity"),
    path("kunskap/ordlista/", text.GlossaryPage.as_view(), name="glossary"),
    path("kunskap/kontakter/", contacts.contacts, name="contacts"),
    path("kunskap/omvarld/", links.links, name="links"),
    path("kunskap/omvarld/feed/", require_safe(links.NewLinks()), name="links_feed"),
    path("kunskap/den-andra-sidan/", courses.courses, name="courses"),
    path("kunskap/den-andra-sidan/<slug:slug>/", courses.course, name="course"),
]
