"""The periodic tasks of oversight; each part's own module is imported here."""

import apps.compliance.monitoring_tasks  # noqa: F401
