"""Tables of oversight, all in the shared schema; a part's tables are imported from its own module.

Each line makes one part's tables known to Django.
"""

from __future__ import annotations

import apps.compliance.models.clauses
import apps.compliance.models.exports
import apps.compliance.models.recount
import apps.compliance.models.roster  # noqa: F401
