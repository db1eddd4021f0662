"""The papers of oversight as PDF."""
