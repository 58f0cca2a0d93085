"""Vouchers of every kind from plain facts."""
