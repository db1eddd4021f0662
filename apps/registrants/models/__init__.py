"""Registrants (利用者) of one tenant."""

from apps.registrants.models.registrant import EmergencyContact, Registrant, RegistrantKind, RegistrantState

__all__ = ["EmergencyContact", "Registrant", "RegistrantKind", "RegistrantState"]
