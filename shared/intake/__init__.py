"""Taking in another system's records (移行): files, columns, checks, runs, and the rows that a clerk works off.

Nothing here knows what a registrant or a booking is: applications name what can be taken in as
``AppConfig.intake_targets`` (``shared.intake.targets``).
"""
