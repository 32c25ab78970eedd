"""The addresses that handouts print, and what hangs on them."""

from django.urls import path

from plans.portal.views import exercise, link, log, motion, picture, progress, sheet, warnings

urlpatterns = [
    path("p/<str:token>/", link.patient_page),
    path("p/<str:token>/close/", link.close),
    path("p/<str:token>/exercise/<int:number>/", exercise.exercise_page),
    path("p/<str:token>/warnings/", warnings.warnings_page),
    path("p/<str:token>/picture/<str:name>", picture.plan_picture),
    path("p/<str:token>/log/", log.log_page),
    path("p/<str:token>/log/<int:number>/", log.log_exercise_page),
    path("p/<str:token>/progress/", progress.progress_page),
    path("p/<str:token>/motion/<uuid:name>", motion.moving_figure),
    path("p/<str:token>/<int:number>/<str:key>.pdf", link.patient_file),
    path("sheet/", sheet.sheet_page, name="sheet"),
    path("sheet/<str:code>/", sheet.sheet_page),
]
