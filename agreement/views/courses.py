"""How the other side works, in ten minutes. The step and the answer stand in the address, so nothing is kept about anybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreement.courses import course as found_course
from agreement.courses import courses as all_courses


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """The two courses, and how long they take."""
    found = all_courses()
    return render(request, "agreement/courses.html", {"courses": found, "minutes": sum(one.minutes for one in found)})


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """A step of a course, ?steg=1 unless another is asked for; with ?svar= what is said to that answer. After the last step: what was learnt."""
    found = found_course(slug)
    if found is None:
        raise Http404
    number = _number(request.GET.get("steg", "1"))
    if number == len(found.steps) + 1:
        others = [one for one in all_courses() if one.slug != slug]
        return render(request, "agreement/course_end.html", {"course": found, "others": others})
    step = found.step(number) or found.steps[0]
    context = {"course": found, "step": step, "answer": step.option(request.GET.get("svar", "")), "next": step.number + 1}
    return render(request, "agreement/course.html", context)


def _number(asked: str) -> int:
    """The step that is asked for; the first when it is no number of a step."""
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 3 else 1
