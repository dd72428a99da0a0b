app_name = "affiliation"
urlpatterns: list = []
