"""The pages of all settings: what is set, the form, what would change, and taking back what has not begun."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.bookings.errors import UnknownSettingError
from apps.bookings.web.staff.settings.kinds import Preview, Setting, SettingForm
from apps.bookings.web.staff.settings.registry import SETTINGS
from kernel.errors import DomainError
from shared.problems import problem_of
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.forms import tell
from shared.web.guard import needs

LONGEST_KEY = 40


@needs(Right.FACILITY_SETTINGS)
@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """What can be set."""
    listed = [one for one in SETTINGS.values() if one.is_listed]
    return render(request, "bookings/staff/settings/index.html", {"settings": listed})


@needs(Right.FACILITY_SETTINGS)
@require_safe
def kept(request: SiteRequest, name: str) -> HttpResponse:
    """What is set, from when to when."""
    setting = _setting(name)
    return render(request, "bookings/staff/settings/kept.html", {"setting": setting, "rows": setting.rows()})


@needs(Right.FACILITY_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SiteRequest, name: str) -> HttpResponse:
    """Typed, then shown with what it changes, then set."""
    setting = _setting(name)
    if request.method != "POST":
        return _form_page(request, setting, setting.form(initial=setting.initial() | request.GET.dict()))
    form = setting.form(request.POST)
    if not form.is_valid():
        return _form_page(request, setting, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if "again" in request.POST:
        return _form_page(request, setting, form)
    try:
        if "confirmed" not in request.POST:
            return _preview_page(request, setting, form, form.preview())
        form.save(actor_of(request))
    except DomainError as error:
        return _form_page(request, setting, form, status=tell(form, error))
    messages.success(request, _("設定を保存しました。"))
    return redirect("desk:settings_kept", name=_home(setting))


@needs(Right.FACILITY_SETTINGS)
@require_POST
def withdraw(request: SiteRequest, name: str) -> HttpResponse:
    """Take back what has not begun."""
    setting, key = _setting(name), request.POST.get("key", "")
    try:
        if setting.withdraw is None or len(key) > LONGEST_KEY:
            raise UnknownSettingError
        setting.withdraw(actor_of(request), key)
        messages.success(request, _("取り下げました。"))
    except ValueError:
        messages.error(request, problem_of(UnknownSettingError()).text)
    except DomainError as error:
        messages.error(request, problem_of(error).text)
    return redirect("desk:settings_kept", name=_home(setting))


def _setting(name: str) -> Setting:
    if name not in SETTINGS:
        raise Http404
    return SETTINGS[name]


def _home(setting: Setting) -> str:
    """The list that a setting's rows stand in."""
    return next((one.name for one in SETTINGS.values() if one.end == setting.name), setting.name)


def _form_page(
    request: SiteRequest, setting: Setting, form: SettingForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"setting": setting, "form": form, "home": _home(setting)}
    return render(request, "bookings/staff/settings/form.html", context, status=status)


def _preview_page(request: SiteRequest, setting: Setting, form: SettingForm, preview: Preview) -> HttpResponse:
    typed = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    context = {"setting": setting, "preview": preview, "typed": typed}
    return render(request, "bookings/staff/settings/preview.html", context)
