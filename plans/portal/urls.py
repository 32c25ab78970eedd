"""The addresses that handouts print, and what hangs on them."""

from django.urls import path

from plans.portal.views import (
    device,
    exercise,
    kept,
    link,
    log,
    measures,
    missing,
    motion,
    picture,
    progress,
    reminders,
    sheet,
    warnings,
)

urlpatterns = [
    path("p/<str:token>/", link.patient_page),
    path("p/<str:token>/close/", link.close),
    path("p/<str:token>/exercise/<int:number>/", exercise.exercise_page),
    path("p/<str:token>/warnings/", warnings.warnings_page),
    path("p/<str:token>/picture/<str:name>", picture.plan_picture),
    path("p/<str:token>/log/", log.log_page),
    path("p/<str:token>/log/<int:number>/", log.log_exercise_page),
    path("p/<str:token>/measures/", measures.measures_page),
    path("p/<str:token>/progress/", progress.progress_page),
    path("p/<str:token>/devices/", device.own_device),
    path("p/<str:token>/motion/<uuid:name>", motion.moving_figure),
    path("p/<str:token>/<int:number>/<str:key>.pdf", link.patient_file),
    path("p/<str:token>/worker.js", kept.worker),
    path("p/<str:token>/kept/", kept.keep_list_of),
    path("p/<str:token>/kept/late/", kept.late_page),
    path("p/<str:token>/kept/away/", kept.away_page),
    path("p/<str:token>/reminders/", reminders.reminders),
    path("p/<str:token>/reminders/calendar.ics", reminders.calendar),
    path("p/<str:token>/reminders/stop/", reminders.stop),
    path("p/<str:token>/reminders/confirm/", reminders.confirm),
    path("sheet/", sheet.sheet_page, name="sheet"),
    path("sheet/<str:code>/", sheet.sheet_page),
]

# Last: what no address above takes.
urlpatterns += [path("p/<str:token>/<path:rest>/", missing.missing_page)]
