"""Kept answers and single flight."""
