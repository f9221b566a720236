"""The rules results are made by, and their versions: told here too, so that nobody loads numerics to know whether a result is of today."""

GROUPS = {"stable": "2", "polis": "1"}
GRAPH = {"groundwork": "groundwork-1"}
# A filter: seats that were judged to be one person's count once (decision 0048).
ONE_COUNT = {"name": "one_person_counts_once", "version": "1"}
SEED = 0  # the same as at a terminal, so that a result can be made again there
FEWEST_GROUPS, MOST_GROUPS = 2, 20  # somebody may ask for
