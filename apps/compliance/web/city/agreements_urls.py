"""Addresses of operators, designations and agreements."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.compliance.web.city import agreements

urlpatterns: list[URLPattern] = [
    path("office/operators/", agreements.operators, name="operators"),
    path("office/operators/new/", agreements.operator, name="operator_new"),
    path("office/operators/<int:pk>/", agreements.operator, name="operator"),
    path("office/care/", agreements.care, name="care"),
    path("tenants/<slug:schema>/designate/", agreements.new_designation, name="designation_new"),
    path("designations/<int:assignment>/", agreements.agreement, name="designation"),
    path("designations/<int:assignment>/change/", agreements.change, name="designation_change"),
    path("designations/<int:assignment>/end/", agreements.end, name="designation_end"),
]
