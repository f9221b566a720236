"""Answers coming in as fast as one process can commit them, each in its own transactions, until it is ended: `python -m ..._intake PROMPT`."""

import sys
from uuid import uuid4

import django

if __name__ == "__main__":
    django.setup()
    from elicitation.interview.actions import submit, welcome
    from elicitation.interview.drafts import Words
    from elicitation.interview.models import Prompt

    prompt = Prompt.objects.get(pk=sys.argv[1])
    while True:
        submit(welcome(), prompt, Words("I look at who is left without a door.", "en", uuid4().hex))
