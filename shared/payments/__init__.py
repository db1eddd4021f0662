"""Payment providers (決済代行): what the product asks of one, and how one is chosen. No tables, no rules."""
