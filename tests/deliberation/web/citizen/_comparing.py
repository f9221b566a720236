"""What a citizen sees of a comparison, and says to it."""

PAGE = "/a/water/judge/"


def shown(client):
    page = client.get(PAGE)
    return page.content.decode(), page.context["showing"]


def say(client, showing, answer="to", reason=""):
    return client.post(f"{PAGE}{showing.pk}/", {"answer": answer, "reason": reason})
