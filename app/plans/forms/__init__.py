"""Downtime forms: the PDF files that plans attach to their steps, on phones and on paper."""
