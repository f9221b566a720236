"""The sentences the offline reader measures an answer against, in our own words. Free of Django.

The encoder is multilingual, so one language is enough for most of them. MATTERS: people saying what matters. EMPTY: people saying
nothing, or something else altogether.
"""

MATTERS = (
    "It matters to me that people are treated fairly.",
    "I care about being honest with others.",
    "People should look after each other.",
    "We must protect children and old people.",
    "It is important to be free to decide for oneself.",
    "What I pay attention to is whether someone feels safe.",
    "There should be limits so that nobody is harmed.",
    "I value family and friendship.",
    "Respect for nature and other living things.",
    "I try to do my best and keep my promises.",
    "It should not replace human relationships.",
    "I want quiet places where people meet.",
    "Personal details should stay private.",
    "One should do what is right and what God or conscience asks.",
)
EMPTY = (
    "I don't know.",
    "I have no idea.",
    "Nothing.",
    "None.",
    "No comment.",
    "I have nothing to say about this.",
    "Not sure, sorry.",
    "See above.",
    "As I said before.",
    "ok",
    "Yes.",
    "No.",
    "Hello",
    "This is a test.",
    "asdf qwer zxcv",
    "I have no opinion.",
    "Boil the onions, add salt and stir for ten minutes.",
    "Thank you, good survey.",
    "I do not understand the question.",
    "any",
    "nothing specific",
    "There are none that I can think of",
    "لا أعرف",
    "我不知道，没有",
)
