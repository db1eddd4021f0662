"""Registers and certificates as PDF."""
