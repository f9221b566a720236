"""What the played model says where it is asked for stories or for clauses, well and badly."""

import json

STORY = (
    "Somebody counts what may get wet and carries it upstairs. When all is safe, a light across the street stays dark. "
    "From then on they look first for who has not been asked."
)


def stories(*moves, text=STORY):
    told = moves or ((0, 1), (1, 0))
    return {"stories": [{"start": start, "end": end, "story": text} for start, end in told]}


TOLD = {
    "nothing": {"stories": []},
    "named": stories(text=STORY.replace("Somebody", "Maria")),
    "quoted": stories(text=STORY.replace("a light", "“a light”")),
    "switch": stories(
        text="Jemand zählt, was nass werden kann, und trägt es nach oben. Dann bleibt ein Fenster dunkel."
    ),
    "beside": stories((1, 2)),
    "astray": stories((0, 99), (-1, 0), (1, 1)),
    "cut": json.dumps(stories())[:40],
    "broken": "Sure! Here are the stories:",
    "refuse": None,
}
CLAUSE = "We leave nobody without a door to knock on, by day or by night."
WORDED = {
    "quoted": {"clause": "We say “doors stay open” to everybody who comes."},
    "long": {"clause": "We leave nobody without a door. " * 40},
    "switch": {
        "clause": "Wir lassen niemanden ohne eine Tür, an die er klopfen kann, weder bei Tag noch bei Nacht."
    },
    "cut": json.dumps({"clause": CLAUSE})[:20],
    "broken": "Sure! Here is the clause:",
    "refuse": None,
}
OUTLINE = {
    "template": "town",
    "title": "Sharing the river bank",
    "question": "What makes the river bank a good place for everybody this summer?",
    "contexts": ["it is crowded", "somebody wants to be quiet"],
    "prompts": [
        "Think of an evening at the river that went well. What were you paying attention to?",
        "When it has to be decided who may do what there, what should be looked at first?",
    ],
}
OUTLINED = {
    "astray": {**OUTLINE, "template": "moon"},
    "nothing": {**OUTLINE, "prompts": []},
    "long": {**OUTLINE, "question": "What makes it good? " * 40},
    "switch": {
        **OUTLINE,
        "title": "Das Ufer gemeinsam nutzen",
        "question": "Was macht das Ufer in diesem Sommer zu einem guten Ort für alle Menschen, die dort leben?",
        "contexts": ["es voll ist", "jemand Ruhe haben möchte"],
        "prompts": ["Denken Sie an einen Abend am Fluss, der gut war. Worauf haben Sie geachtet?"],
    },
    "cut": json.dumps(OUTLINE)[:40],
    "broken": "Sure! Here is the draft:",
    "refuse": None,
}
