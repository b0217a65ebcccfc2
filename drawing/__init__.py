"""Draws Thai official letters as an office would, scans them, and knows the truth of every line and field."""
