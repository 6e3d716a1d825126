"""Whatever somebody types is text, and whoever comes with a keyboard, a screen reader or a small screen gets through."""

import json
import urllib.parse

import asked
import hostile
from asked import LAYER, give, person, server, store, token  # noqa: F401, fixtures among them
from command import done
from skeleton import skeleton
from test_page import strangers


RUN = """(async (payloads) => {
  const wait = (done) => new Promise((next) => { const look = () => (done() ? next() : setTimeout(look, 5)); look(); });
  const failures = [];
  for (const text of payloads) {
    for (const name of ["title", "text", "author", "when"]) {
      const field = document.getElementById(name);
      field.value = text.slice(0, 79);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    document.getElementById("when").value = "";
    document.querySelector("[data-step=consent] [data-go]").click();
    await wait(() => !document.querySelector("[data-step=preview]").hidden);
    const shown = ["h3", ".text", ".author"].map((part) => document.querySelector(`#preview ${part}`)?.textContent);
    if (shown.some((one) => one !== text.slice(0, 79).trim())) failures.push([text, shown]);
    document.querySelector("#sending [data-back]").click();
    await wait(() => !document.querySelector("[data-step=consent]").hidden);
  }
  return JSON.stringify({ failures, harmed });
})"""


def test_no_hostile_text_runs_in_the_preview(server, person):
    person.before_each_page(hostile.WITNESS)
    person.begin(server)
    person.tell("a", "b")
    person.say_where()
    person.fill("#when", "")
    person.go("when", "who")
    person.go("who", "consent")
    person.touch("#consent")
    result = json.loads(person.evaluate(f"{RUN}({json.dumps(hostile.PAYLOADS)})"))
    assert result == {"failures": [], "harmed": []} and hostile.harm_done(person) == []
    assert strangers(person.requests) == [] and person.complaints == []


def test_no_hostile_text_runs_where_one_finds_ones_own_or_in_its_decision(server, token, person):
    """Each in a title, and many in each text: all of them come."""
    person.before_each_page(hostile.WITNESS)
    share = len(hostile.PAYLOADS) // 20 + 1
    taken = set()
    for start in range(0, len(hostile.PAYLOADS), share):
        payloads = hostile.PAYLOADS[start:start + share]
        title, text = payloads[0], "\n".join(payloads)
        given = give(server, title=title, text=text, author=title[:80])
        asked.decide(server, token, given["id"], "reject", reasons=payloads[-1])
        person.open(f"{server.url}/mine?interface=fr#{given['receipt']['token']}", quiet=0.05)
        person.until("document.querySelector('#withdraw')")
        assert person.evaluate("document.querySelector('.own h2').textContent") == title.strip()
        assert payloads[-1].strip() in person.evaluate("document.querySelector('.decisions').textContent")
        person.touch("#change")
        assert person.evaluate("document.querySelector('#new-title').value") == title.strip()
        taken |= set(person.evaluate("document.querySelector('#new-text').value").split("\n"))
        assert hostile.harm_done(person) == []
        person.open("about:blank", quiet=0.05)
    assert {payload.strip() for payload in hostile.PAYLOADS} <= {line.strip() for line in taken}
    assert strangers(person.requests) == [] and person.complaints == []


def test_a_form_that_comes_back_without_scripts_is_made_of_the_same_elements(server):
    """Whatever was typed, the page that says what is missing has the elements and the attributes that it has for anything else."""
    def returned(payload):
        body = urllib.parse.urlencode({"title": payload[:200], "text": payload, "when": payload[:100], "author": payload[:79]})
        reply = server.ask(f"/contribute/{LAYER}", "POST", body, Content_Type="application/x-www-form-urlencoded")
        assert reply.status == 422
        return skeleton(reply.text)

    plain = returned("mercredi")
    assert [payload for payload in hostile.PAYLOADS if returned(payload) != plain] == []


def test_landmarks_are_texts(store, server, person, tmp_path):
    features = [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.38, 48.868]}, "properties": {"title": payload}} for payload in hostile.PAYLOADS]
    file = tmp_path / "hostile.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    done(store, "import", file, "--layer", "piege")
    person.before_each_page(hostile.WITNESS)
    person.begin(server, "piege")
    person.tell()
    person.say_where("landmark")
    person.until("document.querySelector('#found button')")
    person.touch("#found button")
    person.say_where("arrows")
    person.until("document.querySelector('#cross svg')")
    assert hostile.harm_done(person) == [] and person.complaints == []


def test_long_and_foreign_texts_fit_on_a_small_screen(server, person):
    person.resize(320, 640)
    given = give(server, title="ا" * 150, text="متنٌ عربيّ 🎉👩‍👩‍👧 " * 200 + "w" * 900, author="ש" * 60)
    person.open(f"{server.url}/mine?interface=fr#{given['receipt']['token']}", quiet=0.2)
    person.until("document.querySelector('#withdraw')")
    assert person.evaluate("document.documentElement.scrollWidth") <= 320
    person.begin(server)
    person.evaluate("['title', 'text'].forEach((name) => document.getElementById(name).value = 'w'.repeat(name === 'title' ? 200 : 5000))")
    person.go("what", "place")
    person.say_where()
    person.finish()
    assert person.evaluate("document.documentElement.scrollWidth") <= 320
