import os, json
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
pytestmark = pytest.mark.django_db(transaction=True)

def shots(browser, live_server, account, pages):
    client = Client(); client.force_login(account)
    cookie = client.cookies["sessionid"] if "sessionid" in client.cookies else list(client.cookies.values())[0]
    for lang, scheme, width in (("en","light",1280),("en","light",320),("en","dark",1280),("ar","dark",320),("ar","light",1280)):
        ctx = browser.new_context(base_url=live_server.url, color_scheme=scheme, viewport={"width": width, "height": 800}, locale=lang)
        ctx.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        p = ctx.new_page()
        for name, path in pages:
            r = p.goto(path)
            wide = p.evaluate("document.documentElement.scrollWidth")
            if wide > width: print("OVERFLOW", name, lang, width, wide)
            if r.status >= 400: print("STATUS", name, r.status)
            from tests.journeys.conftest import AXE
            p.evaluate(AXE)
            found = p.evaluate("axe.run({resultTypes: ['violations']})")
            for v in found["violations"]: print("AXE", name, lang, v["id"], [n["html"][:100] for n in v["nodes"]][:3])
            p.screenshot(path=f"/tmp/shots/{name}-{lang}-{scheme}-{width}.png", full_page=True)
        ctx.close()

def test_founding(browser, live_server, db):
    from deliberation.assemblies.actions import outlining
    from deliberation.assemblies.models import Outline
    from tests.told_by_models import OUTLINE
    a = get_user_model().objects.create_user("ada")
    o = outlining.ask(a, "How we share the river bank this summer.", "en")
    Outline.objects.update(words={k: v for k, v in OUTLINE.items() if k != "template"}, model="gpt-x")
    shots(browser, live_server, a, [("begin","/run/new/"),("found","/run/new/?template=ai"),("outlined",f"/run/new/{o.pk}/")])

def test_asking(browser, live_server, db):
    from tests.deliberation.web.facilitator.test_founding import TIMES
    from deliberation.assemblies.models import Assembly
    from deliberation.assemblies import queries
    a = get_user_model().objects.create_user("ada")
    c = Client(); c.force_login(a)
    page = c.get("/run/new/?template=ai"); f = page.context["form"]
    r = c.post("/run/new/?template=ai", {**{n: f[n].value() or "" for n in f.fields}, **TIMES, "title": "AI in our clinic", "slug": "clinic", "languages": ["en", "fr", "ar"]})
    assert r.status_code == 302, r.content
    p = queries.prompts_of(Assembly.objects.get())[0]
    shots(browser, live_server, a, [("asking", "/run/clinic/asked/"), ("askprompt", f"/run/clinic/asked/{p.pk}/"), ("askar", f"/run/clinic/asked/{p.pk}/?language=ar"), ("dash", "/run/clinic/")])
