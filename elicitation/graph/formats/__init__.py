"""The graph as files, written and read. Ids, titles, policies, contexts and counts only: never a person, never a person's words."""
