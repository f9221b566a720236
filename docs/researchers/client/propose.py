# %% [markdown]
# Propose a value as an AI system: `python propose.py SITE SLUG TOKEN`. The token has the scopes `propose` and `read`; the assembly has to let AI systems propose.
# What is proposed waits for a moderator, is shown as a machine's words, and counts nowhere.

# %%
import sys

from groundwork import Assembly, Problem

site, slug, token = sys.argv[1:]
here = Assembly(site, slug, token)
context = next(here.rows("contexts"))

# %% What people have said comes first: propose only what nobody has.
said = {value["title"] for value in here.rows("values", fields="title")}
title = "Shade for who waits"
if title in said:
    sys.exit("People have said this themselves.")

# %%
try:
    made = here.propose(
        inquiry=context["inquiry"],
        kind="value",
        language="en",
        title=title,
        policies=["TREES over benches", "WALLS that give shade in the afternoon"],
    )
except Problem as refused:
    sys.exit(f"not proposed: {refused}")
print(f"{made['id']}: {made['state']}, as {made['agent']} ({made['written_by']})")

# %%
for one in here.rows("ai-proposals", fields="title,text,agent"):
    print(f"shown: {one['title'] or one['text']} by {one['agent']}")
