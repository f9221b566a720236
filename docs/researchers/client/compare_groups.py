# %% [markdown]
# Compare the opinion groups: how large each is, and which values they hold most differently.
# `python compare_groups.py SITE SLUG`; results are public once weighing is over, so no token is needed.

# %%
import sys

from groundwork import Assembly

site, slug = sys.argv[1:]
here = Assembly(site, slug)
told = here.get("results/")
if told["hidden"]:
    sys.exit("Results are told once weighing is over.")

# %%
titles = {value["id"]: value["title"] for value in here.rows("values", fields="id,title")}
for inquiry in told["inquiries"]:
    for result in inquiry["results"]:
        if result["kind"] != "groups" or result["result"].get("too_few"):
            continue
        groups = result["result"]["groups"]
        print(
            "groups:",
            ", ".join(f"{group['name']} ({group.get('size') or 'a few'})" for group in groups),
        )
        spread = {}
        for value, profile in result["result"]["profiles"].items():
            shares = [one["support"] for one in profile["groups"].values() if one.get("n")]
            if len(shares) > 1:
                spread[value] = (max(shares) - min(shares), min(shares), max(shares))
        for value, (apart, low, high) in sorted(spread.items(), key=lambda row: -row[1][0]):
            print(f"{titles.get(value, value)}: from {low:.0%} to {high:.0%}, {apart:.0%} apart")
