"""棚卸 at the facility: each ID is still needed, or not."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.compliance.models.recount import RecountAnswer
from apps.compliance.queries.recounts import Counted, own_recount
from apps.compliance.services.recounts import answer
from shared.requests import SiteRequest, actor_of
from shared.staff.rights import Right
from shared.web.guard import needs


@needs(Right.ROSTER_SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def recount(request: SiteRequest) -> HttpResponse:
    """The newest recount: answer for each ID, as often as one likes until its end."""
    counted = own_recount()
    if request.method == "POST" and counted is not None:
        answer(actor=actor_of(request), recount=counted.recount.pk, answers=_answers(request, counted))
        messages.success(request, _("回答を記録しました。"))
        return redirect("office:recount")
    trail = [(_("管理"), reverse("office:index")), (_("IDの棚卸"), "")]
    return render(request, "compliance/staff/recount.html", {"counted": counted, "trail": trail})


def _answers(request: SiteRequest, counted: Counted) -> dict[UUID, RecountAnswer]:
    sent = {one.account: request.POST.get(f"answer-{one.account}", "") for one in counted.entries}
    allowed = (RecountAnswer.KEEP.value, RecountAnswer.STOP.value)
    return {account: RecountAnswer(said) for account, said in sent.items() if said in allowed}
