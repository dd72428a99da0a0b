"""The agreement's addresses."""

from django.urls import path

from agreement.views import parts, revision, text, versions

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
    path("kunskap/ordlista/", text.GlossaryPage.as_view(), name="glossary"),
]
