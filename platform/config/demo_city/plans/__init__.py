"""The four tenants of the demonstration city, and who operates them."""

from config.demo_city.plans.community import COMMUNITY
from config.demo_city.plans.culture import CULTURE
from config.demo_city.plans.shape import TenantPlan
from config.demo_city.plans.sports import SPORTS
from config.demo_city.plans.welfare import WELFARE

TENANTS: tuple[TenantPlan, ...] = (SPORTS, CULTURE, COMMUNITY, WELFARE)

__all__ = ["TENANTS", "TenantPlan"]
