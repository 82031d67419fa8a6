"""Annotations as other programs write and read them.

``web_annotation`` writes the W3C's Web Annotation Data Model and ``web_annotation_reading`` reads it, as
``claim_review`` does both for schema.org's ClaimReview; ``dump`` writes the whole store as tables. All are
plain values in and out: no network, and of the database only what is handed in.
"""
