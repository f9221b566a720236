"""A program beside the workers that asks a model for them, and keeps each reply for as long as a worker that was killed needs to be replaced.

A worker that dies while a model answers loses what is under way; the answer is read again, and without a relay paid for again
(docs/decisions/0057-relay.md). It knows nothing of the site: no database, no settings of Django.
"""
