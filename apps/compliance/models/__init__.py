"""Tables of oversight, all in the shared schema; a part's tables are imported from its own module.

Each line makes one part's tables known to Django.
"""

from __future__ import annotations

import apps.compliance.models.agreements
import apps.compliance.models.clauses
import apps.compliance.models.exports
import apps.compliance.models.founding
import apps.compliance.models.handover
import apps.compliance.models.incidents
import apps.compliance.models.logs
import apps.compliance.models.monitoring
import apps.compliance.models.monitoring_findings
import apps.compliance.models.person_requests
import apps.compliance.models.recount
import apps.compliance.models.registers
import apps.compliance.models.retention
import apps.compliance.models.roster
import apps.compliance.models.tenant_acts  # noqa: F401
