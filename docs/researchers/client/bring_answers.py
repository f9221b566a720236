# %% [markdown]
# Bring a CSV of answers along, wait until they are read, list the values people stand behind.
# `python bring_answers.py SITE SLUG TOKEN FILE.csv`; the token needs the scopes import and read, of somebody who runs the assembly.

# %%
import sys
from pathlib import Path

from groundwork import Assembly, wait_for

site, slug, token, file = sys.argv[1:]
here = Assembly(site, slug, token)

# %%
brought = here.bring(Path(file), language="en")
taken = wait_for(
    lambda: here.get(f"imports/{brought['id']}/"), lambda told: told["state"] in ("done", "failed")
)
print(f"{taken['state']}: {taken['counts']}")


# %%
def waiting() -> int:
    """How many answers nobody has read yet."""
    return next(step["count"] for step in here.get("became/") if step["key"] == "waiting")


wait_for(waiting, lambda left: left == 0)
states = [reading["state"] for reading in here.rows("readings", fields="state")]
print(f"read: {states.count('done')} of {len(states)} readings went well")

# %%
for value in here.rows("values", fields="title,when"):
    print(f"value: {value['title']} (when {value['when']})")
