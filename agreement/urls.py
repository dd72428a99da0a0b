"""The agreement's addresses."""

from django.urls import path
from django.views.decorators.http import require_safe

from agreement.views import plan_data, plans, telling, text

app_name = "agreement"
urlpatterns = [
    path("overenskommelsen/", text.AgreementPage.as_view(), name="agreement"),
    path("overenskommelsen/matris/", text.MatrixPage.as_view(), name="matrix"),
    path("overenskommelsen/principer/<slug:slug>/", text.PrinciplePage.as_view(), name="principle"),
    path("overenskommelsen/ataganden/<slug:slug>/", text.CommitmentPage.as_view(), name="commitment"),
    path("handlingsplan/", plans.overview, name="plans"),
    path("handlingsplan/aktiviteter/", plans.ActivitiesView.as_view(), name="activities"),
    path("handlingsplan/planer/<slug:slug>/", plans.plan, name="plan"),
    path("handlingsplan/sida-vid-sida/", plans.side_by_side, name="side_by_side"),
    path("handlingsplan/tidslinje/", plans.time_line, name="timeline"),
    path("handlingsplan/kvartal/", plans.quarter, name="quarter"),
    path("handlingsplan/feed/", require_safe(plan_data.Updates()), name="updates_feed"),
    path("handlingsplan/lage/<slug:token>/", telling.tell, name="tell"),
    path("handlingsplan/lage/<slug:token>/tack/", telling.told, name="told"),
    path("handlingsplan/<slug:slug>/", plans.activity, name="activity"),
    path("handlingsplan.csv", plan_data.activities_csv, name="activities_csv"),
    path("handlingsplan.json", plan_data.activities_json, name="activities_json"),
    path("handlingsplan.schema.json", plan_data.activities_schema, name="activities_schema"),
    path("mina-sidor/aktiviteter/<slug:slug>/", telling.own_activity, name="own_activity"),
    path("kunskap/ordlista/", text.GlossaryPage.as_view(), name="glossary"),
]
